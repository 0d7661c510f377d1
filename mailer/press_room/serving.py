"""Serve the press room on its own port, until SIGTERM or Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from mailer.network.listening import listener
from mailer.press_room.application import PressRoomApp
from mailer.press_room.live import LivePressRoom
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.app import App

_MOST_AT_ONCE = 512
_SHUTDOWN_S = 5


def serve(app: App, *, print_line: Callable[[Text], None], port: int = 0) -> None:
    """Serve until stopped; prints the address first.

    Raises BackendMisconfigured when the port is in use, and LedgerError when the ledger cannot be
    read.
    """
    part = app.settings.press_room
    with listener(part.host, port or part.port) as listening:
        url = f"http://{part.host}:{listening.getsockname()[1]}"
        live = LivePressRoom(app, public_url=url)
        live.current()
        print_line(_("Press room: {url}/", url=url))
        config = uvicorn.Config(
            PressRoomApp(live),
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            lifespan="off",
            limit_concurrency=_MOST_AT_ONCE,
            timeout_keep_alive=65,
            timeout_graceful_shutdown=_SHUTDOWN_S,
        )
        uvicorn.Server(config).run(sockets=[listening])
