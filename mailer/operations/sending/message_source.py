"""The messages of a claim, handed over one by one: in their time, and durably marked."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.delivery import Deferred
from mailer.pacing import domain_limits, global_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailer.model.delivery import Claim, Delivery
    from mailer.model.message import DeliveryId, Message
    from mailer.model.rate_limit import RatePolicy
    from mailer.ports import Clock, Ledger

_PATIENCE_S = 5.0
"""How long a line waits for its slot; what comes later is given back and offered again then."""


class MessageSource:
    """What a connection takes its messages from.

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
        pace: RatePolicy,
        stopping: Callable[[], bool],
    ) -> None:
        self.unanswered = 0
        self.hold_until: datetime | None = None
        """Until then nothing of the mailing may leave."""
        self._ledger, self._claim, self._clock = ledger, claim, clock
        self._compose, self._depth, self._stopping = compose, depth, stopping
        self._turns = _Turns(ledger, clock, pace)
        self._waiting = deque(claim.deliveries)
        self._marked: deque[Message] = deque()
        self._is_stopped = False

    def stop(self) -> None:
        """Hands over nothing more."""
        self._is_stopped = True

    def slow_down(self, delivery: Delivery) -> None:
        """Whoever receives this one's mail has asked for patience."""
        self._turns.slow_down(delivery)

    def __iter__(self) -> Iterator[Message]:
        while self._mark_some():
            while self._marked and not self._is_stopped:
                self.unanswered += 1
                yield self._marked.popleft()

    def give_back(self) -> None:
        """What was marked and never taken has certainly not left."""
        now = self._clock.now()
        for message in self._marked:
            untouched = Deferred("", retry_after_s=0)
            self._ledger.sending.settle(self._claim, message.delivery_id, untouched, now=now)
        if self._turns.put_off:
            self._ledger.sending.postpone(self._claim, self._turns.put_off, now=now)

    def _mark_some(self) -> bool:
        """Whether there may be more to send, after marking what there is room for."""
        if not self._waiting or self._is_stopped or self._stopping():
            return False
        batch = self._whose_turn_it_is()
        if not batch:
            return False
        messages = [self._compose(delivery) for delivery in batch]
        now = self._clock.now()
        granted = self._ledger.sending.mark(
            self._claim, [delivery.id for delivery in batch], now=now
        )
        self._marked.extend(message for message in messages if message.delivery_id in granted)
        # Nothing granted: suppressed ones, perhaps; or the claim has lost its right to send.
        return bool(granted) or self._ledger.sending.renew(self._claim, now=now)

    def _whose_turn_it_is(self) -> list[Delivery]:
        """The next ones, when their turn has come. Waits before they are marked, so that a
        crash meanwhile leaves no doubt.
        """
        room = max(self._depth - self.unanswered, 1)
        if self._turns.are_free:
            return [self._waiting.popleft() for _ in range(min(room, len(self._waiting)))]
        batch: list[Delivery] = []
        while self._waiting and len(batch) < room:
            wait_s = self._turns.wait_s(self._waiting[0])
            starts_at = self._clock.now() + timedelta(seconds=wait_s)
            if self._waiting[0].id in self._turns.put_off:
                self._waiting.popleft()
            elif wait_s > _PATIENCE_S:
                self.hold_until = starts_at
                self._waiting.clear()
            else:
                batch.append(self._waiting.popleft())
                if wait_s:
                    # Whoever has to wait ends the batch: slots are evenly spaced.
                    self._clock.wait_until(starts_at)
                    break
        return batch


class _Turns:
    """When each delivery may leave. Without limits, and while no provider has asked for
    patience, the ledger is not asked.
    """

    def __init__(self, ledger: Ledger, clock: Clock, pace: RatePolicy) -> None:
        self.put_off: dict[DeliveryId, datetime] = {}
        self._ledger, self._clock, self._pace = ledger, clock, pace
        self._overall = global_limits(pace)
        self._slowed = set(ledger.rate_limits.slowed(now=clock.now()))
        self._closed_until: dict[str, datetime] = {}

    @property
    def are_free(self) -> bool:
        return not (self._overall or self._pace.per_domain_per_minute or self._slowed)

    def wait_s(self, delivery: Delivery) -> float:
        """Until its slot, which is taken unless it is far off. One whose provider's turn is far
        off is put off until then, and the others go on.
        """
        own = domain_limits(self._pace, delivery.address.domain)
        limits = list(self._overall)
        if own.interval_s or own.key in self._slowed:
            limits.append(own)
        if not limits:
            return 0.0
        now = self._clock.now()
        if (until := self._closed_until.get(own.key, now)) > now:
            self.put_off[delivery.id] = until
            return 0.0
        slot = self._ledger.rate_limits.reserve(limits, patience_s=_PATIENCE_S, now=now)
        if slot.wait_s > _PATIENCE_S and slot.limit_key == own.key:
            self._closed_until[own.key] = now + timedelta(seconds=slot.wait_s)
            self.put_off[delivery.id] = self._closed_until[own.key]
        return slot.wait_s

    def slow_down(self, delivery: Delivery) -> None:
        key = domain_limits(self._pace, delivery.address.domain).key
        self._ledger.rate_limits.slow_down(key, now=self._clock.now())
        self._slowed.add(key)
