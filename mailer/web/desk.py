"""The web application of the desk: its addresses, and what becomes of errors."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from mailer.errors import ContentError, LedgerError, MailerError, Place, Problem, ProofNeeded
from mailer.files.catalogues import SPOKEN
from mailer.log_context import log_event, logged_as
from mailer.web.forms import Form, read_form, to_choose_again
from mailer.web.pages import Pages
from mailer.web.partner_routes import screen_for_partner
from mailer.web.routes import SCREENS
from mailer.web.sessions import address_of
from mailer.web.views.account.identity import PROOF_FIELDS, ask_with_form, file_to_fetch, prove
from mailer.web.visit import Visit
from mailer.wiring.jobs import JobRunner
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from starlette.middleware import Middleware
    from starlette.requests import Request
    from starlette.responses import Response

    from mailer.model.team.person import Person
    from mailer.web.screen import Screen
    from mailer.wiring.app import App

STATIC = Path(__file__).resolve().parent / "static"


class Desk:
    """The parts of the program as the desk uses them, for all its visits."""

    def __init__(
        self,
        app: App,
        *,
        person_of: Callable[[Request], Person],
        jobs: JobRunner | None = None,
        start_again: Callable[[], None] | None = None,
    ) -> None:
        self._app, self._person_of, self._jobs = app, person_of, jobs or JobRunner(app)
        self._start_again = start_again
        self.span, self.answered = app.span, app.answered
        office = app.settings.office
        self._pages = Pages(version=_version(), office=office.name, time_zone=office.time_zone)

    def visit(self, request: Request) -> Visit:
        """Return the visit of this request. Its person is signed in."""
        person = self._person_of(request)
        default = self._app.settings.office.language
        return Visit(
            request=request,
            app=self._app,
            jobs=self._jobs,
            start_again=self._start_again,
            pages=self._pages,
            person=person,
            language=person.language or _language(request, default=default),
        )


def make_desk(
    app: App,
    *,
    person_of: Callable[[Request], Person],
    middleware: Sequence[Middleware] = (),
    more: Sequence[Route] = (),
    jobs: JobRunner | None = None,
    start_again: Callable[[], None] | None = None,
    screens: Sequence[Screen] = SCREENS,
) -> Starlette:
    """Return the web application of a workspace.

    `person_of` names who made a request; `middleware` lets only signed-in people through, and
    `more` holds the addresses where they sign in. `screens` are those that it has. `start_again`
    ends the process that serves it, and starts another.
    """
    desk = Desk(app, person_of=person_of, jobs=jobs, start_again=start_again)
    return Starlette(
        routes=[
            *more,
            *(_route(screen, desk) for screen in screens),
            Mount("/fixe", StaticFiles(directory=STATIC)),
            Route("/{rest:path}", _endpoint(desk, _unknown_page)),
        ],
        middleware=list(middleware),
    )


def _route(screen: Screen, desk: Desk) -> Route:
    methods = ["GET", "POST"] if screen.act else ["GET"]
    return Route(screen.path, _screen_endpoint(screen, desk), methods=methods)


def _screen_endpoint(screen: Screen, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    for_partner = screen_for_partner(screen)

    async def answer(request: Request) -> Response:
        visit = desk.visit(request)
        seen = for_partner if visit.person.is_partner else screen
        if seen is None or (request.method == "POST" and not seen.act):
            return await run_in_threadpool(_unknown_page, visit)
        if request.method != "POST":
            return await run_in_threadpool(_shown, seen.view, visit)
        try:
            form = await read_form(request)
        except MailerError as refused:
            refused_visit = replace(visit, problems=refused.problems)
            return await run_in_threadpool(_shown, seen.view, refused_visit)
        return await run_in_threadpool(_done, seen, visit, form)

    async def endpoint(request: Request) -> Response:
        began_s = monotonic()
        with logged_as(request=secrets.token_hex(6)), desk.span(screen.path):
            response = await answer(request)
            took_s = monotonic() - began_s
            log_event(
                "request",
                method=request.method,
                route=screen.path,
                status=response.status_code,
                seconds=round(took_s, 4),
            )
        desk.answered(screen.path, took_s)
        return response

    return endpoint


def _endpoint(
    desk: Desk, show: Callable[[Visit], Response]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_shown, show, desk.visit(request))

    return endpoint


def _done(screen: Screen, visit: Visit, form: Form) -> Response:
    """Do what the form asks. If it is refused, show its page again with what was typed.

    If the act asks for the password again, the page that asks holds the form, and sends it again.
    """
    try:
        return screen.do(visit, form)
    except ProofNeeded:
        return _proved_and_done(screen, visit, form)
    except LedgerError as error:
        return _refused(visit, error)
    except MailerError as refused:
        return _shown_again(screen, visit, form, refused)


def _proved_and_done(screen: Screen, visit: Visit, form: Form) -> Response:
    """Do what the form asks if it comes with the password; otherwise ask for that."""
    try:
        if not form.text("password") and not form.text("credential"):
            return ask_with_form(visit, form)
        proved = prove(visit, form)
        return file_to_fetch(proved, form) if screen.hands_over_file else screen.do(proved, form)
    except LedgerError as error:
        return _refused(visit, error)
    except MailerError as refused:
        if any(problem.where.key in PROOF_FIELDS for problem in refused.problems):
            return ask_with_form(replace(visit, problems=refused.problems), form)
        return _shown_again(screen, visit, form, refused)


def _shown_again(screen: Screen, visit: Visit, form: Form, refused: MailerError) -> Response:
    """Return the page of a refused form, with its problems and what was typed."""
    problems = (*refused.problems, *to_choose_again(form, refused.problems))
    return _shown(screen.view, replace(visit, problems=problems, typed=form))


def _shown(show: Callable[[Visit], Response], visit: Visit) -> Response:
    """Return the page, or the page that says why it cannot be shown."""
    try:
        return show(visit)
    except ProofNeeded:
        return visit.done("/confirmer", suite=address_of(visit.request))
    except MailerError as error:
        return _refused(visit, error)


def _refused(visit: Visit, error: MailerError) -> Response:
    """Return the page that says what is wrong, after the problems of a refused form."""
    status = 503 if isinstance(error, LedgerError) else 404 if _is_unknown(error) else 409
    problems = (*visit.problems, *error.problems)
    return replace(visit, problems=()).page("refused.html.j2", shown=problems, status=status)


def _is_unknown(error: MailerError) -> bool:
    return isinstance(error, ContentError) and any(p.where.file == "" for p in error.problems)


def _unknown_page(visit: Visit) -> Response:
    what = _("there is no page at this address")
    problem = Problem(Place(""), what, _("Go back to the start page."))
    return visit.page("refused.html.j2", shown=(problem,), status=404)


def _language(request: Request, *, default: str) -> str:
    """Return the first language that the browser asks for and the program speaks."""
    for asked in request.headers.get("accept-language", "").split(","):
        code = asked.partition(";")[0].strip().partition("-")[0].lower()
        if code in SPOKEN:
            return code
    return default


def _version() -> str:
    """Return a hash of the styles and scripts, so that a browser fetches each version once."""
    found = hashlib.sha256()
    for file in sorted(STATIC.rglob("*")):
        with suppress(IsADirectoryError):
            found.update(file.read_bytes())
    return found.hexdigest()[:12]
