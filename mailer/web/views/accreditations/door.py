"""The list for the door: printed before the event, ticked at the door or afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.files.workbook_writing import workbook_bytes
from mailer.operations.people.door import (
    destroy_by,
    door_list,
    door_table,
    expected,
    record_attendance,
)
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import _, said_row

if TYPE_CHECKING:
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(visit: Visit) -> Response:
    """Show who is expected, with a box to tick for each."""
    lines = expected(visit.slug, ledger=visit.app.ledger)
    until = destroy_by(lines, visit.slug, terms_for=visit.app.drafts.terms, now=visit.now)
    return visit.page(
        "people/door.html.j2",
        title=title_of(visit),
        event=visit.app.drafts.event(visit.slug),
        lines=lines,
        destroy_by=until,
    )


def sign_in(visit: Visit, form: Form) -> Response:
    """Record who has come, of those whom the page showed."""
    record_attendance(
        visit.slug,
        shown=form.all("shown"),
        came=form.all("came"),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(f"{page_of(visit, 'accreditations')}/porte", "saved")


def table(visit: Visit) -> Response:
    """Return the list for the door as a workbook. Journalled."""
    found = door_list(
        visit.slug,
        terms_for=visit.app.drafts.terms,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    rows = (said_row(row, visit.say_plainly) for row in door_table(found.lines))
    return Response(
        workbook_bytes(rows, title=visit.say(_("List for the door"))),
        media_type=_EXCEL,
        headers={"Content-Disposition": 'attachment; filename="porte.xlsx"'},
    )
