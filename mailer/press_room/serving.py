"""Serve the press room on its own port, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from mailer.errors import BackendMisconfigured, Place, Problem, reason_of
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
    with _listener(part.host, port or part.port) as listener:
        url = f"http://{part.host}:{listener.getsockname()[1]}"
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
        uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        what = _("This port cannot be opened: {reason}.", reason=reason_of(error))
        remedy = _("End the other program that uses it, or choose another port.")
        raise BackendMisconfigured(Problem(Place(f"{host}:{port}"), what, remedy)) from error
    # Headers and body are two writes: without this the second waits 40 ms for an answer to the
    # first (asyncio sets it only on sockets that it makes itself).
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
