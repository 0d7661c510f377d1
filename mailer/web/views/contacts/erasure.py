"""The page on which an administrator erases what is kept of a person who asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.operations.people.contact_page import known_of
from mailer.operations.people.suppressions import forget
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

    from mailer.model.contacts.contact import Contact
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def ask(visit: Visit) -> Response:
    """Show what is erased, and ask for the address and the request."""
    return visit.page("people/erase.html.j2", contact=_contact(visit))


def erase(visit: Visit, form: Form) -> Response:
    """Erase the person if the form names the address and the request."""
    contact = _contact(visit)
    if missing := [*_missing(form, contact)]:
        raise RuleError(*missing)
    forget(
        contact.address,
        actor=visit.actor,
        why=form.text("why").strip(),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done("/contacts", "erased")


def _contact(visit: Visit) -> Contact:
    contact = visit.path("contact")
    return known_of(contact, actor=visit.actor, ledger=visit.app.ledger, now=visit.now).contact


def _missing(form: Form, contact: Contact) -> Iterator[Problem]:
    if form.text("confirm").strip().casefold() != str(contact.address).casefold():
        what = _("this is not the address of this person")
        yield Problem(Place("", key="confirm"), what, _("Copy it from the line above."))
    if not form.text("why").strip():
        what = _("the request is missing")
        yield Problem(Place("", key="why"), what, _("Write who asked, when and how."))
