"""Import a list: choose the file, look at what its rows become, decide the doubtful ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.contacts.row_refusals import readable_addresses
from mailer.model.list_file import RowChoice, RowDecision
from mailer.operations.people.edit_contacts import contact_lists
from mailer.operations.people.take_in_list import (
    ask_to_take_in,
    discard_list,
    keep_list,
    survey_list,
    waiting_lists,
)
from mailer.web.views.job import begun
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

    from mailer.model.contact_import import Quarantined
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

CHOICES: tuple[tuple[RowChoice, Text], ...] = (
    (RowChoice.ACCEPT, _("this address is meant:")),
    (RowChoice.CORRECT, _("another address is meant:")),
    (RowChoice.WRITE, _("right as it is written; write to them")),
    (RowChoice.BAR, _("do not write to them")),
    (RowChoice.LEAVE_OUT, _("leave the row out")),
    (RowChoice.LATER, _("decide later")),
)
"""What can be decided about a row, in the order of the screen."""


def form(visit: Visit) -> Response:
    """Show the form for a file, and the files that wait for decisions."""
    return visit.page(
        "people/import.html.j2",
        lists=contact_lists(ledger=visit.app.ledger),
        waiting=waiting_lists(ledger=visit.app.ledger),
    )


def keep(visit: Visit, form: Form) -> Response:
    """Keep a file, or a pasted list, and show what its rows become."""
    pasted = form.text("pasted").strip()
    name, content = "liste.txt", pasted.encode()
    if not pasted:
        upload = form.upload("file")
        name, content = upload.name, upload.content
    kept = keep_list(
        name,
        content,
        list_name=form.text("list"),
        read_bytes=visit.app.children.read_contact_bytes,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(f"/imports/{kept.id}")


def show(visit: Visit) -> Response:
    """Show the counts, the remarks, and the rows to decide."""
    surveyed = survey_list(
        visit.path("file"),
        read_bytes=visit.app.children.read_contact_bytes,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.page(
        "people/list_file.html.j2",
        surveyed=surveyed,
        rows=[(each, list(_choices(each.quarantined))) for each in surveyed.to_decide],
    )


def take_in(visit: Visit, form: Form) -> Response:
    """Take the list in as decided, or discard it."""
    if form.text("act") == "discard":
        discard_list(visit.path("file"), actor=visit.actor, ledger=visit.app.ledger)
        return visit.done("/contacts/importer", "discarded")
    job = ask_to_take_in(
        visit.path("file"),
        list(_decisions(form)),
        read_bytes=visit.app.children.read_contact_bytes,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return begun(visit, job)


def _choices(quarantined: Quarantined) -> Iterator[tuple[RowChoice, Text]]:
    """Yield the choices that make sense for a row."""
    for choice, label in CHOICES:
        if choice is RowChoice.ACCEPT and quarantined.suggestion is None:
            continue
        if choice is RowChoice.BAR and not quarantined.may_be_refused:
            continue
        if choice is RowChoice.WRITE and not readable_addresses(quarantined.row.texts):
            continue
        yield choice, label


def _decisions(form: Form) -> Iterator[RowDecision]:
    for name in form.fields:
        kind, _sign, row = name.partition("-")
        if kind == "choice" and (choice := form.text(name)) in set(RowChoice):
            yield RowDecision(row, RowChoice(choice), form.text(f"address-{row}").strip())
