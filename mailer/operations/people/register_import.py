"""Take requests into a register that come together: a partner's list, pasted addresses, mails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.accreditations import IncomingRequest, RequestChoice, RequestsDecided, take_in
from mailer.addresses import read_mailbox
from mailer.errors import Place, Problem, RuleError, Unreadable
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState, PressCard
from mailer.model.team.permission import Act, require
from mailer.reply_form import read_reply_form
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.feedback.excerpt import MailExcerpt
    from mailer.model.accreditations.accreditation import RegisterUpdate
    from mailer.model.address import Address
    from mailer.model.contacts.contact_import import Import, Quarantined
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text

MOST_REQUESTS = 1_000
"""More people than this ask to come to no event by one list; such a file is another one."""
_MOST_SAID = 400
_STANDS = frozenset({RequestChoice.DECLINED})
_MEANT = {
    "comes": RequestChoice.RULES,
    "declines": RequestChoice.DECLINED,
    # Whoever undoes an answer by mail is answered by a person, who sees what came before.
    "undo": RequestChoice.LEAVE_OUT,
}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request as it came in. Without an `address` a person must say which is meant.

    `where` is the row or the mail, `said` what stands there, and `why` what is wrong with it.
    """

    where: str
    address: Address | None
    name: str = ""
    organisation: str = ""
    card: str = ""
    said: str = ""
    why: Text | None = None
    meant: RequestChoice = RequestChoice.RULES
    """What the office is proposed to make of it."""


@dataclass(frozen=True, slots=True)
class SurveyedRequest:
    """A request, the state of the person in the register, and what the rules would make of it."""

    row: RequestRow
    present: AccreditationState | None = None
    by_rules: AccreditationState | None = None

    @property
    def proposed(self) -> RequestChoice:
        """Who is in the register already stays as they are, unless they decline by an intact form or
        somebody decides otherwise.
        """
        if self.row.address is None or self.present is AccreditationState.DECLINED:
            return RequestChoice.LEAVE_OUT
        is_new = self.present is None
        return self.row.meant if is_new or self.row.meant in _STANDS else RequestChoice.LEAVE_OUT


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A request, and what the office makes of it."""

    row: RequestRow
    choice: RequestChoice


def rows_of_list(read: Import) -> tuple[RequestRow, ...]:
    """Return the requests of a list: its people, once each, then the rows that are in doubt."""
    people = (
        RequestRow(read.file, each.address, each.name, each.organisation) for each in read.contacts
    )
    return (*people, *(_doubtful(each) for each in read.quarantined))


def _doubtful(quarantined: Quarantined) -> RequestRow:
    cells = " · ".join(text for text in quarantined.row.texts if text)
    where = quarantined.row.where
    return RequestRow(
        f"{where.file}:{where.line}", None, said=cells[:_MOST_SAID], why=quarantined.reason
    )


def row_of_mail(file: str, mail: MailExcerpt) -> RequestRow:
    """Return the request of a saved mail: who wrote it, and what they filled in.

    Without an intact form it is only noted as a request: a machine does not read what people write.
    """
    form = read_reply_form(mail.text)
    said = f"{mail.subject} — {mail.text}"[:_MOST_SAID]
    try:
        sender = read_mailbox(mail.sender)
    except Unreadable as error:
        return RequestRow(file, None, said=f"{mail.sender} — {said}", why=error.reason)
    return RequestRow(
        file,
        sender.address,
        (form.name if form else "") or sender.name,
        form.outlet if form else "",
        card=form.card if form else "",
        said=said,
        meant=_MEANT[form.answer] if form else RequestChoice.ASKED,
    )


def survey_requests(
    campaign: str,
    rows: Sequence[RequestRow],
    *,
    terms: Terms,
    ledger: Ledger,
    now: datetime,
) -> tuple[SurveyedRequest, ...]:
    """Return each request with what the rules would make of it now. Changes nothing.

    Raises RuleError when there are too many.
    """
    _require_few(rows)
    register = ledger.accreditations.of_campaign(campaign)
    before = {each.address.key: each.state for each in register}
    entries = list(_entries(campaign, rows, terms=terms, ledger=ledger, now=now))
    asked = [
        IncomingRequest(entry)
        for entry in entries
        if entry is not None and entry.address.key not in before
    ]
    tried = take_in(register, asked, terms=terms, now=now)
    by_key = {each.entry.address.key: each.entry.state for each in tried.results}
    return tuple(
        SurveyedRequest(row, before.get(entry.address.key), by_key.get(entry.address.key))
        if entry is not None
        else SurveyedRequest(row)
        for row, entry in zip(rows, entries, strict=True)
    )


def take_in_requests(
    campaign: str,
    decided: Sequence[DecidedRow],
    *,
    terms: Terms,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> RequestsDecided:
    """Take requests into the register as the office decided, in one transaction. Journalled.

    A request that a rule is against is left as it is and returned with the reason. The same list
    again changes nobody who is in the register, unless somebody decides about them. Raises
    RuleError when the actor may not, and when there are too many.
    """
    require(actor, Act.ACCREDIT)
    rows = [each.row for each in decided]
    _require_few(rows)
    entries = _entries(campaign, rows, terms=terms, ledger=ledger, now=now)
    requests = [
        IncomingRequest(entry, each.choice)
        for each, entry in zip(decided, entries, strict=True)
        if entry is not None
    ]
    found: list[RequestsDecided] = []

    def decide_all(register: Sequence[Accreditation]) -> RegisterUpdate:
        found.append(take_in(register, requests, terms=terms, now=now))
        return found[-1].update

    ledger.accreditations.revise(campaign, decide_all, actor=actor, at=now)
    return found[-1]


def _entries(
    campaign: str,
    rows: Sequence[RequestRow],
    *,
    terms: Terms,
    ledger: Ledger,
    now: datetime,
) -> Iterator[Accreditation | None]:
    """Yield an entry for each request, under the address that the register has for the person."""
    known = {each.address.key: each.address for each in ledger.accreditations.of_campaign(campaign)}
    for row in rows:
        if row.address is None:
            yield None
            continue
        contact = ledger.contacts.find(row.address)
        addresses = ledger.contacts.addresses_of_person(row.address) if contact else ()
        listed = next((known[each.key] for each in addresses if each.key in known), None)
        card = row.card.strip()
        yield Accreditation(
            campaign,
            listed or (contact.address if contact else row.address),
            AccreditationState.ASKED,
            now,
            name=row.name or (contact.name if contact else ""),
            organisation=row.organisation or (contact.organisation if contact else ""),
            card=PressCard(number=card, purge_at=terms.purge_cards_at(now) if card else None),
        )


def _require_few(rows: Sequence[RequestRow]) -> None:
    if len(rows) > MOST_REQUESTS:
        raise RuleError(
            Problem(
                Place("", key="file"),
                _("{count} people are too many for one list of requests", count=len(rows)),
                _("Split it into lists of at most {most}.", most=MOST_REQUESTS),
            )
        )
