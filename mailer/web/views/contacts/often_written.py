"""Whom the office wrote to lately, over all campaigns, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.responses import Response

from mailer.excel_csv import excel_csv
from mailer.model.mailings.history import MOST_DAYS, USUAL_DAYS
from mailer.operations.people.often_written import (
    export_often_written,
    often_table,
    often_written,
)
from mailer.web.forms import whole_number

if TYPE_CHECKING:
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_PER_PAGE = 50


def show(visit: Visit) -> Response:
    """Show one page of the people, those with the most mails first."""
    days, at_least = _asked(visit.query("jours"), visit.query("fois"))
    found = often_written(
        days=days,
        at_least=at_least,
        after=visit.query("apres"),
        limit=_PER_PAGE + 1,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    shown = found[:_PER_PAGE]
    following = {"jours": days, "fois": at_least, "apres": shown[-1].mark if shown else ""}
    return visit.page(
        "people/often_written.html.j2",
        shown=shown,
        days=days,
        at_least=at_least,
        next_page=urlencode(following) if len(found) > _PER_PAGE else "",
    )


def export(visit: Visit, form: Form) -> Response:
    """Return all of them as a table for Excel. Journalled."""
    days, at_least = _asked(form.text("jours"), form.text("fois"))
    found = export_often_written(
        days=days, at_least=at_least, actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    rows = often_table(found, zone=ZoneInfo(visit.app.settings.office.time_zone))
    return Response(
        excel_csv(tuple(map(visit.say_plainly, row)) for row in rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="sollicitations.csv"'},
    )


def _asked(days: str, at_least: str) -> tuple[int, int]:
    """Return the days and the mails that are asked for, or the usual ones."""
    asked_days, mails = whole_number(days) or USUAL_DAYS, whole_number(at_least) or 1
    return min(max(asked_days, 1), MOST_DAYS), max(mails, 1)
