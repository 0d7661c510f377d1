"""Lists the people whom our messages do not reach, with hints from automatic replies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.feedback.policy import REFUSALS
from mailer.feedback.reading import Reason
from mailer.model.address import Address
from mailer.model.contacts.suppression import OF_THE_PERSON, SuppressionReason
from mailer.model.feedback.event import Deadness, EventKind, Match
from mailer.operations.people.repeated_bounces import came_back, to_verify
from mailer.operations.sending.unknown_answers import likely_contacts
from mailer.operations.sight import sight_of
from mailer.selection import Stranger, index_people
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mailer.feedback.reading import Absence, Reading
    from mailer.model.contacts.call import Call
    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.feedback.event import DeliveryEvent, MailingEvent
    from mailer.model.team.actor import Actor
    from mailer.operations.people.person_on_record import PersonOnRecord
    from mailer.ports import Ledger
    from mailer.wording import Text

RECENT = timedelta(days=60)
"""Absences and delays older than this are left out. Dead addresses stay on the list."""
MOST_COUNTED = 200
"""Of so many events a start page counts who is to be called."""


class Need(StrEnum):
    """Why a person is on the call-back list."""

    DEAD = "dead"
    UNREACHABLE = "unreachable"
    TO_VERIFY = "to-verify"
    """The messages of several campaigns in a row came back, each for a reason that may pass."""
    REFUSED = "refused"
    """The message was refused, but the address may be valid."""
    DELAYED = "delayed"
    ABSENT = "absent"
    REPLACED = "replaced"
    STOP_ASKED = "stop-asked"
    CHALLENGED = "challenged"
    """A spam filter asks us to prove that a person sent the message."""


NEEDS: Mapping[Need, Text] = {
    Need.DEAD: _("address dead"),
    Need.UNREACHABLE: _("cannot be reached"),
    Need.TO_VERIFY: _("to verify: three campaigns came back"),
    Need.REFUSED: _("did not arrive"),
    Need.DELAYED: _("delayed"),
    Need.ABSENT: _("away"),
    Need.REPLACED: _("has a successor"),
    Need.STOP_ASKED: _("asks us to stop?"),
    Need.CHALLENGED: _("filter wants an answer"),
}


@dataclass(frozen=True, slots=True)
class CallBack:
    """One person to call or to write to, and why."""

    need: Need
    address: str
    at: datetime
    contact_id: str = ""
    name: str = ""
    organisation: str = ""
    phone: str = ""
    reason: str = ""
    """The value of a `feedback.reading.Reason`."""
    quote: str = ""
    campaign: str = ""
    step: str = ""
    is_suspected: bool = False
    """True if the report named only the address. It may be forged, so nothing was suppressed."""
    absence: Absence | None = None
    likely: tuple[Contact, ...] = ()
    """Whose request to stop it may be, when nobody in the directory has the address."""
    last_call: Call | None = None
    mail: bytes = b""
    """The reply in which the person may ask us to stop; of other needs nobody has to read one."""

    @property
    def is_done(self) -> bool:
        """Return whether somebody has reached the person since."""
        call = self.last_call
        return call is not None and call.ends_calls and call.at >= self.at

    def waits_on(self, today: date) -> bool:
        """Return whether the next call was agreed for a later day."""
        again_on = self.last_call.again_on if self.last_call else None
        return again_on is not None and again_on > today


@dataclass(frozen=True, slots=True)
class CallTally:
    """How many people are to be called today, and how many of them may ask us to stop.

    There may be more of both, unless `is_whole`.
    """

    people: int
    asking_to_stop: int
    is_whole: bool


def tally_calls(
    bars: Sequence[Suppression], *, actor: Actor, ledger: Ledger, now: datetime, today: date
) -> CallTally:
    """Count whom the actor has to call, from the newest events alone: a start page has to be quick.

    `bars` are as in `nameless_call_backs`.
    """
    newest = list(ledger.events.needing_attention(since=now - RECENT, newest=MOST_COUNTED))
    found = _nameless(newest, ledger, bars, read=None, actor=actor, now=now)
    to_call = [each for each in found if not each.is_done and not each.waits_on(today)]
    return CallTally(
        people=len({each.address.casefold() for each in to_call}),
        asking_to_stop=sum(each.need is Need.STOP_ASKED for each in to_call),
        is_whole=len(newest) < MOST_COUNTED,
    )


def call_backs(
    ledger: Ledger,
    *,
    read: Callable[[bytes], Reading],
    actor: Actor,
    now: datetime,
    campaign: str = "",
) -> list[CallBack]:
    """Return one entry for each person and need whom the actor sees, dead addresses first.

    Without `campaign` it covers all campaigns. People who opted out or complained are left out,
    because nobody should call them, and so are addresses that were corrected since. `read` parses the stored automatic replies again.
    """
    found = nameless_call_backs(
        ledger,
        ledger.suppressions.all(),
        read=read,
        actor=actor,
        now=now,
        campaign=campaign,
    )
    return with_people(found, ledger=ledger)


def nameless_call_backs(
    ledger: Ledger,
    bars: Sequence[Suppression],
    *,
    read: Callable[[bytes], Reading],
    actor: Actor,
    now: datetime,
    campaign: str = "",
) -> list[CallBack]:
    """Return the same entries, without names and telephones: a page looks up those that it shows.

    `bars` are all suppressions of now, which a page may have kept.
    """
    events = ledger.events.needing_attention(since=now - RECENT, campaign=campaign)
    return _nameless(events, ledger, bars, read=read, actor=actor, now=now, campaign=campaign)


def _nameless(
    events: Iterable[MailingEvent],
    ledger: Ledger,
    bars: Iterable[Suppression],
    *,
    read: Callable[[bytes], Reading] | None,
    actor: Actor,
    now: datetime,
    campaign: str = "",
) -> list[CallBack]:
    suppressions = _by_address(bars, now)
    found: dict[tuple[str, Need], CallBack] = {}
    returned = []
    for each in events:
        if (message := came_back(each)) is not None:
            returned.append(message)
        call_back = _from_event(each, suppressions, read=read, now=now)
        if call_back is not None:
            key = (call_back.address.casefold(), call_back.need)
            # A report that proves nothing does not hide what a message of ours came back with.
            if key not in found or found[key].is_suspected or not call_back.is_suspected:
                found[key] = call_back
    found = _with_unsure(found, to_verify(returned, ledger=ledger))
    if not campaign:
        for suppression in suppressions.values():
            call_back = _from_suppression(suppression)
            if call_back is not None:
                found.setdefault((call_back.address.casefold(), call_back.need), call_back)
    sight = sight_of(actor, ledger=ledger)
    keyed = [(_key(each), each) for each in found.values()]
    failed = {key for key, each in keyed if each.need in _OF_ADDRESS}
    corrected = ledger.contacts.corrected(failed) if failed else frozenset()
    seen = [
        (key, each)
        for key, each in keyed
        if sight.shows_key(key) and not (each.need in _OF_ADDRESS and key in corrected)
    ]
    calls = ledger.calls.newest({key for key, _each in seen})
    called = (replace(each, last_call=calls[key]) if key in calls else each for key, each in seen)
    return sorted(called, key=lambda each: (_ORDER[each.need], each.address))


def stop_asked_by(person: PersonOnRecord, *, ledger: Ledger, now: datetime) -> CallBack | None:
    """Return the newest mail in which a person asks to be taken off the list, while nobody has
    decided about it: no bar of theirs was noted, and nobody has spoken with them since.
    """
    suppressions = _by_address(person.suppressions, now)
    if not person.keys or any(each.reason in OF_THE_PERSON for each in suppressions.values()):
        return None
    events = ledger.events.needing_attention(since=now - RECENT, of=person.keys)
    asking = [each for each in events if each.event.reason == Reason.STOP_ASKED]
    if not asking:
        return None
    newest, call = asking[-1].event, ledger.calls.newest(person.keys)
    found = CallBack(
        Need.STOP_ASKED, str(newest.address), newest.at, quote=newest.quote, mail=newest.raw
    )
    spoken = (replace(found, last_call=each) for each in call.values())
    return None if any(each.is_done for each in spoken) else found


def with_people(found: Sequence[CallBack], *, ledger: Ledger) -> list[CallBack]:
    """Return entries with whom the directory knows under their addresses."""
    contacts = ledger.contacts.by_address({_key(call_back) for call_back in found})
    likely = _likely_owners(found, ledger)
    return [
        replace(
            _with_person(call_back, contacts.get(_key(call_back))),
            likely=tuple(likely.get(_key(call_back), ())),
        )
        for call_back in found
    ]


_ORDER = {need: place for place, need in enumerate(Need)}
_PASSING = {Need.REFUSED, Need.DELAYED}
_OF_ADDRESS = {Need.DEAD, Need.UNREACHABLE, Need.TO_VERIFY, *_PASSING}
"""What is over once the address was corrected."""


def _with_unsure(
    found: Mapping[tuple[str, Need], CallBack], unsure: Collection[str]
) -> dict[tuple[str, Need], CallBack]:
    """Return the entries; those about one failure of an address to verify become one about all."""
    entries = (
        replace(each, need=Need.TO_VERIFY)
        if each.need in _PASSING and _key(each) in unsure
        else each
        for each in found.values()
    )
    return {(each.address.casefold(), each.need): each for each in entries}


def _by_address(suppressions: Iterable[Suppression], now: datetime) -> dict[str, Suppression]:
    """Return the suppressions in force by address key. A person's own wish comes first."""
    by_address: dict[str, Suppression] = {}
    for suppression in suppressions:
        if not suppression.is_in_force(now):
            continue
        known = by_address.get(suppression.address.key)
        if known is None or suppression.reason in OF_THE_PERSON:
            by_address[suppression.address.key] = suppression
    return by_address


def _from_suppression(suppression: Suppression) -> CallBack | None:
    needs = {SuppressionReason.DEAD: Need.DEAD, SuppressionReason.UNREACHABLE: Need.UNREACHABLE}
    need = needs.get(suppression.reason)
    if need is None:
        return None
    return CallBack(need, str(suppression.address), suppression.since, quote=suppression.evidence)


def _from_event(
    found: MailingEvent,
    suppressions: Mapping[str, Suppression],
    *,
    read: Callable[[bytes], Reading] | None,
    now: datetime,
) -> CallBack | None:
    event = found.event
    if event.address is None:
        return None
    suppression = suppressions.get(event.address.key)
    if suppression is not None and suppression.reason in OF_THE_PERSON:
        return None
    is_dead = suppression is not None and suppression.reason is SuppressionReason.DEAD
    need = _need(event, is_dead=is_dead)
    if need is None or (need is not Need.DEAD and now - event.at > RECENT):
        return None
    call_back = CallBack(
        need=need,
        address=str(event.address),
        at=event.at,
        reason=event.reason,
        quote=event.quote,
        campaign=found.campaign,
        step=found.step,
        is_suspected=not is_dead and not _names_message(found),
        mail=event.raw if need is Need.STOP_ASKED else b"",
    )
    if need is not Need.ABSENT:
        return call_back
    absence = read(event.raw).absence if event.raw and read else None
    if absence is None:
        return call_back
    has_successor = absence.has_left or bool(absence.replacements)
    return replace(call_back, need=Need.REPLACED if has_successor else Need.ABSENT, absence=absence)


def _names_message(found: MailingEvent) -> bool:
    """Return whether the event is about a known message of ours, and not only about an address.

    A delivery id that is nobody's proves nothing.
    """
    is_by_address = found.event.match in {Match.ADDRESS, Match.SENDER}
    return not is_by_address and bool(found.campaign)


def _need(event: DeliveryEvent, *, is_dead: bool) -> Need | None:
    if event.kind in REFUSALS:
        if is_dead:
            return Need.DEAD
        if event.kind is EventKind.DEFERRED:
            return Need.DELAYED
        return Need.DEAD if event.dead is Deadness.YES else Need.REFUSED
    if event.reason == Reason.STOP_ASKED:
        return Need.STOP_ASKED
    if event.kind is EventKind.AUTO_REPLIED:
        return Need.ABSENT
    return Need.CHALLENGED if event.kind is EventKind.CHALLENGED else None


def _likely_owners(
    call_backs: Iterable[CallBack], ledger: Ledger
) -> Mapping[str, Sequence[Contact]]:
    """Return the contacts who may have asked to stop from an address that nobody has, by its key."""
    asked = {_key(each): each for each in call_backs if each.need is Need.STOP_ASKED}
    if not asked:
        return {}
    people = index_people(ledger.contacts.summaries())
    wanted = [Stranger(Address.parse(each.address)) for each in asked.values()]
    return likely_contacts(
        [each for each in wanted if not people.by_key(each.address.key)],
        contacts=people.contacts,
        contacts_of=ledger.contacts.of_ids,
    )


def _key(call_back: CallBack) -> str:
    return Address.parse(call_back.address).key


def _with_person(call_back: CallBack, contact: Contact | None) -> CallBack:
    if contact is None:
        return call_back
    return replace(
        call_back,
        contact_id=contact.id,
        name=contact.name,
        organisation=contact.organisation,
        phone=contact.phone,
    )
