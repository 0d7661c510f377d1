"""Deliver: claim a chunk, mark, send, settle."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from mailer.errors import (
    BackendMisconfigured,
    BackendUnavailable,
    ContentError,
    LedgerError,
    MailerError,
    RuleError,
)
from mailer.model.actor import PROGRAM
from mailer.model.delivery import Deferred, Outcome, Rejected
from mailer.model.mailing import MailingState
from mailer.model.rate_limit import RatePolicy
from mailer.operations.sending.circuit_breaker import CircuitBreaker
from mailer.operations.sending.message_source import MessageSource
from mailer.pacing import gives_up_at, heartbeat_interval_s, retry_in_s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailer.model.delivery import Claim, Delivery
    from mailer.model.mailing import Mailing
    from mailer.model.message import Message
    from mailer.ports import Backend, Clock, Ledger

_UNREACHABLE_FOR_S = 60.0
"""How long a mailing waits when its peer cannot be reached and has not said until when."""


NO_LIMITS = RatePolicy()


def never() -> bool:
    """An engine that is not asked to stop."""
    return False


def run_chunk(
    *,
    ledger: Ledger,
    backend: Backend,
    message_for: Callable[[Mailing, Delivery], Message],
    clock: Clock,
    worker: str,
    pace: RatePolicy = NO_LIMITS,
    stopping: Callable[[], bool] = never,
) -> bool:
    """Delivers one chunk over one connection; False when there was none to deliver.

    An engine runs as many of these at once as the backend may have connections: each has a
    chunk of its own, and the ledger lets their marks and outcomes share commits. `stopping`
    is asked before each message, for an orderly end.

    Raises BackendUnavailable after holding the mailing back, for a minute or as long as the
    peer has asked; after pausing it,
    BackendMisconfigured, or what makes a message impossible to compose (ContentError,
    RuleError); LedgerError when the ledger cannot be written: nothing is sent from then on.
    A mailing of which too many are refused is paused as well.
    """
    claim = ledger.sending.claim(worker=worker, now=clock.now(), provider=backend.name)
    if claim is None:
        return False
    mailing = ledger.mailings.get(claim.mailing_id)
    feed = MessageSource(
        ledger,
        claim,
        compose=partial(message_for, mailing),
        clock=clock,
        depth=backend.depth,
        pace=pace,
        stopping=stopping,
    )
    hold_until = None
    try:
        with _heartbeat(ledger, claim, clock):
            _send(ledger, backend, claim, mailing, feed=feed, clock=clock)
    except BackendUnavailable as error:
        hold_until = clock.now() + timedelta(seconds=error.retry_after_s or _UNREACHABLE_FOR_S)
        raise
    except (BackendMisconfigured, ContentError, RuleError) as error:
        _pause(ledger, mailing, _in_short(error), now=clock.now())
        raise
    finally:
        feed.give_back()
        ledger.sending.release(claim, now=clock.now(), hold_until=hold_until or feed.hold_until)
    return True


def _send(
    ledger: Ledger,
    backend: Backend,
    claim: Claim,
    mailing: Mailing,
    *,
    feed: MessageSource,
    clock: Clock,
) -> None:
    deliveries = {delivery.id: delivery for delivery in claim.deliveries}
    brakes = CircuitBreaker()
    failure: LedgerError | None = None
    connection = backend.connect()
    try:
        for delivery_id, outcome in connection.deliver(feed):
            now = clock.now()
            timed = _timed(outcome, deliveries[delivery_id], mailing, now=now)
            ledger.sending.settle(claim, delivery_id, timed, now=now)
            feed.unanswered -= 1
            try:
                if isinstance(outcome, Deferred) and outcome.is_throttled:
                    feed.slow_down(deliveries[delivery_id])
                if why := brakes.after(timed):
                    feed.stop()
                    _pause(ledger, mailing, why, now=now)
            except LedgerError as error:
                # No more is sent; but those on their way are answered, and must be listened to.
                feed.stop()
                failure = failure or error
    finally:
        connection.close()
    if failure is not None:
        raise failure


def _pause(ledger: Ledger, mailing: Mailing, why: str, *, now: datetime) -> None:
    """Until somebody has looked; journalled with the reason."""
    ledger.mailings.change_state(mailing.id, to=MailingState.PAUSED, actor=PROGRAM, why=why, at=now)


def _in_short(error: MailerError) -> str:
    return error.problems[0].in_short if error.problems else type(error).__name__


def _timed(outcome: Outcome, delivery: Delivery, mailing: Mailing, *, now: datetime) -> Outcome:
    """A deferral with the time of its next try, or its end when that would come too late."""
    if not isinstance(outcome, Deferred):
        return outcome
    attempt = delivery.attempt + 1
    wait_s = retry_in_s(delivery.id, attempt=attempt, requested_s=outcome.retry_after_s)
    if now + timedelta(seconds=wait_s) >= gives_up_at(mailing):
        return Rejected(outcome.reply, given_up_after=attempt)
    return replace(outcome, retry_after_s=wait_s)


@contextmanager
def _heartbeat(ledger: Ledger, claim: Claim, clock: Clock) -> Iterator[None]:
    """Renews the lease while the block runs, however long a peer takes to answer."""
    over = Event()
    every_s = heartbeat_interval_s((claim.lease_until - clock.now()).total_seconds())

    def beat() -> None:
        while not over.wait(every_s):
            # A ledger that cannot be written refuses the next mark: that is where it is told.
            with suppress(LedgerError):
                ledger.sending.renew(claim, now=clock.now())

    thread = Thread(target=beat, name=f"heartbeat-{claim.worker}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
