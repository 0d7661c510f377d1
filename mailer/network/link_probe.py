"""Ask whether the address of a link opens, and never an address inside a network.

What is written in a text must not make this machine ask its own network: every name is resolved
here, all its addresses must be public, and the connection goes to the address that was looked at,
so that a second answer of the DNS changes nothing. Redirections are followed under the same rule.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

import httpx

from mailer.model.health.link_answer import LinkAnswer, LinkOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_TIMEOUT_S = 5.0
_TOGETHER = 8
_REDIRECTIONS = 5
_PORTS = frozenset({None, 80, 443, 8080, 8443})
_ASKED_ANEW_WITH_GET = frozenset({400, 403, 404, 405, 406, 501})
"""Servers that answer so to HEAD often answer otherwise to GET."""
_PERHAPS_FOR_PROGRAMS_ONLY = frozenset({401, 403, 405, 406, 407, 418, 429, 451, 503, 999})
_FIRST_ERROR = 400
_NOBODY_HAS = (".example", ".invalid", ".test")
"""Names that stand in examples (RFC 2606 section 2): no server needs to be asked for them."""
_HEADERS = {"User-Agent": "mailer (link check)", "Range": "bytes=0-1023"}


class _NotAskedError(Exception):
    """The address cannot or must not be asked."""

    def __init__(self, state: LinkOutcome) -> None:
        super().__init__(state)
        self.state = state


def is_public(address: str) -> bool:
    """Return whether an IP address can be reached from everywhere."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast


def probe_links(
    urls: Iterable[str], *, is_allowed: Callable[[str], bool] = is_public
) -> Mapping[str, LinkAnswer]:
    """Return the answer for each address of the web; several are asked at once.

    Each may take 5 s for the connection and for an answer, over up to five redirections.
    `is_allowed` decides about the IP addresses that may be asked.
    """
    distinct = tuple(dict.fromkeys(urls))
    with (
        httpx.Client(
            transport=_Guarded(is_allowed),
            headers=_HEADERS,
            timeout=_TIMEOUT_S,
            follow_redirects=True,
            max_redirects=_REDIRECTIONS,
            trust_env=False,  # no proxy, which would resolve names by itself, and no passwords
        ) as client,
        ThreadPoolExecutor(_TOGETHER) as threads,
    ):
        answers = threads.map(lambda url: _answer(client, url), distinct)
        return dict(zip(distinct, answers, strict=True))


class _Guarded(httpx.HTTPTransport):
    """Connects to allowed addresses only, and to the very address that it has looked at."""

    def __init__(self, is_allowed: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_allowed = is_allowed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.userinfo or url.port not in _PORTS:
            raise _NotAskedError(LinkOutcome.INSIDE)
        address = self._resolved(url.host, url.port or (443 if url.scheme == "https" else 80))
        pinned = httpx.Request(
            request.method,
            url.copy_with(host=address),
            headers=request.headers,  # `Host` among them, as it was written
            extensions={**request.extensions, "sni_hostname": url.raw_host.decode("ascii")},
        )
        return super().handle_request(pinned)

    def _resolved(self, host: str, port: int) -> str:
        if host.endswith(_NOBODY_HAS):
            raise _NotAskedError(LinkOutcome.NO_NAME)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _NotAskedError(LinkOutcome.NO_NAME) from error
        addresses = [str(each[4][0]) for each in found]
        if not all(map(self._is_allowed, addresses)):
            raise _NotAskedError(LinkOutcome.INSIDE)
        return addresses[0]


def _answer(client: httpx.Client, url: str) -> LinkAnswer:
    try:
        status = _status(client, "HEAD", url)
        if status in _ASKED_ANEW_WITH_GET:
            status = _status(client, "GET", url)
    except _NotAskedError as error:
        return LinkAnswer(error.state)
    except httpx.TooManyRedirects:
        return LinkAnswer(LinkOutcome.CIRCLE)
    except httpx.ConnectError as error:
        is_untrusted = "CERTIFICATE_VERIFY_FAILED" in str(error)
        return LinkAnswer(LinkOutcome.UNTRUSTED if is_untrusted else LinkOutcome.SILENT)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        return LinkAnswer(LinkOutcome.SILENT)
    if status < _FIRST_ERROR:
        return LinkAnswer(LinkOutcome.OPENS, status)
    may_differ = status in _PERHAPS_FOR_PROGRAMS_ONLY
    return LinkAnswer(LinkOutcome.REFUSED if may_differ else LinkOutcome.GONE, status)


def _status(client: httpx.Client, method: str, url: str) -> int:
    """Return the HTTP status at the end of the redirections; the body is not read."""
    with client.stream(method, url) as response:
        return response.status_code
