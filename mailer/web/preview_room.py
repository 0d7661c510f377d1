"""The preview room by itself, for somebody who writes in an editor: no desk, no sign-in."""

from __future__ import annotations

import secrets
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse

from mailer.engine.signals import until_signalled
from mailer.receiver.serving import OpenPorts
from mailer.web.desk import make_desk
from mailer.web.routes import SCREENS
from mailer.web.security import Wall, own_hosts
from mailer.web.sessions import STRANGER
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Receive, Scope, Send

    from mailer.wiring.app import App

_HOST = "127.0.0.1"
_SHUTDOWN_S = 3
_TOKEN_BYTES = 32
SHOWN = tuple(screen for screen in SCREENS if "/apercu" in screen.path and not screen.act)
"""The screens of the desk that the room has: those that show mails, and act on nothing."""


def serve_preview(
    app: App,
    campaign: str,
    *,
    port: int = 0,
    print_line: Callable[[Text], None],
    open_page: Callable[[str], object] | None = None,
) -> None:
    """Show the mails of a campaign, as its files have them, until Ctrl-C.

    `port` 0 takes any that is free. Only this machine is served, and there only people who have the
    address that is printed; `open_page` is called with it. Raises ContentError when there is no
    such campaign, and BackendMisconfigured when the port is in use.
    """
    start = f"/campagnes/{quote(app.campaigns.slug(campaign))}/apercu"
    port, token = port or _free_port(), secrets.token_urlsafe(_TOKEN_BYTES)
    with ExitStack() as stack:
        opened = OpenPorts()
        opened.add(_HOST, port, room_of(app, port=port, token=token, start=start), stack)
        stack.enter_context(until_signalled(opened.stop))
        address = f"http://{_HOST}:{port}/ouvrir/{token}"
        print_line(_("Preview: {page}", page=address))
        print_line(_("It follows the files. Stop it with Ctrl-C."))
        if open_page is not None:
            open_page(address)
        opened.serve(shutdown_s=_SHUTDOWN_S)


def room_of(app: App, *, port: int, token: str, start: str) -> Starlette:
    """Return the web application of the room: it begins at `start`, for those who have the token."""
    return make_desk(
        app,
        screens=SHOWN,
        person_of=lambda _request: STRANGER,
        middleware=(
            Middleware(Wall, own=own_hosts(port=port, public_url="")),
            Middleware(_TokenOnly, token=token, cookie=f"preview-{port}", start=start),
        ),
    )


class _TokenOnly:
    """Lets only the browser past that has opened the printed address, which gives it a cookie."""

    def __init__(self, app: ASGIApp, *, token: str, cookie: str, start: str) -> None:
        self._app, self._token, self._cookie, self._start = app, token, cookie, start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path.startswith("/ouvrir/") and self._is_token(path.removeprefix("/ouvrir/")):
            led = RedirectResponse(self._start, status_code=303)
            led.set_cookie(self._cookie, self._token, httponly=True, samesite="lax")
            await led(scope, receive, send)
            return
        cookies = Request({"type": "http", "headers": Headers(scope=scope).raw}).cookies
        if self._is_token(cookies.get(self._cookie, "")):
            scope.setdefault("state", {})["edits_files"] = True
            await self._app(scope, receive, send)
            return
        refused = PlainTextResponse("Open the address that mailer preview has printed.", 403)
        await refused(scope, receive, send)

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token.encode())


def _free_port() -> int:
    with socket.create_server((_HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
