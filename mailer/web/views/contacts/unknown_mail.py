"""One mail that the program does not understand: read in a sealed frame, and decided."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.addresses import require_address
from mailer.errors import ContentError
from mailer.feedback.sealed_mail import sealed_octets
from mailer.model.feedback.unknown_mail import UnknownSort
from mailer.operations.people.unknown_mails import (
    enter_unknown_answer,
    invited_to,
    mail_octets,
    note_nothing_follows,
    obey_request_for_silence,
    save_unknown_mail,
    show_unknown_mail,
)
from mailer.web.views.campaigns.preview import FRAME_POLICY, IN_THE_PAGE

if TYPE_CHECKING:
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_COMES = {"comes": True, "declines": False}


def show(visit: Visit) -> Response:
    """Show who wrote a mail, why it waits, and what can follow from it."""
    app = visit.app
    shown = show_unknown_mail(
        visit.path("mail"), excerpt=app.children.mail_excerpt, ledger=app.ledger
    )
    address = shown.unknown.address
    return visit.page(
        "people/unknown_mail.html.j2",
        shown=shown,
        campaigns=invited_to(address, terms_for=app.drafts.terms, ledger=app.ledger, now=visit.now)
        if address is not None and shown.mail is not None
        else (),
        title_of=cache(app.drafts.title),
    )


def frame(visit: Visit) -> Response:
    """Return the mail as a page that can do nothing, for the frame and wherever else it is opened."""
    found, raw = mail_octets(visit.path("mail"), ledger=visit.app.ledger)
    return Response(
        _sealed(visit, raw, is_readable=found.sort is not UnknownSort.UNREADABLE),
        media_type="text/html",
        headers={"Content-Security-Policy": FRAME_POLICY},
    )


def decide(visit: Visit, form: Form) -> Response:
    """Note what follows from a mail that somebody has read."""
    act = form.text("act")
    if act in _COMES:
        _enter(visit, form, comes=_COMES[act])
    elif act == "bar":
        obey_request_for_silence(
            visit.path("mail"),
            require_address(form.text("address")),
            actor=visit.actor,
            why=form.text("why").strip(),
            ledger=visit.app.ledger,
            now=visit.now,
        )
    else:
        note_nothing_follows(
            visit.path("mail"), actor=visit.actor, ledger=visit.app.ledger, now=visit.now
        )
    return visit.done("/courrier", "resolved")


def _enter(visit: Visit, form: Form, *, comes: bool) -> None:
    enter_unknown_answer(
        visit.path("mail"),
        campaign=form.text("campaign"),
        comes=comes,
        excerpt=visit.app.children.mail_excerpt,
        terms_for=visit.app.drafts.terms,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )


def save(visit: Visit, form: Form) -> Response:
    """Return the mail as it came, for a mail program. Journalled."""
    del form
    raw = save_unknown_mail(
        visit.path("mail"), actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    return Response(
        raw,
        media_type="message/rfc822",
        headers={"Content-Disposition": 'attachment; filename="courrier.eml"'},
    )


def _sealed(visit: Visit, raw: bytes, *, is_readable: bool) -> str:
    if is_readable:
        try:
            return visit.app.children.sealed_mail(raw, policy=IN_THE_PAGE)
        except ContentError:
            pass  # what stops the reader is shown as it came
    return sealed_octets(raw, policy=IN_THE_PAGE)
