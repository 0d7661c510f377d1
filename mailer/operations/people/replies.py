"""Replies to an invitation: what a person decides about each, and the forms that need nobody.

Nothing is entered by itself but a form that came back as it was filled in, from the person it was
written to. Everything else waits for somebody of the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import Decision
from mailer.model.feedback.reply import ReplySort
from mailer.model.team.actor import PROGRAM
from mailer.model.team.permission import Act, require
from mailer.operations.people.accreditations import (
    Respondent,
    Ruling,
    register_accreditation,
    request_accreditation,
)
from mailer.operations.people.answers import AnswerAct, Wish, answer, invitation_of
from mailer.reply_form import FormAnswer
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.feedback.excerpt import MailExcerpt
    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.contacts.contact import Contact
    from mailer.model.feedback.reply import Reply, ReplyTally
    from mailer.model.team.actor import Actor
    from mailer.operations.people.answers import Invited
    from mailer.ports import Ledger
    from mailer.reply_form import ReplyForm

SHOWN = 200
"""How many replies are shown at once, the oldest first."""
_WISHES = {
    FormAnswer.COMES: AnswerAct.COMES,
    FormAnswer.DECLINES: AnswerAct.DECLINES,
    FormAnswer.UNDO: AnswerAct.UNDO,
}


@dataclass(frozen=True, slots=True)
class ShownReply:
    """A reply, the contact who wrote it if we know one, and the mail."""

    reply: Reply
    contact: Contact | None
    mail: MailExcerpt


@dataclass(frozen=True, slots=True)
class WaitingReplies:
    """The oldest replies that nobody has decided, and how many wait of each sort."""

    shown: tuple[ShownReply, ...]
    tally: ReplyTally


def waiting_replies(*, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger) -> WaitingReplies:
    """Return the replies that nobody has decided, at most `SHOWN` of them."""
    shown = _with_mails(ledger.replies.waiting(limit=SHOWN), excerpt=excerpt, ledger=ledger)
    return WaitingReplies(shown, ledger.replies.tally())


def show_reply(name: str, *, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger) -> ShownReply:
    """Return the waiting reply whose id begins with `name`, with its mail.

    Raises RuleError when there is none, or more than one.
    """
    return _with_mails([find_reply(name, ledger=ledger)], excerpt=excerpt, ledger=ledger)[0]


def find_reply(name: str, *, ledger: Ledger) -> Reply:
    """Return the waiting reply whose id begins with `name`.

    Raises RuleError when there is none, or more than one.
    """
    found = ledger.replies.find(f"{MAILBOX}:{name}") if name else []
    if len(found) == 1:
        return found[0]
    what = _("several replies begin like this") if found else _("no reply that waits has this name")
    raise RuleError(Problem(Place(name), what, _("See the names of those that wait.")))


def take_replies(
    names: Sequence[str],
    *,
    comes: bool | None = None,
    campaign: str = "",
    excerpt: Callable[[bytes], MailExcerpt],
    terms_for: Callable[[str], Terms],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> list[Accreditation]:
    """Enter replies in the registers of their campaigns, and note that they are decided. Journalled.

    Who comes gets a place by the campaign's rules, or waits. `comes` and `campaign` say what a
    reply does not, or says otherwise. The register is changed first: after a crash in between the
    reply is still there, and taking it again changes nothing. Raises RuleError when the actor may
    not do this, when nobody says whether the person comes, and to which event.
    """
    require(actor, Act.ACCREDIT)
    shown = [show_reply(name, excerpt=excerpt, ledger=ledger) for name in names]
    wishes = [_wanted(each, comes=comes, campaign=campaign) for each in shown]
    entries = []
    for wish in wishes:
        terms = terms_for(wish.campaign)
        entry = _entered(wish, terms, actor=actor, ledger=ledger, now=now)
        why = entry.state.value
        ledger.replies.decide(wish.shown.reply, Decision.ACCEPTED, actor=actor, why=why, at=now)
        entries.append(entry)
    return entries


def enter_answer(
    shown: ShownReply,
    *,
    comes: bool,
    terms: Terms,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Accreditation:
    """Enter in the register of its campaign what a person has read in a mail. Journalled.

    Raises RuleError when the actor may not do this.
    """
    require(actor, Act.ACCREDIT)
    wish = _Wanted(shown, shown.reply.campaign, comes)
    return _entered(wish, terms, actor=actor, ledger=ledger, now=now)


def dismiss_replies(
    names: Sequence[str], *, actor: Actor, ledger: Ledger, now: datetime
) -> list[Reply]:
    """Note that a person has read replies and that nothing follows from them. Journalled.

    Returns those that were decided. Raises RuleError when the actor may not do this.
    """
    require(actor, Act.ACCREDIT)
    replies = [find_reply(name, ledger=ledger) for name in names]
    return [
        each
        for each in replies
        if ledger.replies.decide(each, Decision.DISMISSED, actor=actor, why="", at=now)
    ]


def take_forms(
    *,
    excerpt: Callable[[bytes], MailExcerpt],
    campaign_of: Callable[[str], Campaign],
    ledger: Ledger,
    now: datetime,
) -> int:
    """Enter the filled-in replies that are whole; returns how many. The others stay for a person.

    A form acts only for the person whose message it answers, and only if the mail says no less
    recently than the register what they want.
    """
    count = 0
    for reply in ledger.replies.waiting_forms():
        mail = excerpt(ledger.proposals.mail(reply.key))
        if mail.form is None or not mail.form.is_intact or reply.delivery_id is None:
            continue
        try:
            invitation = invitation_of(
                reply.delivery_id, campaign_of=campaign_of, ledger=ledger, now=now
            )
        except ContentError:
            continue  # nobody is answered by unknown rules; it is tried again
        if invitation is None or not _is_theirs(reply, mail, invitation, ledger):
            continue
        if answer(invitation, _wish(mail.form), ledger=ledger, now=now) is None:
            count += ledger.replies.decide(
                reply, Decision.ACCEPTED, actor=PROGRAM, why=mail.form.answer, at=now
            )
    return count


def _is_theirs(reply: Reply, mail: MailExcerpt, invitation: Invited, ledger: Ledger) -> bool:
    """Return whether the person themself wrote a form, after what the register has of them."""
    own = {each.key for each in ledger.contacts.addresses_of_person(invitation.delivery.address)}
    if reply.address.key not in own | {invitation.delivery.address.key}:
        return False
    if invitation.entry is None:
        return True
    written_at = _written_at(mail)
    return written_at is not None and written_at >= invitation.entry.at.replace(microsecond=0)


def _written_at(mail: MailExcerpt) -> datetime | None:
    """Return when a mail says that it was written; None without an hour and a zone."""
    try:
        found = parsedate_to_datetime(mail.date)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _wish(form: ReplyForm) -> Wish:
    return Wish(
        _WISHES[form.answer], name=form.name, organisation=form.outlet, card_number=form.card
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the writer of a reply wants, as far as the reply or a person says it."""

    shown: ShownReply
    campaign: str
    comes: bool


def _wanted(shown: ShownReply, *, comes: bool | None, campaign: str) -> _Wanted:
    reply, slug = shown.reply, campaign or shown.reply.campaign
    if comes is None and reply.sort in {ReplySort.REQUEST, ReplySort.REFUSAL}:
        comes = reply.sort is ReplySort.REQUEST
    if comes is None:
        what = _("this reply does not say whether the person comes")
        raise RuleError(Problem(Place(reply.id), what, _("Read it, and say it yourself.")))
    if not slug:
        what = _("we do not know which campaign this reply is about")
        raise RuleError(Problem(Place(reply.id), what, _("Name the campaign.")))
    return _Wanted(shown, slug, comes)


def _entered(
    wish: _Wanted, terms: Terms, *, actor: Actor, ledger: Ledger, now: datetime
) -> Accreditation:
    if wish.comes:
        return request_accreditation(
            wish.campaign,
            wish.shown.reply.address,
            identity=_identity(wish.shown),
            terms=terms,
            actor=actor,
            ledger=ledger,
            now=now,
        )
    return register_accreditation(
        wish.campaign,
        wish.shown.reply.address,
        ruling=Ruling(AccreditationState.DECLINED),
        identity=_identity(wish.shown),
        terms=terms,
        actor=actor,
        ledger=ledger,
        now=now,
    ).accreditation


def _identity(shown: ShownReply) -> Respondent:
    form = shown.mail.form
    return Respondent(
        name=form.name if form else "",
        organisation=form.outlet if form else "",
        card_number=form.card if form else "",
    )


def _with_mails(
    replies: Sequence[Reply], *, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger
) -> tuple[ShownReply, ...]:
    contacts = ledger.contacts.by_address({each.address.key for each in replies})
    return tuple(
        ShownReply(each, contacts.get(each.address.key), excerpt(ledger.proposals.mail(each.key)))
        for each in replies
    )
