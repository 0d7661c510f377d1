"""What became of each message of a test send: what the server said, and what came back later.

The line of the journal about a test keeps the answers, so that a test needs no table of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.feedback.explain import explain
from mailer.labels import label_of
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import (
    NOT_DELIVERED,
    Accepted,
    Deferred,
    DeliveryStatus,
    Rejected,
    Uncertain,
)
from mailer.model.mailings.message import DeliveryId
from mailer.own_diagnoses import why_uncertain
from mailer.wording import NOTE_BEGINS, Text, _, as_note, from_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import Message
    from mailer.ports import Ledger

_SHOWN = 10
"""How many tests are listed: nobody compares more, and each may have a hundred messages."""
_STATUS = {
    EventKind.DELIVERED: DeliveryStatus.DELIVERED,
    EventKind.BOUNCED: DeliveryStatus.BOUNCED,
    EventKind.COMPLAINED: DeliveryStatus.COMPLAINED,
    EventKind.REJECTED: DeliveryStatus.REJECTED,
    EventKind.SUPPRESSED: DeliveryStatus.SUPPRESSED,
}
"""The reports after which a test is no longer only handed over."""


@dataclass(frozen=True, slots=True)
class SentProof:
    """One message of a test: which version, to whom, and its outcome."""

    id: DeliveryId
    address: str
    variant: VariantKey
    is_taken: bool
    """Whether the server took it, and nothing says since that the address does not have it."""
    said: Text
    """The answer when it was sent."""
    later: Text | None = None
    """What came back since; None while nothing has."""
    later_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentTest:
    """A test with its messages; one that an older version sent names none of them."""

    line: JournalEntry
    messages: tuple[SentProof, ...]

    @property
    def step(self) -> str:
        return self.line.subject.partition("/")[2]

    @property
    def taken(self) -> int:
        """How many messages were taken, and have not come back."""
        return sum(each.is_taken for each in self.messages)


def detail_of_test(sent: Sequence[tuple[VariantKey, Message, Outcome]], *, version: str) -> str:
    """Return the detail of the line of the journal about a test."""
    results = tuple(
        _(
            "{address} ({version}): {result}",
            address=str(message.recipient.address),
            version=str(variant),
            result=outcome_in_words(outcome),
            id=message.delivery_id,
            list=variant.list,
            language=variant.language,
            taken=isinstance(outcome, Accepted),
        )
        for variant, message, outcome in sent
    )
    note = as_note(Text("{results}", {"results": results}))
    return f"{len(sent)} messages, version {version}: {note}"


def outcome_in_words(outcome: Outcome) -> Text:
    """Return what a server answered to a test, or why nobody knows."""
    match outcome:
        case Accepted(reply):
            status = label_of(DeliveryStatus.ACCEPTED)
        case Deferred(reply):
            status = _("not taken for now; a test is not tried again")
        case Rejected(reply):
            status = label_of(DeliveryStatus.REJECTED)
        case Uncertain(detail):
            uncertain = label_of(DeliveryStatus.UNCERTAIN)
            return _("{status}: {why}", status=uncertain, why=why_uncertain(detail))
    return _("{status}: {reply}", status=status, reply=reply) if reply else status


def sent_tests(campaign: str, *, ledger: Ledger) -> Sequence[SentTest]:
    """Return the newest tests of a campaign, the newest first, with what became of each message."""
    lines = ledger.journal.entries(campaign, action="proof")[::-1][:_SHOWN]
    tests = [SentTest(line, tuple(_kept(line))) for line in lines]
    ids = {message.id for test in tests for message in test.messages}
    later = {event.delivery_id: event for event in _telling(ledger.events.about(ids))}
    return [
        replace(test, messages=tuple(_since(each, later.get(each.id)) for each in test.messages))
        for test in tests
    ]


def _kept(line: JournalEntry) -> Iterator[SentProof]:
    """Yield the messages that the line of a test names."""
    begins = line.detail.find(NOTE_BEGINS)
    results = from_note(line.detail[begins:]).values.get("results") if begins >= 0 else None
    for each in results if isinstance(results, tuple) else ():
        kept: Mapping[str, Any] = each.values
        variant = VariantKey(kept["list"], kept["language"])
        yield SentProof(
            DeliveryId(kept["id"]), kept["address"], variant, kept["taken"], kept["result"]
        )


def _telling(events: Iterable[DeliveryEvent]) -> Sequence[DeliveryEvent]:
    """Return the events that say what became of a message, the most telling of each last."""
    telling = (each for each in events if each.kind in _STATUS)
    return sorted(telling, key=lambda event: _STATUS[event.kind].rank)


def _since(message: SentProof, event: DeliveryEvent | None) -> SentProof:
    """Return the message with what came back about it."""
    if event is None:
        return message
    status = _STATUS[event.kind]
    later, has_it = label_of(status), status not in NOT_DELIVERED
    if not has_it:
        later = _("{status}: {why}", status=later, why=explain(event.reason))
    return replace(message, is_taken=message.is_taken and has_it, later=later, later_at=event.at)
