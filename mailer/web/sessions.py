"""Who is signed in: the cookie, and what becomes of requests without an open session."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from mailer.config.web_sections import GroupSettings
from mailer.errors import LedgerError, MailerError
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Person
from mailer.operations.team.enter_by_identity import as_proxied
from mailer.operations.team.kept_forms import keep_form
from mailer.operations.team.second_factor import is_required
from mailer.operations.team.sign_in import visitor_of
from mailer.web.forms import read_form

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from mailer.model.team.identity import ProvenIdentity
    from mailer.operations.team.visitors import SignedIn, Visitor
    from mailer.web.forms import Form
    from mailer.wiring.app import App

SIGN_IN = "/entrer"
_OUTSIDE = re.compile(
    r"/entrer(?:/[a-z]+)?|/bienvenue/[^/]+|/signer/[^/]+(?:/cadre)?|/fixe/.*", re.DOTALL
)
"""The addresses that somebody who is not signed in may see."""
_SET_UP = "/moi/second-facteur"
_TO_SET_UP = re.compile(r"/moi(?:/.*)?|/sortir|/confirmer|/entrer(?:/[a-z]+)?|/fixe/.*", re.DOTALL)
"""The addresses for who has to set up a second factor, and has not done it yet."""
_REMEMBERED_S = 60 * 24 * 3600
"""How long the browser keeps the cookie: longer than a session, so that it is recognised then."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """The cookie of the session.

    Browsers do not tell the ports of one host apart, so the name has the port where the desk is
    reached over plain http. Behind https the prefix `__Host-` keeps other hosts from setting it.
    """

    port: int
    is_https: bool

    @property
    def name(self) -> str:
        return "__Host-desk" if self.is_https else f"desk-{self.port}"

    def token(self, headers: Headers) -> str:
        """Return the token that a browser sent, or ""."""
        return Request({"type": "http", "headers": headers.raw}).cookies.get(self.name, "")

    def kept(self, name: str, headers: Headers) -> str:
        """Return what the browser keeps for a sign-in under way, or ""."""
        cookies = Request({"type": "http", "headers": headers.raw}).cookies
        return cookies.get(f"{self.name}-{name}", "")

    def keep(self, response: Response, name: str, value: str, *, lasts: timedelta) -> None:
        """Let the browser keep the value of a sign-in under way, which has a name of its own."""
        response.set_cookie(
            f"{self.name}-{name}",
            value,
            max_age=int(lasts.total_seconds()),
            secure=self.is_https,
            httponly=True,
            samesite="lax",
        )

    def drop(self, response: Response, name: str) -> None:
        """Let the browser forget the value of a sign-in that has ended."""
        self.keep(response, name, "", lasts=timedelta())

    def give(self, response: Response, signed_in: SignedIn) -> Response:
        """Return the response with the cookie of a new session."""
        response.set_cookie(
            self.name,
            signed_in.token,
            max_age=_REMEMBERED_S,
            secure=self.is_https,
            httponly=True,
            samesite="lax",
        )
        return response


class SignedInOnly:
    """Lets only people who are signed in past the pages where they sign in.

    The visitor, whose session may have ended, is in `request.state.visitor`. What somebody typed
    into a form after the end of their session is kept for them, and never acted on by itself.
    """

    def __init__(self, app: ASGIApp, *, parts: App, cookie: Cookie) -> None:
        self._app, self._parts, self._cookie = app, parts, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = self._cookie.token(Headers(scope=scope))
        proven = scope.setdefault("state", {}).setdefault("proven", None)
        try:
            visitor = await run_in_threadpool(self._visitor, token, proven)
        except LedgerError as error:
            await _unavailable(error)(scope, receive, send)
            return
        scope["state"].update(visitor=visitor, cookie=self._cookie)
        if visitor is not None and visitor.is_open and self._must_set_up(visitor, scope["path"]):
            await RedirectResponse(_SET_UP, status_code=303)(scope, receive, send)
            return
        if (visitor is not None and visitor.is_open) or is_outside(scope["path"]):
            await self._app(scope, receive, send)
            return
        response = await self._turned_away(Request(scope, receive), visitor)
        await response(scope, receive, send)

    def _must_set_up(self, visitor: Visitor, path: str) -> bool:
        """Return whether the person has to set up a second factor before anything else."""
        if visitor.session.method is not SignInMethod.PASSWORD or _TO_SET_UP.fullmatch(path):
            return False
        return is_required(visitor.person, self._parts.gate.second_factor_for)

    def _visitor(self, token: str, proven: ProvenIdentity | None) -> Visitor | None:
        if not token:
            return None
        ledger, now = self._parts.ledger, self._parts.clock.now()
        visitor = visitor_of(token, ledger=ledger, now=now)
        if visitor is None or visitor.session.method is not SignInMethod.PROXY:
            return visitor
        roles_by_group = self._parts.settings.part(GroupSettings).roles_by_group
        return as_proxied(visitor, proven, roles_by_group=roles_by_group, ledger=ledger)

    async def _turned_away(self, request: Request, visitor: Visitor | None) -> Response:
        is_closed = visitor is not None and not visitor.person.is_enabled
        if request.headers.get("sec-fetch-mode", "navigate") != "navigate":
            # A script asked: it says so on the page, and tries again after the sign-in.
            return PlainTextResponse("", status_code=403 if is_closed else 401)
        closed = "1" if is_closed else ""
        if request.method != "POST":
            return to_sign_in(back_to=address_of(request), closed=closed)
        if visitor is None:
            return to_sign_in(lost="1")
        try:
            form = await read_form(request)
        except MailerError:
            return to_sign_in(lost="1", closed=closed)
        # The page that shows the form again sends it there, so it must be an address of ours.
        path = safe_path(quote(request.url.path))
        kept = await run_in_threadpool(self._keep, path, form, visitor)
        return to_sign_in(kept=kept, lost="" if kept else "1", closed=closed)

    def _keep(self, path: str, form: Form, visitor: Visitor) -> str:
        ledger, now = self._parts.ledger, self._parts.clock.now()
        fields = [(name, each) for name, values in form.fields.items() for each in values]
        files = {name: upload.name for name, upload in form.uploads.items()}
        return keep_form(path, fields, files=files, visitor=visitor, ledger=ledger, now=now)


STRANGER = Person(id="", name="", roles=frozenset())
"""Somebody who is not signed in."""


def person_of(request: Request) -> Person:
    """Return who is signed in, or a stranger on the pages where people sign in."""
    visitor: Visitor | None = request.state.visitor
    return visitor.person if visitor is not None and visitor.is_open else STRANGER


def is_outside(path: str) -> bool:
    """Return whether an address may be seen by somebody who is not signed in."""
    return _OUTSIDE.fullmatch(path) is not None


def to_sign_in(*, back_to: str = "", kept: str = "", lost: str = "", closed: str = "") -> Response:
    """Return a redirection to the sign-in, which then leads back, or to the kept form."""
    query = {"suite": back_to, "garde": kept, "perdu": lost, "ferme": closed}
    asked = urlencode({name: value for name, value in query.items() if value})
    return RedirectResponse(f"{SIGN_IN}?{asked}" if asked else SIGN_IN, status_code=303)


def is_token(text: str) -> bool:
    """Return whether a text can be a token of ours: of a kept form, or of a link."""
    return re.fullmatch(r"[A-Za-z0-9_-]{20,100}", text) is not None


def safe_path(text: str) -> str:
    """Return an address of the desk to lead back to, or "/" for anything else."""
    is_own = text.startswith("/") and not text.startswith(("//", "/\\"))
    is_plain = all(" " < sign < "\x7f" for sign in text) and "\\" not in text
    return text if is_own and is_plain and not is_outside(text.partition("?")[0]) else "/"


def address_of(request: Request) -> str:
    """Return the path and the query of a request."""
    path = quote(request.url.path)
    return f"{path}?{request.url.query}" if request.url.query else path


def _unavailable(error: LedgerError) -> Response:
    return PlainTextResponse(str(error), status_code=503, headers={"Retry-After": "10"})
