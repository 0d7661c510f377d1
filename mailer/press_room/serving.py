"""Serve the press room on its own port, until SIGTERM or Ctrl-C."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from mailer.engine.signals import until_signalled
from mailer.network.listening import listener
from mailer.press_room.application import PressRoomApp
from mailer.press_room.live import LivePressRoom
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from mailer.wiring.app import App

_MOST_AT_ONCE = 512
_SHUTDOWN_S = 5


def serve(
    app: App,
    watched: AbstractContextManager[object],
    *,
    print_line: Callable[[Text], None],
    port: int = 0,
) -> None:
    """Serve until stopped; prints the address first. `watched` is entered while it serves.

    Raises BackendMisconfigured when the port is in use, and LedgerError when the ledger cannot be
    read.
    """
    part = app.settings.press_room
    with listener(part.host, port or part.port) as listening:
        url = f"http://{part.host}:{listening.getsockname()[1]}"
        live = LivePressRoom(app, public_url=url)
        live.current()
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
        server = uvicorn.Server(config)
        # Before the address is printed: from then on somebody may ask to stop.
        with (
            until_signalled(partial(setattr, server, "should_exit", True)),
            watched,
        ):
            print_line(_("Press room: {url}/", url=url))
            server.run(sockets=[listening])
