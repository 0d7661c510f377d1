"""The journal: who did what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import Response

from mailer.errors import ContentError
from mailer.files.workbook_writing import WORKBOOK, workbook_bytes
from mailer.journal.words import ACT_NAMES, subject_called
from mailer.model.journal.line import JournalFilter
from mailer.model.team.actor import PROGRAM, READER
from mailer.operations.journal import begin_of_day, export_journal, journal_page, journal_table
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mailer.errors import Problem
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_PER_PAGE = 100
_FIELDS = ("sujet", "qui", "acte", "du", "au")


@dataclass(frozen=True, slots=True)
class _AskedLines:
    """What the form of the page asks for, as it was typed, and of each field a day that is none."""

    typed: Mapping[str, str]
    wanted: JournalFilter
    wrong_days: Mapping[str, Problem]

    @property
    def is_narrow(self) -> bool:
        return any(self.typed.values())

    def address(self, **more: object) -> str:
        """Return the query of another page of these lines."""
        given = {name: value for name, value in self.typed.items() if value}
        return urlencode({**given, **more})


def show(visit: Visit) -> Response:
    """Show the newest lines of those that are asked for."""
    asked = _asked(visit, visit.query)
    lines = journal_page(
        asked.wanted,
        before=visit.query_number("avant"),
        limit=_PER_PAGE,
        actor=visit.actor,
        ledger=visit.app.ledger,
    )
    return visit.page(
        "journal.html.j2",
        lines=lines,
        asked=asked,
        people=_people(visit),
        acts=sorted(((act, visit.say(name)) for act, name in ACT_NAMES.items()), key=_name),
        campaigns=visit.app.campaigns.names(),
        more=len(lines) == _PER_PAGE,
    )


def export(visit: Visit, form: Form) -> Response:
    """Return the lines that the page asks for as a workbook. Journalled."""
    lines = export_journal(
        _asked(visit, form.text).wanted, actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    zone = visit.app.settings.office.time_zone
    rows = journal_table(lines, zone=zone)
    return Response(
        workbook_bytes(
            (tuple(map(visit.say_plainly, row)) for row in rows), title=visit.say(_("Journal"))
        ),
        media_type=WORKBOOK,
        headers={"Content-Disposition": 'attachment; filename="journal.xlsx"'},
    )


def _asked(visit: Visit, value_of: Callable[[str], str]) -> _AskedLines:
    typed = {name: value_of(name).strip() for name in _FIELDS}
    zone, wrong = visit.app.settings.office.time_zone, {}
    days: dict[str, datetime | None] = {"du": None, "au": None}
    for name, days_later in (("du", 0), ("au", 1)):
        try:
            days[name] = begin_of_day(typed[name], zone=zone, days_later=days_later)
        except ContentError as error:
            (wrong[name],) = error.problems
    subject = subject_called(typed["sujet"], say=visit.say)
    wanted = JournalFilter(subject, typed["qui"], typed["acte"], days["du"], days["au"])
    return _AskedLines(typed, wanted, wrong)


def _people(visit: Visit) -> list[tuple[str, str]]:
    """Return whom one can ask for: the team by name, then the program and the readers of mails."""
    team = sorted(((each.id, each.name) for each in visit.app.roster.people()), key=_name)
    return [
        *team,
        (PROGRAM.name, visit.say(_("the program itself"))),
        (READER.name, visit.say(_("readers, by the link of a message"))),
    ]


def _name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
