"""Mail for a person: replies, what asks for something without proof, and what nobody could read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mailer.mailbox import ImapSettings
from mailer.operations.feedback.dead_letters import dead_letters_elsewhere
from mailer.operations.feedback.proposals import (
    accept_proposals,
    dismiss_proposals,
    waiting_proposals,
)
from mailer.operations.people.replies import dismiss_replies, take_replies, waiting_replies
from mailer.operations.people.unknown_mails import leave_in_mailbox, waiting_mails

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_COMES = {"comes": True, "declines": False}


def show(visit: Visit) -> Response:
    """Show each reply and proposal with its mail as text, and a page of the mails that nobody
    understands or that could not be read.
    """
    excerpt, after = visit.app.children.mail_excerpt, visit.query("apres")
    return visit.page(
        "people/inbox.html.j2",
        replies=waiting_replies(excerpt=excerpt, ledger=visit.app.ledger),
        waiting=waiting_proposals(excerpt=excerpt, ledger=visit.app.ledger),
        mails=waiting_mails(after=after, excerpt=excerpt, ledger=visit.app.ledger),
        after=after,
        folder=visit.app.settings.part(ImapSettings).unknown_folder,
        letters=dead_letters_elsewhere(ledger=visit.app.ledger),
        title_of=cache(visit.app.drafts.title),
    )


def decide(visit: Visit, form: Form) -> Response:
    """Decide one reply, one mail that asks for something without proof, or all that are in the
    mailbox only.
    """
    if form.text("act") == "seen-there":
        left = leave_in_mailbox(actor=visit.actor, ledger=visit.app.ledger, now=visit.now)
        return visit.done("/courrier", "resolved" if left else "unchanged")
    decided = _decide_reply(visit, form) if form.text("reply") else _decide_proposal(visit, form)
    return visit.done("/courrier", "resolved" if decided else "unchanged")


def _decide_reply(visit: Visit, form: Form) -> bool:
    """Enter a reply in the register, or put it aside."""
    names, act = [form.text("reply")], form.text("act")
    if act not in _COMES:
        return bool(
            dismiss_replies(names, actor=visit.actor, ledger=visit.app.ledger, now=visit.now)
        )
    take_replies(
        names,
        comes=_COMES[act],
        excerpt=visit.app.children.mail_excerpt,
        terms_for=visit.app.drafts.terms,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return True


def _decide_proposal(visit: Visit, form: Form) -> bool:
    """Obey one mail, or go on writing to its sender."""
    decide_proposals = accept_proposals if form.text("act") == "accept" else dismiss_proposals
    return bool(
        decide_proposals(
            [form.text("proposal")],
            actor=visit.actor,
            why=form.text("why").strip(),
            ledger=visit.app.ledger,
            now=visit.now,
        )
    )
