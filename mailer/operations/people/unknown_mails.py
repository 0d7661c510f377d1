"""Read and decide the mails that the program does not understand, and those it could not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.model.feedback.inbox import MAILBOX, UNREADABLE_RULE
from mailer.model.feedback.reply import Reply, ReplySort
from mailer.model.feedback.unknown_mail import MailOutcome, UnknownSort
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.people.replies import ShownReply, enter_answer
from mailer.operations.people.suppressions import bar_of
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.feedback.excerpt import MailExcerpt
    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.feedback.unknown_mail import UnknownMail, UnknownTally
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text

PER_PAGE = 20
_WORDS = 200
_NOTHING_KNOWN = "nothing-known"
_WHY = {
    _NOTHING_KNOWN: _(
        "As far as the program can tell, it is no reply to one of our mails, no report of a mail"
        " server and no request to be taken off the list."
    ),
    "feedback-report-without-complaint": _(
        "It is a report about our mail, and names no complaint."
    ),
    "kept-out": _("A filter or a list keeps one of our mails back, and does not say whose."),
    UNREADABLE_RULE: _("Reading it has failed three times. It is shown as it came."),
}
_MOST_CAMPAIGNS = 5
"""Of how many campaigns, the newest first, it is looked at whether they invite to something."""


@dataclass(frozen=True, slots=True)
class ShownUnknown:
    """A mail, the contact whose address it bears if we know one, and its words.

    `mail` is None for what could not be read: nothing takes it apart again.
    """

    unknown: UnknownMail
    contact: Contact | None
    mail: MailExcerpt | None

    @property
    def why(self) -> Text:
        """Why it waits for a person."""
        return _WHY.get(self.unknown.rule, _WHY[_NOTHING_KNOWN])

    @property
    def words(self) -> str:
        """The beginning of its text in one line, as the evidence of what follows from it."""
        text = " ".join(self.mail.text.split()) if self.mail else ""
        return text[:_WORDS] or self.unknown.subject


@dataclass(frozen=True, slots=True)
class WaitingUnknown:
    """One page of the mails that nobody has decided; `next_after` is empty on the last page."""

    shown: tuple[ShownUnknown, ...]
    tally: UnknownTally
    next_after: str = ""


def mails_that_wait(*, ledger: Ledger) -> UnknownTally:
    """Count the mails that nobody has decided, kept here or in the mailbox only."""
    return ledger.unknown_mails.tally()


def waiting_mails(
    *, after: str = "", excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger
) -> WaitingUnknown:
    """Return the mails that nobody has decided, the newest last, after the one with the id `after`."""
    last = _named(after, ledger=ledger) if after else ()
    found = ledger.unknown_mails.page(after=last[0].key if last else "", limit=PER_PAGE + 1)
    page = found[:PER_PAGE]
    next_after = page[-1].id if len(found) > PER_PAGE else ""
    shown = tuple(_shown(page, excerpt=excerpt, ledger=ledger))
    return WaitingUnknown(shown, ledger.unknown_mails.tally(), next_after)


def show_unknown_mail(
    name: str, *, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger
) -> ShownUnknown:
    """Return the mail with this id that nobody has decided. Raises RuleError as the next does."""
    return next(_shown([find_unknown_mail(name, ledger=ledger)], excerpt=excerpt, ledger=ledger))


def find_unknown_mail(name: str, *, ledger: Ledger) -> UnknownMail:
    """Return the mail with this id. Raises RuleError when there is none that waits, or several."""
    found = _named(name, ledger=ledger)
    if len(found) == 1:
        return found[0]
    raise _no_longer(name)


def mail_octets(name: str, *, ledger: Ledger) -> tuple[UnknownMail, bytes]:
    """Return a mail that waits, and the mail as it came. Raises RuleError when it does not wait."""
    found = find_unknown_mail(name, ledger=ledger)
    return found, ledger.unknown_mails.mail(found)


def save_unknown_mail(name: str, *, actor: Actor, ledger: Ledger, now: datetime) -> bytes:
    """Return a mail as it came, for a mail program. Journalled like every export.

    Raises RuleError when the actor may not export people, or the mail does not wait.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require(actor, Act.SEE_EVERYBODY)
    require_recent(actor, now=now)
    found, raw = mail_octets(name, ledger=ledger)
    subject = str(found.address or found.id)
    ledger.journal.add(at=now, actor=actor, action="export", subject=subject, detail="1 mails")
    return raw


def invited_to(
    address: Address, *, terms_for: Callable[[str], Terms], ledger: Ledger, now: datetime
) -> tuple[str, ...]:
    """Return the launched campaigns that invited this person to an event that is not over, the
    newest first.
    """
    keys = {each.key for each in ledger.contacts.addresses_of_person(address)} | {address.key}
    campaigns = {each.id: each.campaign for each in ledger.mailings.summaries()}
    deliveries = ledger.deliveries.to_addresses(keys)
    slugs = list(dict.fromkeys(campaigns[each.mailing_id] for each in deliveries))
    return tuple(
        slug for slug in slugs[:_MOST_CAMPAIGNS] if _invites(slug, terms_for=terms_for, now=now)
    )


def note_nothing_follows(name: str, *, actor: Actor, ledger: Ledger, now: datetime) -> UnknownMail:
    """Note that a person has read a mail and that nothing follows from it. Journalled.

    Raises RuleError when the actor may not do this, or somebody else was faster.
    """
    require(actor, Act.SUPPRESS)
    require(actor, Act.SEE_EVERYBODY)
    found = find_unknown_mail(name, ledger=ledger)
    return _settle(found, MailOutcome.NOTHING, actor=actor, ledger=ledger, now=now)


def obey_request_for_silence(
    name: str, address: Address, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> UnknownMail:
    """Write to an address no more, because a mail asks for it. Journalled.

    The bar has what `why` says as its evidence, or else the subject. Raises RuleError when the
    actor may not do this, or somebody else was faster.
    """
    require(actor, Act.SUPPRESS)
    require(actor, Act.SEE_EVERYBODY)
    found = find_unknown_mail(name, ledger=ledger)
    bar = bar_of(address, actor=actor, why=why or found.subject or found.id, now=now)
    return _settle(found, MailOutcome.BAR, bar=bar, actor=actor, ledger=ledger, now=now)


def enter_unknown_answer(
    name: str,
    *,
    campaign: str,
    comes: bool,
    excerpt: Callable[[bytes], MailExcerpt],
    terms_for: Callable[[str], Terms],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Accreditation:
    """Enter what a mail answers to an invitation in the register of its campaign. Journalled.

    The register is changed first: after a crash in between the mail is still there, and entering it
    again changes nothing. Raises RuleError when the actor may not do this, when the campaign did not
    invite the sender, or somebody else was faster.
    """
    require(actor, Act.ACCREDIT)
    require(actor, Act.SEE_EVERYBODY)
    shown = show_unknown_mail(name, excerpt=excerpt, ledger=ledger)
    found, address = shown.unknown, shown.unknown.address
    if (
        address is None
        or shown.mail is None
        or campaign not in invited_to(address, terms_for=terms_for, ledger=ledger, now=now)
    ):
        what = _("this campaign has not invited the sender of the mail")
        remedy = _("Enter the answer in the register of the campaign.")
        raise RuleError(Problem(Place(found.id), what, remedy))
    reply = Reply(found.key, address, ReplySort.OTHER, found.read_at, campaign)
    entry = enter_answer(
        ShownReply(reply, shown.contact, shown.mail),
        comes=comes,
        terms=terms_for(campaign),
        actor=actor,
        ledger=ledger,
        now=now,
    )
    outcome = MailOutcome.COMES if comes else MailOutcome.DECLINES
    _settle(found, outcome, campaign=campaign, actor=actor, ledger=ledger, now=now)
    return entry


def leave_in_mailbox(*, actor: Actor, ledger: Ledger, now: datetime) -> int:
    """Note that the mails were seen whose text is in the mailbox only; returns how many. Journalled.

    Raises RuleError when the actor may not do this.
    """
    require(actor, Act.SUPPRESS)
    require(actor, Act.SEE_EVERYBODY)
    return ledger.unknown_mails.leave_in_mailbox(actor=actor, at=now)


def _settle(
    found: UnknownMail,
    outcome: MailOutcome,
    *,
    bar: Suppression | None = None,
    campaign: str = "",
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> UnknownMail:
    settled = ledger.unknown_mails.decide(
        found, outcome, bar=bar, campaign=campaign, actor=actor, at=now
    )
    if not settled:
        raise _no_longer(found.id)
    return found


def _invites(slug: str, *, terms_for: Callable[[str], Terms], now: datetime) -> bool:
    try:
        terms = terms_for(slug)
    except ContentError:
        return False  # nobody is answered by unknown rules
    return terms.begins_at is not None and not terms.is_over(now)


def _named(name: str, *, ledger: Ledger) -> Sequence[UnknownMail]:
    return ledger.unknown_mails.find(f"{MAILBOX}:{name}") if name else ()


def _no_longer(name: str) -> RuleError:
    what = _("no mail with this name waits for a decision")
    remedy = _("Somebody may have decided it. See the mails that wait.")
    return RuleError(Problem(Place(name), what, remedy, Remedy(RemedyAct.SEE_REPLIES)))


def _shown(
    page: Sequence[UnknownMail], *, excerpt: Callable[[bytes], MailExcerpt], ledger: Ledger
) -> Iterator[ShownUnknown]:
    keys = {each.address.key for each in page if each.address is not None}
    contacts = ledger.contacts.by_address(keys) if keys else {}
    begun = ledger.unknown_mails.beginnings(page)
    for each in page:
        is_readable = each.sort is UnknownSort.NOT_UNDERSTOOD
        contact = contacts.get(each.address.key) if each.address is not None else None
        yield ShownUnknown(each, contact, excerpt(begun[each.key]) if is_readable else None)
