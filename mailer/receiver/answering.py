"""The answer link: GET shows a page and the button's POST acts, without cookies or scripts.

Mail gateways open every link of every message, run scripts and follow redirects. They find a page
that changes nothing until somebody presses a button, and that can be opened any number of times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mailer.addresses import NotAnAddress, read_address
from mailer.errors import ContentError, LedgerError
from mailer.languages import CODES
from mailer.operations.people.answers import AnswerAct, Wish
from mailer.receiver.bodies import read_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from mailer.model.address import Address

_MAX_BODY_BYTES = 16_384
_LONGEST = 200
_MOST_SEATS = 20
_HEADERS = {
    "Cache-Control": "no-store",
    # No page links to elsewhere, so that the address leaks nowhere; "no-referrer" would make
    # browsers send `Origin: null` with our own form, which some proxies refuse.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
_LATER = Response(status_code=503, headers={"Retry-After": "60"})


class AnswerApp:
    """The web application of the answer link.

    `show` returns the page for a URL, a language and a notice, or None when the URL names no
    message of ours. `act` does what the reader asks and returns the name of the notice to show, or
    the page that says why not. `unknown` is the page for any other link.
    """

    def __init__(
        self,
        *,
        show: Callable[[str, str, str], str | None],
        act: Callable[[str, str, Wish, Mapping[str, str]], ActedOn | None],
        unknown: Callable[[str], str],
    ) -> None:
        self._show, self._act, self._unknown = show, act, unknown
        self.app = Starlette(
            routes=[
                Route("/{path:path}", self._get, methods=["GET"]),
                Route("/{path:path}", self._post, methods=["POST"]),
            ]
        )

    async def _get(self, request: Request) -> Response:
        notice = request.query_params.get("fait", "")
        try:
            page = await run_in_threadpool(self._show, _url(request), _language(request), notice)
        except (LedgerError, ContentError):
            return _LATER
        return self._page(page, request)

    async def _post(self, request: Request) -> Response:
        body = await read_body(request, most_bytes=_MAX_BODY_BYTES)
        if isinstance(body, int):
            return Response(status_code=body)
        typed = _fields(body)
        wish = _wish(typed)
        if wish is None:
            return Response(status_code=400)
        try:
            done = await run_in_threadpool(
                self._act, _url(request), _language(request), wish, typed
            )
        except (LedgerError, ContentError):
            return _LATER
        if done is None:
            return self._page(None, request)
        if done.page:
            return HTMLResponse(done.page, status_code=422, headers=_HEADERS)
        return RedirectResponse(
            _same_page(request, done.notice), status_code=303, headers=dict(_HEADERS)
        )

    def _page(self, page: str | None, request: Request) -> Response:
        if page is None:
            return HTMLResponse(
                self._unknown(_language(request)), status_code=404, headers=_HEADERS
            )
        return HTMLResponse(page, headers=_HEADERS)


class ActedOn:
    """What became of a wish: a notice for the page, or the page that says why not."""

    def __init__(self, *, notice: str = "", page: str = "") -> None:
        self.notice, self.page = notice, page


def _url(request: Request) -> str:
    """Return the path and the query of a request, where a token may be."""
    return f"{request.scope['path']}?{request.url.query}"


def _same_page(request: Request, notice: str) -> str:
    """Return the address of the page relative to itself: a proxy may serve it under another path."""
    last = request.scope["path"].rpartition("/")[2]
    asked = {name: request.query_params[name] for name in ("lang",) if name in request.query_params}
    query = urlencode({**asked, **({"fait": notice} if notice else {})})
    return f"{last}?{query}" if query else last


def _fields(body: bytes) -> dict[str, str]:
    """Return what was typed, shortened to what a name or an outlet needs."""
    found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=40)
    return {name: " ".join(values[0].split())[:_LONGEST] for name, values in found.items()}


def _wish(typed: Mapping[str, str]) -> Wish | None:
    """Return what the reader asks for; None when no button of the page was pressed."""
    try:
        act = AnswerAct(typed.get("act", ""))
    except ValueError:
        return None
    seats = typed.get("seats", "")
    return Wish(
        act,
        name=typed.get("name", ""),
        organisation=typed.get("organisation", ""),
        address=_address(typed.get("address", "")),
        seats=min(int(seats), _MOST_SEATS) if seats.isascii() and seats.isdigit() else 1,
        is_freelance=bool(typed.get("freelance")),
        card_kind=typed.get("card_kind", ""),
        card_number=typed.get("card_number", ""),
    )


def _address(typed: str) -> Address | None:
    try:
        return read_address(typed)
    except NotAnAddress:
        return None


def _language(request: Request) -> str:
    """Return the language that the address asks for, or the first that the browser names."""
    if (asked := request.query_params.get("lang", "")) in CODES:
        return asked
    wanted = request.headers.get("accept-language", "").lower()
    named = [code for code in CODES if code in wanted]
    return min(named, key=wanted.find, default=CODES[0])
