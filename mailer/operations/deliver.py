"""Deliver: claim a chunk, mark, send, settle."""

from __future__ import annotations

from collections import deque
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
from mailer.model.delivery import Deferred, Outcome, Rejected
from mailer.model.mailing import MailingState
from mailer.operations.brakes import Brakes
from mailer.operations.start import BY_PROGRAM
from mailer.pacing import gives_up_at, retry_in_s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailer.model.delivery import Claim, Delivery
    from mailer.model.mailing import Mailing
    from mailer.model.message import Message
    from mailer.ports import Backend, Clock, Ledger

_UNREACHABLE_FOR = timedelta(seconds=60)
"""How long a mailing waits when its peer cannot be reached."""


def _never() -> bool:
    return False


def run_chunk(
    *,
    ledger: Ledger,
    backend: Backend,
    message_for: Callable[[Mailing, Delivery], Message],
    clock: Clock,
    worker: str,
    stopping: Callable[[], bool] = _never,
) -> bool:
    """Delivers one chunk over one connection; False when there was none to deliver.

    An engine runs as many of these at once as the backend may have connections: each has a
    chunk of its own, and the ledger lets their marks and outcomes share commits. `stopping`
    is asked before each message, for an orderly end.

    Raises BackendUnavailable after holding the mailing back for a minute; after pausing it,
    BackendMisconfigured, or what makes a message impossible to compose (ContentError,
    RuleError); LedgerError when the ledger cannot be written: nothing is sent from then on.
    A mailing of which too many are refused is paused as well.
    """
    claim = ledger.claim(worker=worker, now=clock.now())
    if claim is None:
        return False
    mailing = ledger.mailing(claim.mailing_id)
    feed = _Feed(
        ledger,
        claim,
        compose=partial(message_for, mailing),
        clock=clock,
        depth=backend.depth,
        stopping=stopping,
    )
    hold_until = None
    try:
        with _heartbeat(ledger, claim, clock):
            _send(ledger, backend, claim, mailing, feed=feed, clock=clock)
    except BackendUnavailable:
        hold_until = clock.now() + _UNREACHABLE_FOR
        raise
    except (BackendMisconfigured, ContentError, RuleError) as error:
        _pause(ledger, mailing, _in_short(error), now=clock.now())
        raise
    finally:
        feed.give_back()
        ledger.release(claim, now=clock.now(), hold_until=hold_until)
    return True


def _send(
    ledger: Ledger,
    backend: Backend,
    claim: Claim,
    mailing: Mailing,
    *,
    feed: _Feed,
    clock: Clock,
) -> None:
    deliveries = {delivery.id: delivery for delivery in claim.deliveries}
    brakes = Brakes()
    connection = backend.connect()
    try:
        for delivery_id, outcome in connection.deliver(feed):
            now = clock.now()
            timed = _timed(outcome, deliveries[delivery_id], mailing, now=now)
            ledger.settle(claim, delivery_id, timed, now=now)
            feed.unanswered -= 1
            if why := brakes.after(timed):
                feed.stop()
                _pause(ledger, mailing, why, now=now)
    finally:
        connection.close()


def _pause(ledger: Ledger, mailing: Mailing, why: str, *, now: datetime) -> None:
    """Until somebody has looked; journalled with the reason."""
    ledger.move(mailing.id, to=MailingState.PAUSED, by=BY_PROGRAM, why=why, at=now)


def _in_short(error: MailerError) -> str:
    return error.problems[0].in_short if error.problems else type(error).__name__


def _timed(outcome: Outcome, delivery: Delivery, mailing: Mailing, *, now: datetime) -> Outcome:
    """A deferral with the time of its next try, or its end when that would come too late."""
    if not isinstance(outcome, Deferred):
        return outcome
    attempt = delivery.attempt + 1
    wait_s = retry_in_s(delivery.id, attempt=attempt, asked_s=outcome.retry_after_s)
    if now + timedelta(seconds=wait_s) >= gives_up_at(mailing):
        return Rejected(f"given up at attempt {attempt}: {outcome.reply}")
    return replace(outcome, retry_after_s=wait_s)


class _Feed:
    """The messages of a claim, each durably marked before it is handed over.

    Marks and composes as many at a time as there is room for: `depth` less what the
    connection has taken and not answered. That room bounds what a crash leaves uncertain.
    """

    def __init__(
        self,
        ledger: Ledger,
        claim: Claim,
        *,
        compose: Callable[[Delivery], Message],
        clock: Clock,
        depth: int,
        stopping: Callable[[], bool],
    ) -> None:
        self.unanswered = 0
        self._ledger, self._claim, self._clock = ledger, claim, clock
        self._compose, self._depth, self._stopping = compose, depth, stopping
        self._waiting = deque(claim.deliveries)
        self._marked: deque[Message] = deque()
        self._is_stopped = False

    def stop(self) -> None:
        """Hands over nothing more."""
        self._is_stopped = True

    def __iter__(self) -> Iterator[Message]:
        while self._mark_some():
            while self._marked and not self._is_stopped:
                self.unanswered += 1
                yield self._marked.popleft()

    def give_back(self) -> None:
        """What was marked and never taken has certainly not left."""
        for message in self._marked:
            untouched = Deferred("", retry_after_s=0)
            self._ledger.settle(self._claim, message.delivery_id, untouched, now=self._clock.now())

    def _mark_some(self) -> bool:
        """Whether there may be more to send, after marking what there is room for."""
        if not self._waiting or self._is_stopped or self._stopping():
            return False
        room = max(self._depth - self.unanswered, 1)
        batch = [self._waiting.popleft() for _ in range(min(room, len(self._waiting)))]
        messages = [self._compose(delivery) for delivery in batch]
        now = self._clock.now()
        granted = self._ledger.mark(self._claim, [delivery.id for delivery in batch], now=now)
        self._marked.extend(message for message in messages if message.delivery_id in granted)
        # Nothing granted: suppressed ones, perhaps; or the claim has lost its right to send.
        return bool(granted) or self._ledger.renew(self._claim, now=now)


@contextmanager
def _heartbeat(ledger: Ledger, claim: Claim, clock: Clock) -> Iterator[None]:
    """Renews the lease while the block runs, however long a peer takes to answer."""
    over = Event()
    every_s = (claim.lease_until - clock.now()).total_seconds() / 4

    def beat() -> None:
        while not over.wait(every_s):
            # A ledger that cannot be written refuses the next mark: that is where it is told.
            with suppress(LedgerError):
                ledger.renew(claim, now=clock.now())

    thread = Thread(target=beat, name=f"heartbeat-{claim.worker}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
