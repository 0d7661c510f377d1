"""The web application of the press room: it reads, holds no session and sets no cookie.

What is not public does not exist here, so that its address gets the very answer of one that was
made up.
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
_MOST_BYTES = 200_000
"""Of a pasted text in a form: a long press kit with each sign written out in three."""
_PATIENCE_S = 15.0
_COMPARED_AT_ONCE = 2
"""Comparing takes a processor; the pages must go on meanwhile."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


class PressRoomApp:
    """Answers GET and HEAD from what is public, and compares the texts that are posted."""

    def __init__(self, live: LivePressRoom) -> None:
        self._live = live
        self._comparing = anyio.CapacityLimiter(_COMPARED_AT_ONCE)

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
            return await self._compared(request, path)
        if request.method not in {"GET", "HEAD"}:
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        shown = await self._shown()
        code = request.query_params.get("code", "") if is_verify else ""
        found = shown.site.resource(path)
        if found is not None and code:
            found = shown.site.check_code(code[:80], language=_language(path))
        if found is None:
            return _nothing_at(path, shown)
        return _fresh(found, request, shown)

    async def _shown(self) -> Shown:
        if self._live.is_stale:
            return await run_in_threadpool(self._live.current)
        return self._live.current()

    async def _compared(self, request: Request, path: str) -> Response:
        shown = await self._shown()
        if shown.site.resource(path) is None:
            return _nothing_at(path, shown)
        body = await _body(request)
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


def _fresh(found: Resource, request: Request, shown: Shown) -> Response:
    """Return what was found, or that the client has it already."""
    headers = {"ETag": found.etag, "Cache-Control": f"public, max-age={shown.fresh_for_s}"}
    if _has(request, found.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


def _has(request: Request, etag: str) -> bool:
    """Return whether the client names this validator (RFC 9110 §13.1.2: compared weakly)."""
    named = request.headers.get("if-none-match", "")
    return named.strip() == "*" or etag in {
        each.strip().removeprefix("W/") for each in named.split(",")
    }


def _nothing_at(path: str, shown: Shown) -> Response:
    """Return the answer for an address at which there is nothing, which no cache may keep.

    An address without the slash at its end leads to the one with it, where that exists.
    """
    headers = {"Cache-Control": "no-store"}
    if path and not path.endswith("/") and shown.site.resource(f"{path}/") is not None:
        last = path.rpartition("/")[2]
        return Response(status_code=308, headers=headers | {"Location": f"{last}/"})
    found = shown.site.unknown(path)
    return Response(found.body, status_code=404, media_type=found.media_type, headers=headers)


async def _body(request: Request) -> bytes | int:
    """Return the octets of the body, or the status of a refusal."""
    body = bytearray()
    with suppress(TimeoutError, ClientDisconnect):
        with anyio.fail_after(_PATIENCE_S):
            async for piece in request.stream():
                body += piece
                if len(body) > _MOST_BYTES:
                    return 413
        return bytes(body)
    return 408
