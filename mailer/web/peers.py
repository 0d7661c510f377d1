"""Who sends us requests: readers themselves, or a proxy that has recognised them.

Only what a listed proxy says is believed. From everybody else the headers in which it names
people are dropped, so that nobody can write them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from mailer.config.web_sections import UNIX
from mailer.model.team.identity import ProvenIdentity, ProviderIdentity, SignInMethod

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from mailer.config.web_sections import ProxySettings

_FORWARDED = "x-forwarded-for"


@dataclass(frozen=True, slots=True)
class Peers:
    """The proxies that are believed, as `[web.proxy]` lists them."""

    settings: ProxySettings

    def is_trusted(self, peer: str) -> bool:
        """Return whether what this peer says in headers is believed."""
        if peer == UNIX:
            return UNIX in self.settings.trusted
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.settings.networks)

    def place_of(self, scope: Scope) -> str:
        """Return the network address of the reader, or "" where only a proxy is known.

        Of the addresses that proxies wrote one after the other, the last that is no trusted proxy
        is the reader's: what stands before it may have been written by the reader.
        """
        peer = peer_of(scope)
        if not self.is_trusted(peer):
            return "" if peer == UNIX or _is_loopback(peer) else peer
        told = ",".join(Headers(scope=scope).getlist(_FORWARDED)).split(",")
        for each in reversed([part.strip() for part in told]):
            if not self.is_trusted(each):
                return each if _is_address(each) else ""
        return ""


def peer_of(scope: Scope) -> str:
    """Return the address of who sent a request, `unix` through a socket of this machine."""
    client = scope.get("client")
    return client[0] if client and client[0] else UNIX


@dataclass(slots=True)
class RecognisedByProxy:
    """Middleware that believes the listed proxies, and nobody else, about who sends a request.

    The identity is in `request.state.proven`, None without one, and the reader's address in
    `request.state.place`.
    """

    app: ASGIApp
    peers: Peers = field(kw_only=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        settings, headers = self.peers.settings, Headers(scope=scope)
        names = [name for name in settings.headers if name]
        if any(len(headers.getlist(name)) > 1 for name in names):
            # One is the proxy's, and another came with the request: nobody knows which.
            refused = PlainTextResponse("Bad Request", status_code=400)
            await refused(scope, receive, send)
            return
        is_believed = self.peers.is_trusted(peer_of(scope))
        proven = proven_by(headers, settings) if is_believed else None
        place = self.peers.place_of(scope)
        scope.setdefault("state", {}).update(proven=proven, place=place)
        cleaned = MutableHeaders(scope=scope)
        for name in names:
            del cleaned[name]
        await self.app(scope, receive, send)


def proven_by(headers: Headers, settings: ProxySettings) -> ProvenIdentity | None:
    """Return whom the proxy names; None when it names nobody, or is not asked to."""
    subject = _text(headers, settings.subject)
    if not subject:
        return None
    groups = None
    if settings.groups:
        told = _text(headers, settings.groups).split(settings.separator)
        groups = frozenset(filter(None, map(str.strip, told)))
    return ProvenIdentity(
        identity=ProviderIdentity(settings.issuer, subject),
        method=SignInMethod.PROXY,
        name=_text(headers, settings.name),
        address=_text(headers, settings.address),
        groups=groups,
    )


def _text(headers: Headers, name: str) -> str:
    """Return a header's text, which proxies write in UTF-8 though HTTP has Latin-1."""
    raw = headers.get(name, "") if name else ""
    try:
        text = raw.encode("latin-1").decode()
    except UnicodeError:
        text = raw
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_loopback(peer: str) -> bool:
    return _is_address(peer) and ip_address(peer).is_loopback
