"""Whom to call: people our messages do not reach, and what automatic replies propose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.feedback.reading import Reason
from mailer.model.address import Address
from mailer.model.event import Deadness, EventKind, Match
from mailer.model.suppression import SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from mailer.feedback.reading import Absence, Reading
    from mailer.model.contact import Contact
    from mailer.model.event import DeliveryEvent
    from mailer.model.suppression import Suppression
    from mailer.ports import Ledger

RECENT = timedelta(days=60)
"""Absences and delays older than this interest nobody any more; dead addresses stay."""


class Need(StrEnum):
    """Why somebody is on the list."""

    DEAD = "dead"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    """The message did not arrive; the address may well live."""
    DELAYED = "delayed"
    ABSENT = "absent"
    REPLACED = "replaced"
    STOP_ASKED = "stop-asked"
    CHALLENGED = "challenged"
    """A filter wants a person to prove that we are none."""


@dataclass(frozen=True, slots=True)
class CallBack:
    """One person to call or to write to, with what is known."""

    need: Need
    address: str
    at: datetime
    name: str = ""
    organisation: str = ""
    phone: str = ""
    reason: str = ""
    """One of the reader's reason names."""
    quote: str = ""
    campaign: str = ""
    step: str = ""
    is_suspected: bool = False
    """The mail named the address and nothing else: perhaps forged, hence not acted upon."""
    absence: Absence | None = None


def call_backs(
    ledger: Ledger, *, read: Callable[[bytes], Reading], now: datetime, campaign: str = ""
) -> list[CallBack]:
    """Return one line for each person and need, dead addresses first; of a campaign, or of all.

    People who asked us to stop, or complained, are not on the list: nobody is to call them.
    `read` reads the automatic replies again, which the ledger keeps as they came.
    """
    bars = _by_address(ledger.suppressions.all(), now)
    found: dict[tuple[str, Need], CallBack] = {}
    for each in ledger.events.needing_attention(since=now - RECENT, campaign=campaign):
        line = _line(each.event, bars, read=read, now=now)
        if line is not None:
            placed = replace(line, campaign=each.campaign, step=each.step)
            found[placed.address.casefold(), placed.need] = placed
    if not campaign:
        for bar in bars.values():
            line = _barred(bar)
            if line is not None:
                found.setdefault((line.address.casefold(), line.need), line)
    contacts = ledger.contacts.by_address({_key(line) for line in found.values()})
    order = list(Need)
    return sorted(
        (_with_person(line, contacts.get(_key(line))) for line in found.values()),
        key=lambda line: (order.index(line.need), line.address),
    )


_FOR_GOOD = {
    SuppressionReason.OPT_OUT,
    SuppressionReason.COMPLAINT,
    SuppressionReason.DO_NOT_CONTACT,
}
_FAILURES = {EventKind.BOUNCED, EventKind.REJECTED, EventKind.DEFERRED}


def _by_address(bars: Iterable[Suppression], now: datetime) -> dict[str, Suppression]:
    """The bars in force, the person's own before any other."""
    by_address: dict[str, Suppression] = {}
    for bar in bars:
        if not bar.is_in_force(now):
            continue
        standing = by_address.get(bar.address.key)
        if standing is None or bar.reason in _FOR_GOOD:
            by_address[bar.address.key] = bar
    return by_address


def _barred(bar: Suppression) -> CallBack | None:
    needs = {SuppressionReason.DEAD: Need.DEAD, SuppressionReason.UNREACHABLE: Need.UNREACHABLE}
    need = needs.get(bar.reason)
    if need is None:
        return None
    return CallBack(need, str(bar.address), bar.since, quote=bar.evidence)


def _line(
    event: DeliveryEvent,
    bars: Mapping[str, Suppression],
    *,
    read: Callable[[bytes], Reading],
    now: datetime,
) -> CallBack | None:
    if event.address is None:
        return None
    bar = bars.get(event.address.key)
    if bar is not None and bar.reason in _FOR_GOOD:
        return None
    is_dead = bar is not None and bar.reason is SuppressionReason.DEAD
    need = _need(event, is_dead=is_dead)
    if need is None or (need is not Need.DEAD and now - event.at > RECENT):
        return None
    line = CallBack(
        need=need,
        address=str(event.address),
        at=event.at,
        reason=event.reason,
        quote=event.quote,
        is_suspected=event.match is Match.ADDRESS and not is_dead,
    )
    if need is not Need.ABSENT:
        return line
    absence = read(event.raw).absence if event.raw else None
    if absence is None:
        return line
    has_successor = absence.has_left or bool(absence.replacements)
    return replace(line, need=Need.REPLACED if has_successor else Need.ABSENT, absence=absence)


def _need(event: DeliveryEvent, *, is_dead: bool) -> Need | None:
    if event.kind in _FAILURES:
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


def _key(line: CallBack) -> str:
    return Address.parse(line.address).key


def _with_person(line: CallBack, contact: Contact | None) -> CallBack:
    if contact is None:
        return line
    return replace(line, name=contact.name, organisation=contact.organisation, phone=contact.phone)
