"""Collect what has come back: the mailbox's new mails and the provider's posts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mailer.errors import ContentError
from mailer.feedback.events import events_of
from mailer.feedback.reading import MailKind, Reason
from mailer.model.event import DeliveryEvent, EventKind
from mailer.model.inbox import MAX_READ_ATTEMPTS, Filing, WebhookRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mailer.feedback.reading import Reading
    from mailer.model.inbox import Cursor, InboundMail, WebhookPost
    from mailer.ports import Ledger, ReadPost

PARKED = "parked"
"""The rule name of a fact that says only that something could not be read."""


def read_new_mail(
    letters: Sequence[InboundMail],
    cursor: Cursor | None,
    *,
    read: Callable[[bytes], Reading],
    ledger: Ledger,
    now: datetime,
) -> tuple[Filing, ...]:
    """Stores what the mails say, and with it how far the mailbox is read; where each belongs.

    Without a `cursor` they come from files.

    `read` may run in a child: a mail it cannot survive is tried three times, then parked with
    its bytes, and reading goes on with the next.
    """
    events: list[DeliveryEvent] = []
    filings = []
    for letter in letters:
        found, filing = _understood(letter.raw, read=read, ledger=ledger, now=now)
        events += found
        filings.append(filing)
    ledger.events.store(events, at=now, read=cursor)
    return tuple(filings)


def read_webhook_posts(readers: Mapping[str, ReadPost], *, ledger: Ledger, now: datetime) -> int:
    """Store what the waiting posts say, each read by the reader of its provider; returns how many
    posts there were.

    A post is deleted in the transaction that stores its events. One that holds no events,
    although its signature was right, becomes a dead letter.
    """
    count = 0
    last = 0
    while posts := ledger.inbox.posts(after=last):
        for post in posts:
            events = _events_in(post, readers.get(post.provider), ledger=ledger, now=now)
            ledger.events.store(events, at=now, post=post.id)
            count += 1
        last = posts[-1].id
    return count


def _events_in(
    post: WebhookPost, read: ReadPost | None, *, ledger: Ledger, now: datetime
) -> Sequence[DeliveryEvent]:
    """None for a post that cannot be read, which is kept as a dead letter."""
    found = read(post.body, received_at=post.received_at) if read else WebhookRefusal.NOT_EVENTS
    if not isinstance(found, WebhookRefusal):
        return found
    why = f"{found.value}, {len(post.body)} octets"
    while (
        ledger.inbox.record_failure(post.body, source=post.provider, why=why, at=now)
        < MAX_READ_ATTEMPTS
    ):
        pass  # the same bytes read the same: trying again would tell nothing
    return ()


def _understood(
    raw: bytes, *, read: Callable[[bytes], Reading], ledger: Ledger, now: datetime
) -> tuple[tuple[DeliveryEvent, ...], Filing]:
    while True:
        try:
            reading = read(raw)
        except ContentError as error:
            why = error.problems[0].in_short
            if (
                ledger.inbox.record_failure(raw, source="mailbox", why=why, at=now)
                >= MAX_READ_ATTEMPTS
            ):
                return (_unreadable(raw, why, now),), Filing.UNKNOWN
        else:
            return events_of(reading, raw=raw, at=now), _filing(reading)


def _filing(reading: Reading) -> Filing:
    """Reports of machines are filed away; what a person wrote stays for a person."""
    match reading.kind:
        case MailKind.REPLY:
            return Filing.LEFT
        case MailKind.UNSUBSCRIBE if reading.token is None:
            return Filing.LEFT
        case MailKind.UNKNOWN:
            return Filing.UNKNOWN
        case _:
            return Filing.DONE


def _unreadable(raw: bytes, why: str, now: datetime) -> DeliveryEvent:
    """So that the list of what needs a person shows it; the bytes are with the parked ones."""
    return DeliveryEvent(
        kind=EventKind.UNKNOWN,
        at=now,
        source="mailbox",
        key=f"mailbox:{hashlib.sha256(raw).hexdigest()}",
        reason=Reason.UNKNOWN.value,
        quote=why,
        rule=PARKED,
    )
