"""Collect delivery events from the mailbox's new mails and the provider's webhook posts."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import ContentError, MailerError
from mailer.feedback.events import events_of
from mailer.feedback.reading import MailKind, Reason
from mailer.feedback.trust import NOBODY
from mailer.model.feedback.event import DeliveryEvent, EventKind
from mailer.model.feedback.inbox import (
    MAILBOX,
    MAX_READ_ATTEMPTS,
    UNREADABLE_RULE,
    Filing,
    WebhookRefusal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mailer.feedback.reading import Reading
    from mailer.feedback.trust import Trust
    from mailer.model.feedback.inbox import Cursor, InboundMail, WebhookPost
    from mailer.ports import Ledger, ReadPost

READ_AT_ONCE = 3


def read_new_mail(
    mails: Sequence[InboundMail],
    cursor: Cursor | None,
    *,
    read: Callable[[bytes], Reading],
    ledger: Ledger,
    now: datetime,
    trust: Trust = NOBODY,
) -> tuple[Filing, ...]:
    """Store the events of the mails together with the `cursor` up to which the mailbox is read.

    Returns where each mail is to be filed. Without a `cursor` the mails come from files. `trust`
    says whose reports count without a token of ours.

    `read` may run in a child process. A mail that it cannot read is tried three times and then
    kept as a dead letter, and reading goes on with the next. What is not understood is kept for a
    person to decide, as long as there is room for it.
    """

    def read_one(mail: InboundMail) -> _ReadMail:
        return _read_until_dead_letter(mail.raw, read=read, ledger=ledger, now=now, trust=trust)

    # The children that read are processes, and as many mails are read as there are children.
    with ThreadPoolExecutor(READ_AT_ONCE) as pool:
        results = list(pool.map(read_one, mails))
    events = _within_room([each for result in results for each in result.events], ledger=ledger)
    ledger.events.store(events, at=now, cursor=cursor)
    return tuple(result.filing for result in results)


def read_webhook_posts(readers: Mapping[str, ReadPost], *, ledger: Ledger, now: datetime) -> int:
    """Store the events of the waiting posts. Returns how many posts there were.

    Each post is read by its provider's reader and deleted in the transaction that stores its
    events. A post with a valid signature that cannot be read becomes a dead letter.
    """
    count = 0
    last = 0
    while posts := ledger.inbox.posts(after=last):
        for post in posts:
            events = _events_in(post, readers.get(post.provider), ledger=ledger, now=now)
            _store(post, events, ledger=ledger, now=now)
            count += 1
        last = posts[-1].id
    return count


def _events_in(
    post: WebhookPost, read: ReadPost | None, *, ledger: Ledger, now: datetime
) -> Sequence[DeliveryEvent]:
    """Return the events of a post, or none if it cannot be read and is kept as a dead letter."""
    try:
        found = read(post.body, received_at=post.received_at) if read else WebhookRefusal.NOT_EVENTS
    except Exception as error:  # noqa: BLE001 — a post that cannot be parsed must not stop the others
        why = type(error).__name__
    else:
        if not isinstance(found, WebhookRefusal):
            return found
        why = found.value
    _keep_dead_letter(post, f"{why}, {len(post.body)} octets", ledger=ledger, now=now)
    return ()


def _store(
    post: WebhookPost, events: Sequence[DeliveryEvent], *, ledger: Ledger, now: datetime
) -> None:
    """Store the events of a post and delete it. If a value in them cannot be stored, the post is
    kept as a dead letter.
    """
    try:
        ledger.events.store(events, at=now, post=post.id)
    except MailerError:
        raise
    except Exception as error:  # noqa: BLE001 — as above
        _keep_dead_letter(post, f"{type(error).__name__}", ledger=ledger, now=now)
        ledger.events.store((), at=now, post=post.id)


def _keep_dead_letter(post: WebhookPost, why: str, *, ledger: Ledger, now: datetime) -> None:
    while (
        ledger.inbox.record_failure(post.body, source=post.provider, why=why, at=now)
        < MAX_READ_ATTEMPTS
    ):
        pass  # the same bytes always fail the same way, so there is no point in reading again


def _within_room(events: Sequence[DeliveryEvent], *, ledger: Ledger) -> list[DeliveryEvent]:
    """Return the events without the text of the mails that nobody understands and for which there
    is no room. They stay in the mailbox.
    """
    if not any(each.kind is EventKind.UNKNOWN and each.raw for each in events):
        return list(events)
    room = ledger.unknown_mails.room()
    within = []
    for event in events:
        is_unknown = event.kind is EventKind.UNKNOWN and bool(event.raw)
        within.append(replace(event, raw=b"") if is_unknown and room <= 0 else event)
        room -= is_unknown
    return within


class _ReadMail(NamedTuple):
    """The events of a mail, and where it is to be filed."""

    events: tuple[DeliveryEvent, ...]
    filing: Filing


def _read_until_dead_letter(
    raw: bytes, *, read: Callable[[bytes], Reading], ledger: Ledger, now: datetime, trust: Trust
) -> _ReadMail:
    """Read a mail, again after each failure, until it becomes a dead letter."""
    while True:
        try:
            reading = read(raw)
            return _ReadMail(events_of(reading, raw=raw, at=now, trust=trust), _filing(reading))
        except ContentError as error:
            why = error.problems[0].in_short
        except MailerError:
            raise
        except Exception as error:  # noqa: BLE001 — a mail that cannot be parsed must not stop the others
            why = type(error).__name__
        if ledger.inbox.record_failure(raw, source=MAILBOX, why=why, at=now) >= MAX_READ_ATTEMPTS:
            return _ReadMail((_unreadable(raw, why, now),), Filing.UNKNOWN)


def _filing(reading: Reading) -> Filing:
    """Return where to file a mail: machine reports are done, a person's mail stays for a person."""
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
    """Return an event that shows an unreadable mail to a person. Its bytes are a dead letter."""
    return DeliveryEvent(
        kind=EventKind.UNKNOWN,
        at=now,
        source=MAILBOX,
        key=f"mailbox:{hashlib.sha256(raw).hexdigest()}",
        reason=Reason.UNKNOWN.value,
        quote=why,
        rule=UNREADABLE_RULE,
    )
