"""The outer wall of the desk: which hosts and pages may speak to it, and what its answers allow.

A page of another site must neither act here nor read anything here, also when its name resolves
to this machine (DNS rebinding).
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types desk"
)
"""What a page of the desk may load. A mail in a frame has a stricter policy of its own."""

_DEFAULTS: Mapping[str, str] = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": "no-store",
}
"""Headers that a view may choose otherwise."""
_ALWAYS: Mapping[str, str] = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not `no-referrer`: browsers would send `Origin: null` from our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_FOREVER = "public, max-age=31536000, immutable"
"""For styles and scripts, whose address changes with their content."""
_READING = frozenset({"GET", "HEAD"})
_FRAMES = frozenset({"iframe", "frame", "embed", "object"})


@dataclass(frozen=True, slots=True)
class OwnHosts:
    """The hosts under which the desk is reached, and the origin of its pages behind https."""

    hosts: frozenset[str]
    public_origin: str = ""

    def is_own_origin(self, origin: str, *, host: str) -> bool:
        """Return whether a page of this origin is ours."""
        return origin == (self.public_origin or f"http://{host}")


def own_hosts(*, port: int, public_url: str) -> OwnHosts:
    """Return where the desk on this port is reached: by loopback names, and by its public one."""
    loopback = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
    if not public_url:
        return OwnHosts(frozenset(loopback))
    public = urlsplit(public_url.lower())
    return OwnHosts(frozenset({*loopback, public.netloc}), f"https://{public.netloc}")


class Wall:
    """Refuses requests from elsewhere, and gives every answer its security headers."""

    def __init__(self, app: ASGIApp, *, own: OwnHosts) -> None:
        self._app, self._own = app, own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no page of the desk opens a WebSocket
        headers = Headers(scope=scope)
        status = self._refusal(scope["method"], headers)
        if status:
            # With some text: otherwise a browser shows an error of its own.
            refused = PlainTextResponse(HTTPStatus(status).phrase, status_code=status)
            await refused(scope, receive, _secured(send, scope))
            return
        await self._app(scope, receive, _secured(send, scope))

    def _refusal(self, method: str, headers: Headers) -> int:
        """Return the status with which a request is refused; 0 if it is not."""
        named = headers.getlist("host")
        host = named[0].lower() if len(named) == 1 else ""
        if host not in self._own.hosts:
            return 421
        if method in _READING:
            return 403 if _reads_across_sites(headers) else 0
        return 0 if self._is_from_own_page(headers, host=host) else 403

    def _is_from_own_page(self, headers: Headers, *, host: str) -> bool:
        """Return whether a form was sent by a page of the desk.

        The browser says so itself, in `Sec-Fetch-Site`, or over plain http in `Origin` alone. A
        client that says neither is refused: no browser is so silent about a POST.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin is not None and not self._own.is_own_origin(origin, host=host):
            return False
        return site == "same-origin" if site is not None else origin is not None


def _reads_across_sites(headers: Headers) -> bool:
    """Return whether a page of another site loads something of ours into itself.

    A link to the desk may be followed from anywhere: nothing acts on GET.
    """
    if headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}:
        return False
    is_followed = headers.get("sec-fetch-mode") == "navigate"
    return not is_followed or headers.get("sec-fetch-dest") in _FRAMES


def _secured(send: Send, scope: Scope) -> Send:
    is_fixed = scope["path"].startswith("/fixe/") and b"v=" in scope.get("query_string", b"")

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_ALWAYS)
            if is_fixed and message["status"] == 200:
                headers["Cache-Control"] = _FOREVER
            for name, value in _DEFAULTS.items():
                headers.setdefault(name, value)
        await send(message)

    return with_headers
