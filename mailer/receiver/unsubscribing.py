"""The unsubscribe link: GET shows a page and POST acts (RFC 8058 §3.2), without cookies.

The page says "recorded" only when it is. A link without a valid token gets a page that says so and
how to write to us; guessing reveals nothing, because nobody guesses a signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from mailer.errors import LedgerError
from mailer.languages import CODES
from mailer.model.mailings.message import is_proof_id
from mailer.pages.unsubscribe import Page
from mailer.receiver.bodies import read_body
from mailer.signed_links.unsubscribe import ONE_CLICK_BODY

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from mailer.model.mailings.message import DeliveryId

_MAX_BODY_BYTES = 4096
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
_LATER = Response(status_code=503, headers={"Retry-After": "60"})


class UnsubscribeApp:
    """The web application of the unsubscribe link.

    `read` returns the delivery of the valid token in a URL, or None. `stop` records the opt-out,
    from the list or from everything, and returns whether it is recorded. `unknown` is told of a
    URL without a valid token. `page` renders a page in a language.
    """

    def __init__(
        self,
        *,
        read: Callable[[str], DeliveryId | None],
        stop: Callable[[DeliveryId, bool], bool],
        unknown: Callable[[str], None],
        page: Callable[[Page, str], str],
    ) -> None:
        self._read, self._stop, self._unknown, self._page = read, stop, unknown, page
        # The operator chooses the path; a token is somewhere in it.
        self.app = Starlette(
            routes=[
                Route("/{path:path}", self._show, methods=["GET"]),
                Route("/{path:path}", self._act, methods=["POST"]),
            ]
        )

    async def _show(self, request: Request) -> Response:
        if self._read(_url(request)) is None:
            return await self._incomplete(request)
        return self._answer(Page.QUESTION, request)

    async def _act(self, request: Request) -> Response:
        body = await read_body(request, most_bytes=_MAX_BODY_BYTES)
        if isinstance(body, int):
            return Response(status_code=body)
        means_everything = _means_everything(body)
        if means_everything is None:
            return Response(status_code=400)
        delivery_id = self._read(_url(request))
        if delivery_id is None:
            return await self._incomplete(request)
        try:
            is_recorded = await run_in_threadpool(self._stop, delivery_id, means_everything)
        except LedgerError:
            return _LATER
        otherwise = Page.TEST if is_proof_id(delivery_id) else Page.INCOMPLETE
        return self._answer(Page.DONE if is_recorded else otherwise, request)

    async def _incomplete(self, request: Request) -> Response:
        try:
            await run_in_threadpool(self._unknown, _url(request))
        except LedgerError:
            return _LATER
        return self._answer(Page.INCOMPLETE, request)

    def _answer(self, page: Page, request: Request) -> Response:
        status = 404 if page is Page.INCOMPLETE else 200
        html = self._page(page, _language(request))
        return HTMLResponse(html, status_code=status, headers=_HEADERS)


def _url(request: Request) -> str:
    """Return the path and the query of a request, where a token may be."""
    return f"{request.scope['path']}?{request.url.query}"


def _means_everything(body: bytes) -> bool | None:
    """Return whether the reader opts out of everything and not only of this list.

    Returns None when the body is no opt-out. A mail program posts `List-Unsubscribe=One-Click` in
    either form encoding (RFC 8058 §3.1); in multipart the name and the value are separate.
    """
    text = body.decode("utf-8", "replace")
    scope = parse_qs(text).get("scope", [""])[0]
    if scope in {"list", "everything"}:
        return scope == "everything"
    name, _equals, value = ONE_CLICK_BODY.partition("=")
    return False if name in text and value in text else None


def _language(request: Request) -> str:
    """Return the first of our languages that the browser names, or French if it names none."""
    wanted = request.headers.get("accept-language", "").lower()
    named = [code for code in CODES if code in wanted]
    return min(named, key=wanted.find, default=CODES[0])
