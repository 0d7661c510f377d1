"""The unsubscribe link: GET shows a page, POST acts (RFC 8058 §3.2), no cookie, no session.

A link that is not ours gets the same answers, so that nobody learns anything by trying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from mailer.errors import LedgerError
from mailer.languages import CODES
from mailer.unsubscribe import ONE_CLICK_BODY, token_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.model.message import DeliveryId

_LONGEST = 4096
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


class Unsubscribing:
    """`read` names the delivery of a genuine token; `stop` records the wish, for this list or
    for everything; `page` draws the question or the answer in a language.
    """

    def __init__(
        self,
        *,
        read: Callable[[str], DeliveryId | None],
        stop: Callable[[DeliveryId, bool], None],
        page: Callable[[bool, str], str],
    ) -> None:
        self._read, self._stop, self._page = read, stop, page
        # The path is the operator's; the token is its last part.
        self.app = Starlette(
            routes=[
                Route("/{path:path}", self._show, methods=["GET"]),
                Route("/{path:path}", self._act, methods=["POST"]),
            ]
        )

    async def _show(self, request: Request) -> Response:
        page = self._page(False, _language(request))
        return HTMLResponse(page, headers=_HEADERS)

    async def _act(self, request: Request) -> Response:
        try:
            body = b""
            async for piece in request.stream():
                body += piece
                if len(body) > _LONGEST:
                    return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        means_everything = _meant(body)
        if means_everything is None:
            return Response(status_code=400)
        delivery_id = self._read(token_in(request.url.path))
        if delivery_id is not None:
            try:
                await run_in_threadpool(self._stop, delivery_id, means_everything)
            except LedgerError:
                return Response(status_code=503, headers={"Retry-After": "60"})
        return HTMLResponse(self._page(True, _language(request)), headers=_HEADERS)


def _meant(body: bytes) -> bool | None:
    """Whether everything is meant, and not this list alone; None when nothing was asked.

    A mail program posts `List-Unsubscribe=One-Click` as a form of either sort (RFC 8058
    §3.1); in multipart the name and the value stand apart.
    """
    text = body.decode("utf-8", "replace")
    scope = parse_qs(text).get("scope", [""])[0]
    if scope in {"list", "everything"}:
        return scope == "everything"
    name, _equals, value = ONE_CLICK_BODY.partition("=")
    return False if name in text and value in text else None


def _language(request: Request) -> str:
    """The language that the browser names first among ours; French when it names none."""
    wanted = request.headers.get("accept-language", "").lower()
    named = [code for code in CODES if code in wanted]
    return min(named, key=wanted.find, default=CODES[0])
