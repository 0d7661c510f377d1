"""A visit: one request, by one person, in their language."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse

from mailer.errors import LedgerError
from mailer.files.catalogues import translations_for
from mailer.model.team.actor import Via, actor_for
from mailer.model.team.permission import Act, lists_seen, may
from mailer.model.team.sign_in import is_recent
from mailer.openid.settings import OidcSettings
from mailer.operations.sending.suspend import suspension_of
from mailer.pages.quoted import marked, unmarked
from mailer.remedies import RemedyAct
from mailer.web.fact_fields import field_of, named_on_pages, place_on_pages
from mailer.web.forms import Form, whole_number
from mailer.web.help.of_screen import help_of
from mailer.web.remedies import NEEDS, link_to
from mailer.web.sections import (
    PARTNER_SECTIONS,
    REACHED_FROM,
    SECTIONS,
    TEAM_SECTION,
    WITHIN_LISTS,
    WITHOUT_NAMES,
)
from mailer.wording import Text, _, as_in_file, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from mailer.errors import Place, Problem
    from mailer.model.mailings.suspension import Suspension
    from mailer.model.team.actor import Actor
    from mailer.model.team.identity import ProvenIdentity
    from mailer.model.team.person import Person
    from mailer.operations.team.visitors import Visitor
    from mailer.remedies import Remedy
    from mailer.web.pages import Pages
    from mailer.wiring.app import App
    from mailer.wiring.jobs import JobRunner
    from mailer.wording import WordedByDoor


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a view gets: the request, who made it, and the parts of the program.

    `problems` and `typed` are set when a form was refused: the page shows the problems, and what
    was typed stays in its fields.
    """

    request: Request
    app: App
    jobs: JobRunner
    pages: Pages
    person: Person
    language: str
    start_again: Callable[[], None] | None = None
    """Starts the desk and its service again, where this process can."""
    problems: Sequence[Problem] = ()
    typed: Form = field(default_factory=Form)

    @property
    def actor(self) -> Actor:
        """The person as the journal names them."""
        visitor: Visitor | None = getattr(self.request.state, "visitor", None)
        proved_at = visitor.session.proved_at if visitor else None
        return actor_for(self.person, via=Via.DESK, proved_at=proved_at)

    @property
    def visitor(self) -> Visitor:
        """The person with their session."""
        visitor: Visitor = self.request.state.visitor
        return visitor

    @property
    def base(self) -> str:
        """The beginning of the desk's own addresses. The host of a request was checked before."""
        public_url = self.app.settings.web.public_url
        return public_url or f"http://{self.request.headers['host']}"

    @property
    def has_host_name(self) -> bool:
        """Return whether the desk was reached by a name, for which passkeys can be made."""
        host = urlsplit(self.base).hostname or ""
        return not host.replace(".", "").isdigit() and ":" not in host

    @property
    def place_of_reader(self) -> str:
        """The network address of the reader, or "" where it is not known."""
        return str(getattr(self.request.state, "place", ""))

    @property
    def proven(self) -> ProvenIdentity | None:
        """Whom a trusted proxy has recognised."""
        proven: ProvenIdentity | None = getattr(self.request.state, "proven", None)
        return proven

    @property
    def provider_name(self) -> str:
        """What people call the provider at which they may sign in; "" where there is none."""
        return self.app.settings.part(OidcSettings).name

    @property
    def is_recent(self) -> bool:
        """Return whether the person typed their password a short time ago: see `ProofNeeded`."""
        proved_at = self.actor.proved_at
        return proved_at is not None and is_recent(proved_at, now=self.now)

    @property
    def now(self) -> datetime:
        return self.app.clock.now()

    @property
    def slug(self) -> str:
        """The campaign that the address names."""
        return str(self.request.path_params["slug"])

    def path(self, name: str) -> str:
        """Return the part of the address called `name`."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """Return a value of the query, or ""."""
        return self.request.query_params.get(name, "")

    def query_number(self, name: str) -> int | None:
        """Return a value of the query as a whole number; None if it is none."""
        return whole_number(self.query(name))

    def may(self, act: Act) -> bool:
        """Return whether the person's roles allow this, so that a page offers it."""
        return may(self.actor, act)

    def link_to(self, remedy: Remedy | None) -> str:
        """Return the address of the page where the remedy is done; "" where the desk has none, or
        the person may not do it there.
        """
        if remedy is None or (remedy.act is RemedyAct.SEE_DIRECTORY and not self.sees_names):
            return ""
        needed = NEEDS.get(remedy.act)
        return link_to(remedy) if needed is None or self.may(needed) else ""

    @property
    def sees_names(self) -> bool:
        """Whether the person sees somebody by name, and not figures only."""
        return lists_seen(self.actor) != frozenset()

    def say(self, text: Text | str) -> str:
        """Return `text` in the language of the visit, as a template or a script shows it: what
        another program said stands between marks (`pages.quoted`).
        """
        if isinstance(text, str):
            return text
        return say(text, translations_for(self.language), worded=self._worded, quoted=marked)

    def say_plainly(self, text: Text | str) -> str:
        """Return `text` in the language of the visit, for a file or a table."""
        return unmarked(self.say(text))

    @property
    def edits_files(self) -> bool:
        """Return whether the reader writes the files themselves: in the room of `mailer preview`."""
        return bool(getattr(self.request.state, "edits_files", False))

    def _worded(self, named: WordedByDoor) -> Text:
        return as_in_file(named) if self.edits_files else named_on_pages(named)

    def sentence(self, text: Text | str) -> str:
        """Return `text` as a sentence of its own: with a capital letter and a full stop."""
        said = self.say(text).strip()
        ended = said if unmarked(said).endswith((".", "!", "?", "…", ":")) else f"{said}."
        return f"{ended[:1].upper()}{ended[1:]}"

    def place(self, where: Place) -> str:
        """Return where something is: the field and its page, or else the file and its line."""
        if not self.edits_files and (on_pages := place_on_pages(where)):
            return self.say(on_pages)
        name = PurePath(where.file).name
        line = self.say(_("{file}, line {line}", file=name, line=where.line))
        return line if where.line else name

    def problems_at(self, name: str) -> list[Problem]:
        """Return the problems of the field with this name."""
        return [problem for problem in self.problems if field_of(problem.where.key) == name]

    def typed_or(self, name: str, value: object) -> str:
        """Return what was typed into a field of a refused form, otherwise `value`."""
        return self.typed.text(name) if name in self.typed.fields else str(value)

    @property
    def is_production(self) -> bool:
        return self.app.settings.transport.production

    @property
    def suspension(self) -> Suspension | None:
        """The suspension of everything, which every page shows; None also without a ledger."""
        asked = self.request.state  # a page names it in several places, and asks once
        if not hasattr(asked, "suspension"):
            asked.suspension = None
            with suppress(LedgerError):  # the page that says so must be shown
                asked.suspension = suspension_of(ledger=self.app.ledger)
        found: Suspension | None = asked.suspension
        return found

    @property
    def sections(self) -> Sequence[tuple[str, Text]]:
        """The parts of the desk, as its navigation lists them."""
        if self.person.is_partner:
            return PARTNER_SECTIONS
        if self.may(Act.SEE_EVERYBODY):
            shown = SECTIONS
        else:
            shown = WITHIN_LISTS if self.sees_names else WITHOUT_NAMES
        return (*shown, *(TEAM_SECTION,) * self.may(Act.MANAGE_PEOPLE))

    def is_in(self, path: str) -> bool:
        """Return whether the address lies in the part of the desk that begins at `path`."""
        here = self.request.url.path
        return here == path or (path != "/" and here.startswith(f"{path}/"))

    @property
    def help_address(self) -> str:
        """The address of the help page that belongs to this page."""
        return help_of(self.request.url.path)

    @property
    def section(self) -> str:
        """The address of the part of the desk that the visit is in, the inner one of two; or ""."""
        elsewhere = (part for path, part in REACHED_FROM.items() if self.is_in(path))
        around = (path for path, _name in self.sections if self.is_in(path))
        return next(elsewhere, "") or max(around, key=len, default="")

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return the page of a template. A refused form has the status 422."""
        body = self.pages.render(
            template, language=self.language, notice=self.query("fait"), visit=self, **values
        )
        return HTMLResponse(body, status_code=422 if self.problems else status)

    def done(self, path: str, notice: str = "", **query: str) -> Response:
        """Return a redirection to a page that shows the notice of this name (`notices`)."""
        asked = urlencode({**({"fait": notice} if notice else {}), **query})
        return RedirectResponse(f"{path}?{asked}" if asked else path, status_code=303)
