"""Tell what was played in a rehearsal, from its own ledger: answers, substitutes, the bad day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.reports.rehearsed import Rehearsed
from mailer.model.team.actor import Via
from mailer.wording import _n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.accreditations.accreditation import Accreditation, RegisterChange
    from mailer.model.mailings.mailing import MailingId
    from mailer.ports import Ledger
    from mailer.wording import Text


def rehearsed(campaign: str, *, ledger: Ledger) -> Rehearsed:
    """Return what happened to a campaign in the ledger of its rehearsal."""
    register = ledger.accreditations.of_campaign(campaign)
    histories = [ledger.accreditations.history(campaign, each.address) for each in register]
    mailings = ledger.mailings.all(campaign)
    kinds = {each.version: each.kind for each in ledger.amendments.of_campaign(campaign)}
    left = {each.id: _left(each.id, ledger) for each in mailings}
    return Rehearsed(
        written=sum(left.values()),
        answers=sum(_is_pressed_button(each) for changes in histories for each in changes),
        substitutes=sum(bool(each.in_place_of) for each in register),
        waited=sum(any(map(_waits, changes)) for changes in histories),
        promoted=sum(map(_was_promoted, histories, register)),
        told=tuple((kinds[each.version], left[each.id]) for each in mailings if each.rule.informed),
    )


def rehearsed_in_words(found: Rehearsed) -> Iterator[Text]:
    """Yield a sentence about each thing that was played."""
    if found.answers:
        yield _n(
            "Played: {count} answer by the link of a message.",
            "Played: {count} answers by the links of messages.",
            count=found.answers,
        )
    if found.substitutes:
        yield _n(
            "{count} person comes in the place of another.",
            "{count} people come in the place of others.",
            count=found.substitutes,
        )
    if found.waited:
        yield _n(
            "{count} person was put on the waiting list; from it, {promoted} got a place.",
            "{count} people were put on the waiting list; from it, {promoted} got a place.",
            count=found.waited,
            promoted=found.promoted,
        )
    for kind, count in found.told:
        yield _TOLD[kind](count)


def _left(mailing_id: MailingId, ledger: Ledger) -> int:
    """Return how many messages of a mailing were written."""
    return ledger.deliveries.tally(mailing_id).left


def _is_pressed_button(change: RegisterChange) -> bool:
    """Return whether the person did this; one who comes in the place of another did nothing yet."""
    has_come = change.before is None and change.after.in_place_of
    return change.by.via is Via.LINK and not has_come


def _waits(change: RegisterChange) -> bool:
    return change.after.state is AccreditationState.WAITING


def _was_promoted(changes: Sequence[RegisterChange], entry: Accreditation) -> bool:
    return any(map(_waits, changes)) and entry.holds_place


def _correction_told(count: int) -> Text:
    return _n(
        "An invented correction was told to {count} person.",
        "An invented correction was told to {count} people.",
        count=count,
    )


def _move_told(count: int) -> Text:
    return _n(
        "The event was moved by a week, and {count} person was told.",
        "The event was moved by a week, and {count} people were told.",
        count=count,
    )


def _cancellation_told(count: int) -> Text:
    return _n(
        "The event was cancelled, and {count} person was told.",
        "The event was cancelled, and {count} people were told.",
        count=count,
    )


_TOLD = {
    AmendmentKind.CORRECTION: _correction_told,
    AmendmentKind.MOVE: _move_told,
    AmendmentKind.CANCELLATION: _cancellation_told,
}
