"""Decide what mails ask for without proof: see the proposals, accept or dismiss each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import Decision
from mailer.model.team.permission import Act, require
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.feedback.excerpt import MailExcerpt
    from mailer.model.contacts.contact import Contact
    from mailer.model.feedback.proposal import Proposal
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

SHOWN = 200
"""How many proposals are shown at once, the oldest first."""


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal, the contact it is about if we know one, and the newest mail that asks for it."""

    proposal: Proposal
    contact: Contact | None
    mail: MailExcerpt


@dataclass(frozen=True, slots=True)
class WaitingProposals:
    """The oldest proposals that nobody has decided, and how many wait in all."""

    shown: tuple[ShownProposal, ...]
    count: int


def waiting_proposals(
    *, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger
) -> WaitingProposals:
    """Return the proposals that nobody has decided, at most `SHOWN` of them."""
    waiting = ledger.proposals.waiting(limit=SHOWN)
    shown = _with_mails(waiting, excerpt=excerpt, ledger=ledger)
    return WaitingProposals(shown, ledger.proposals.tally().count)


def show_proposal(
    name: str, *, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger
) -> ShownProposal:
    """Return the waiting proposal whose id begins with `name`, with its mail.

    Raises RuleError when there is none, or more than one.
    """
    found = [find_proposal(name, ledger=ledger)]
    return _with_mails(found, excerpt=excerpt, ledger=ledger)[0]


def _with_mails(
    proposals: Sequence[Proposal], *, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger
) -> tuple[ShownProposal, ...]:
    contacts = ledger.contacts.by_address({each.address.key for each in proposals})
    return tuple(
        ShownProposal(
            each, contacts.get(each.address.key), excerpt(ledger.proposals.mail(each.key))
        )
        for each in proposals
    )


def find_proposal(name: str, *, ledger: Ledger) -> Proposal:
    """Return the waiting proposal whose id begins with `name`.

    Raises RuleError when there is none, or more than one.
    """
    found = ledger.proposals.find(f"{MAILBOX}:{name}") if name else []
    if len(found) == 1:
        return found[0]
    raise RuleError(
        Problem(
            Place(name),
            _("several proposals begin like this")
            if found
            else _("no proposal that waits has this name"),
            _("See the names of those that wait."),
            Remedy(RemedyAct.SEE_PROPOSALS),
        )
    )


def accept_proposals(
    names: Sequence[str], *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[Proposal]:
    """Suppress the addresses as the mails ask. Returns the proposals that were decided.

    Journalled. Raises RuleError, changing nothing, when a name is unknown or the actor may not
    do this.
    """
    return _decide(names, Decision.ACCEPTED, actor=actor, why=why, ledger=ledger, now=now)


def dismiss_proposals(
    names: Sequence[str], *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[Proposal]:
    """Go on writing to the addresses. Returns the proposals that were decided.

    Journalled. A later mail that asks the same is proposed again. Raises RuleError, changing
    nothing, when a name is unknown or the actor may not do this.
    """
    return _decide(names, Decision.DISMISSED, actor=actor, why=why, ledger=ledger, now=now)


def _decide(
    names: Sequence[str],
    decision: Decision,
    *,
    actor: Actor,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> list[Proposal]:
    require(actor, Act.SUPPRESS)
    require(actor, Act.SEE_EVERYBODY)
    proposals = {each.key: each for each in (find_proposal(name, ledger=ledger) for name in names)}
    return [
        each
        for each in proposals.values()
        if ledger.proposals.decide(each, decision, actor=actor, why=why, at=now)
    ]
