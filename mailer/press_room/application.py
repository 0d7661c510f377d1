"""The web application of the press room: it reads, holds no session and sets no cookie.

A release that is not public yet gets the same 404 as an address that never existed, so that
nobody can guess what will be published.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from mailer.errors import LedgerError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from mailer.pages.press_room_site import Resource
    from mailer.press_room.live import LivePressRoom, Shown

_VERIFY = "verifier/"
_MAX_BODY_BYTES = 200_000
"""A posted form may hold a long press kit, each character of it percent-encoded in three bytes."""
_BODY_TIMEOUT_S = 15.0
_MAX_COMPARISONS = 2
"""A comparison keeps one processor busy; the pages must be answered at the same time."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


class PressRoomApp:
    """Answers GET and HEAD from what is public, and compares the texts that are posted."""

    def __init__(self, live: LivePressRoom) -> None:
        self._live = live
        self._comparing = anyio.CapacityLimiter(_MAX_COMPARISONS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except LedgerError:
            response = Response(status_code=503, headers={"Retry-After": "10"})
        response.headers.update(_HEADERS)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix("/")
        is_verify = path.endswith(f"/{_VERIFY}") or path == _VERIFY
        if request.method == "POST" and is_verify:
            return await self._compare_text(request, path)
        if request.method not in {"GET", "HEAD"}:
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        shown = await self._shown()
        code = request.query_params.get("code", "") if is_verify else ""
        found = shown.site.resource(path)
        if found is not None and code:
            found = shown.site.check_code(code[:80], language=_language(path))
        if found is None:
            return _nothing_at(path, shown)
        return _cacheable(found, request, shown)

    async def _shown(self) -> Shown:
        """Return the press room as it is now; a thread reads the ledger when that is due."""
        if self._live.is_stale:
            return await run_in_threadpool(self._live.current)
        return self._live.current()

    async def _compare_text(self, request: Request, path: str) -> Response:
        """Compare a posted text with what was published, and answer with the page of the result."""
        shown = await self._shown()
        if shown.site.resource(path) is None:
            return _nothing_at(path, shown)
        body = await _body_or_status(request)
        if isinstance(body, int):
            return Response(status_code=body)
        typed = parse_qs(body.decode("utf-8", "replace"), max_num_fields=8).get("text", [""])[0]
        async with self._comparing:
            found = await run_in_threadpool(shown.site.check_text, typed, language=_language(path))
        return Response(
            found.body, media_type=found.media_type, headers={"Cache-Control": "no-store"}
        )


def _language(path: str) -> str:
    return path.partition("/")[0]


def _cacheable(found: Resource, request: Request, shown: Shown) -> Response:
    """Answer with a resource; with 304 and no body when the client has it already."""
    headers = {"ETag": found.etag, "Cache-Control": f"public, max-age={shown.fresh_for_s}"}
    if _has_cached(request, found.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


def _has_cached(request: Request, etag: str) -> bool:
    """Return whether If-None-Match names this ETag, by weak comparison (RFC 9110 §13.1.2)."""
    named = request.headers.get("if-none-match", "")
    return named.strip() == "*" or etag in {
        each.strip().removeprefix("W/") for each in named.split(",")
    }


def _nothing_at(path: str, shown: Shown) -> Response:
    """Answer 404 for an address at which there is nothing.

    An address without its final slash is redirected to the one with it, where that exists. No
    cache may keep the answer, because the address may be published at any time.
    """
    headers = {"Cache-Control": "no-store"}
    if path and not path.endswith("/") and shown.site.resource(f"{path}/") is not None:
        last = path.rpartition("/")[2]
        return Response(status_code=308, headers=headers | {"Location": f"{last}/"})
    found = shown.site.unknown(path)
    return Response(found.body, status_code=404, media_type=found.media_type, headers=headers)


async def _body_or_status(request: Request) -> bytes | int:
    """Return the body of a request; instead the HTTP status 413 when it is too large, and 408
    when it does not arrive in time.
    """
    body = bytearray()
    with suppress(TimeoutError, ClientDisconnect):
        with anyio.fail_after(_BODY_TIMEOUT_S):
            async for piece in request.stream():
                body += piece
                if len(body) > _MAX_BODY_BYTES:
                    return 413
        return bytes(body)
    return 408
