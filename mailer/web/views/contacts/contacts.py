"""The directory: search, lists, and the page of one person."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.errors import Place, Problem, RuleError
from mailer.model.service.exported_file import ExportKind
from mailer.operations.people.contact_page import known_of
from mailer.operations.people.correct import correct_address
from mailer.operations.people.directory import directory_page
from mailer.operations.people.edit_contacts import (
    add_contact,
    contact_lists,
    edit_contact,
    leave_list,
    remove_contact,
)
from mailer.operations.people.list_names import require_list_name
from mailer.operations.people.personal_data import as_json, personal_data
from mailer.operations.people.timeline import timeline_of
from mailer.web.forms import Refusals
from mailer.web.views.job import exported
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.contacts.one_person import TypedValues
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

PER_PAGE = 50
FIELDS: tuple[tuple[str, str, Text], ...] = (
    ("civility", "Civilité", _("Title")),
    ("first_name", "Prénom", _("First name")),
    ("last_name", "Nom", _("Last name")),
    ("organisation", "Média", _("Outlet or association")),
    ("role", "Fonction", _("Role")),
    ("beat", "Rubrique", _("Beat")),
    ("region", "Région", _("Region")),
    ("media", "Type de média", _("Kind of media")),
    ("phone", "Téléphone", _("Telephone")),
    ("language", "Langue", _("Language")),
)
"""What can be typed about a person: the attribute, the column of a list that it is read as, and
its label.
"""


def show(visit: Visit) -> Response:
    """Show one page of the people whose name, outlet or address has the words that were asked."""
    lists = contact_lists(actor=visit.actor, ledger=visit.app.ledger)
    chosen = visit.query("liste")
    found = directory_page(
        search=visit.query("q"),
        list_name=chosen,
        after=visit.query("apres"),
        limit=PER_PAGE,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.page(
        "people/contacts.html.j2",
        entries=found,
        lists=lists,
        chosen=chosen,
        asked=visit.query("q"),
        more=len(found) == PER_PAGE,
        fields=FIELDS,
    )


def add(visit: Visit, form: Form) -> Response:
    """Add a person to a list."""
    refusals = Refusals()
    with refusals.collected():
        address = form.address("address")
    with refusals.collected():
        list_name = require_list_name(form.text("list"), ledger=visit.app.ledger)
    refusals.raise_any()
    added = add_contact(
        address,
        _typed(form),
        list_name=list_name,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(f"/contacts/{added.contact.id}", "added" if added.is_new else "known")


def person(visit: Visit) -> Response:
    """Show everything that is known of a person."""
    app = visit.app
    known = known_of(visit.path("contact"), actor=visit.actor, ledger=app.ledger, now=visit.now)
    timeline = timeline_of(
        known.contact.address,
        campaigns=app.campaigns.names(),
        actor=visit.actor,
        drafts=app.drafts,
        ledger=app.ledger,
        known=known.person,
    )
    return visit.page(
        "people/contact.html.j2",
        known=known,
        contact=known.contact,
        asking=known.asking_mail and app.children.mail_excerpt(known.asking_mail),
        fields=FIELDS,
        timeline=timeline,
        title_of=cache(app.drafts.title),
    )


def edit(visit: Visit, form: Form) -> Response:
    """Change what is known of a person, correct the address, or take the person off a list."""
    ledger, actor, now = visit.app.ledger, visit.actor, visit.now
    contact = known_of(visit.path("contact"), actor=actor, ledger=ledger, now=now).contact
    here = f"/contacts/{contact.id}"
    match form.text("act"):
        case "correct":
            corrected = correct_address(
                contact.address,
                form.address("new"),
                actor=actor,
                why=_said_by(form),
                ledger=ledger,
                now=now,
            )
            notice = "corrected-resent" if corrected.resent else "corrected"
            return visit.done(f"/contacts/{corrected.contact.id}", notice)
        case "leave":
            leave_list(contact.address, form.text("list"), actor=actor, ledger=ledger, now=now)
            return visit.done(here, "left-list")
        case "remove":
            remove_contact(contact.address, actor=actor, ledger=ledger, now=now)
            return visit.done("/contacts", "removed")
        case _:
            edited = edit_contact(
                contact.address, _typed(form), actor=actor, ledger=ledger, now=now
            )
            return visit.done(here, "saved" if edited.changed else "unchanged")


def hand_over(visit: Visit, form: Form) -> Response:
    """Return the file with everything that is kept of a person."""
    ledger, actor, now = visit.app.ledger, visit.actor, visit.now
    contact = known_of(visit.path("contact"), actor=actor, ledger=ledger, now=now).contact
    found = personal_data(
        contact.address, actor=actor, why=form.text("why"), ledger=ledger, now=now
    )
    return Response(
        as_json(found),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="donnees.json"'},
    )


def export(visit: Visit, form: Form) -> Response:
    """Have the directory, or one list, written to a workbook."""
    return exported(visit, ExportKind.CONTACTS, form.text("liste"))


def _said_by(form: Form) -> str:
    """Return who gave a new address. Raises RuleError when nobody is named."""
    if said_by := form.text("said-by").strip():
        return said_by
    what, remedy = _("the reason is missing"), _("Write who gave the new address, when and how.")
    raise RuleError(Problem(Place("", key="said-by"), what, remedy))


def _typed(form: Form) -> TypedValues:
    return {
        header: form.text(name).strip() for name, header, _label in FIELDS if name in form.fields
    }
