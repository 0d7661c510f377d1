"""Feed the messages of a claim to a connection, within rate limits and durably marked."""

from __future__ import annotations

from collections import Counter, deque
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from mailer.model.mailings.delivery import Accepted, Concern, Deferred
from mailer.pacing import (
    HALVING_COOLDOWN_S,
    domain_group,
    domain_limits,
    global_limits,
    provider_limit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailer.model.mailings.delivery import Claim, Delivery, Outcome
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.model.mailings.rate_limit import RatePolicy
    from mailer.ports import Clock, Ledger

_LASTS = timedelta(seconds=30)
"""How long a connection goes on with one claim: at a slow rate the mailings take turns."""
_PATIENCE_S = 5.0
"""How long a connection waits for its send slot. Deliveries with a later slot are postponed."""

_THROTTLED_IN_A_ROW = 3
"""So many answers in a row with which a mail provider asks for patience are about all our mail to
it; fewer are about their recipients."""
_THROTTLING_PROVIDERS = 3
"""When so many mail providers throttle us and none takes a message, it is our relay that does."""


class _Wait(NamedTuple):
    """A wait that was found necessary at an instant."""

    found_at: datetime
    until: datetime

    def ends_at(self, now: datetime) -> datetime:
        """Return when it ends: a clock that was set back meanwhile does not make it longer."""
        return min(self.until, now + (self.until - self.found_at))


class MessageSource:
    """The iterable from which a connection takes its messages.

    It composes messages and marks them as sending, at most `depth` minus those the connection
    has not answered yet. This bounds how many deliveries a crash leaves uncertain.
    """

    def __init__(
        self,
        ledger: Ledger,
        claim: Claim,
        *,
        compose: Callable[[Delivery], Message],
        clock: Clock,
        depth: int,
        rate_policy: RatePolicy,
        stopping: Callable[[], bool],
    ) -> None:
        self.unanswered = 0
        self._hold: _Wait | None = None
        self._ledger, self._claim, self._clock = ledger, claim, clock
        self._compose, self._depth, self._stopping = compose, depth, stopping
        self._rate_limiter = _RateLimiter(ledger, clock, rate_policy, provider=claim.provider)
        self._throttling_us: set[str] = set()
        self._throttled_in_a_row = Counter[str]()
        self._waiting = deque(claim.deliveries)
        self._marked: deque[Message] = deque()
        self._is_stopped = False

    def hold_until(self, now: datetime) -> datetime | None:
        """Return the instant before which no message of the mailing may leave, if there is one."""
        return self._hold.ends_at(now) if self._hold else None

    def stop(self) -> None:
        """Yield no more messages."""
        self._is_stopped = True

    def adapt_rate(self, delivery: Delivery, outcome: Outcome) -> None:
        """Slow down the recipient's mail provider, or all our mail, if the outcome asks for it."""
        its_provider = domain_group(delivery.address.domain)
        if isinstance(outcome, Accepted):
            self._throttling_us.clear()
        if not isinstance(outcome, Deferred) or not outcome.is_throttled:
            del self._throttled_in_a_row[its_provider]
            return
        self._throttling_us.add(its_provider)
        self._throttled_in_a_row[its_provider] += 1
        if (
            outcome.concern is Concern.SENDING_RATE
            or len(self._throttling_us) >= _THROTTLING_PROVIDERS
        ):
            self._slow_everything_down()
        elif self._throttled_in_a_row[its_provider] >= _THROTTLED_IN_A_ROW:
            self._rate_limiter.slow_down(delivery)

    def _slow_everything_down(self) -> None:
        """Send nothing of this mailing for a minute, and then everything at half the rate."""
        self._rate_limiter.slow_everything_down()
        now = self._clock.now()
        self._hold = _Wait(now, now + timedelta(seconds=HALVING_COOLDOWN_S))
        self.stop()

    def __iter__(self) -> Iterator[Message]:
        began_at = self._clock.now()
        while self._mark_batch():
            while self._marked and not self._is_stopped:
                self.unanswered += 1
                yield self._marked.popleft()
            # At least one batch leaves in each turn, which a clock that was set back ends too.
            if not began_at <= self._clock.now() < began_at + _LASTS:
                return

    def return_unsent(self) -> None:
        """Requeue the deliveries that were marked and never sent, and postpone the throttled."""
        now = self._clock.now()
        for message in self._marked:
            not_sent = Deferred("", retry_after_s=0, concern=Concern.CONNECTION)
            self._ledger.sending.settle(self._claim, message.delivery_id, not_sent, now=now)
        if self._rate_limiter.postponed:
            until = {id_: wait.ends_at(now) for id_, wait in self._rate_limiter.postponed.items()}
            self._ledger.sending.postpone(self._claim, until, now=now)

    def _mark_batch(self) -> bool:
        """Compose and mark the next batch. Returns whether there may be more to send."""
        is_over = not self._waiting or self._is_stopped or self._stopping()
        if is_over or not (batch := self._next_allowed()):
            return False
        messages = [self._compose(delivery) for delivery in batch]
        now = self._clock.now()
        granted = self._ledger.sending.mark(
            self._claim, [delivery.id for delivery in batch], now=now
        )
        self._marked.extend(message for message in messages if message.delivery_id in granted)
        # If nothing was granted, all were suppressed or the claim was lost; `renew` knows which.
        return bool(granted) or self._ledger.sending.renew(self._claim, now=now)

    def _next_allowed(self) -> list[Delivery]:
        """Return the next deliveries that the rate limits allow, after waiting if necessary.

        It waits before they are marked, so that a crash meanwhile leaves nothing uncertain.
        """
        room = max(self._depth - self.unanswered, 1)
        if self._rate_limiter.is_unlimited:
            return [self._waiting.popleft() for _ in range(min(room, len(self._waiting)))]
        batch: list[Delivery] = []
        while self._waiting and len(batch) < room:
            wait_s = self._rate_limiter.reserve_slot(self._waiting[0])
            if wait_s is None:
                self._waiting.popleft()
                continue
            starts_at = self._clock.now() + timedelta(seconds=wait_s)
            if wait_s > _PATIENCE_S:
                self._hold = _Wait(self._clock.now(), starts_at)
                self._waiting.clear()
            else:
                batch.append(self._waiting.popleft())
                if wait_s:
                    # Slots are evenly spaced, so the next delivery would wait as well.
                    self._clock.wait_until(starts_at)
                    break
        return batch


class _RateLimiter:
    """Reserves send slots. The ledger is not asked when there are no limits and no throttling."""

    def __init__(
        self, ledger: Ledger, clock: Clock, rate_policy: RatePolicy, *, provider: str
    ) -> None:
        self.postponed: dict[DeliveryId, _Wait] = {}
        self._ledger, self._clock, self._rate_policy = ledger, clock, rate_policy
        self._global_limits = global_limits(rate_policy)
        self._provider_limit = provider_limit(rate_policy, provider)
        self._slowed = set(ledger.rate_limits.slowed(now=clock.now()))
        self._throttled: dict[str, _Wait] = {}

    @property
    def is_unlimited(self) -> bool:
        return not (self._global_limits or self._rate_policy.per_domain_per_minute or self._slowed)

    def reserve_slot(self, delivery: Delivery) -> float | None:
        """Reserve a send slot if it is near. Returns the seconds until it.

        If only the domain of the delivery is throttled, returns None: the delivery is added to
        `postponed`, so that the others can go on.
        """
        own = domain_limits(self._rate_policy, delivery.address.domain)
        limits = list(self._global_limits)
        if self._provider_limit.key in self._slowed:
            limits.append(self._provider_limit)
        if own.interval_s or own.key in self._slowed:
            limits.append(own)
        if not limits:
            return 0.0
        now = self._clock.now()
        throttled = self._throttled.get(own.key)
        if throttled is not None and throttled.ends_at(now) > now:
            self.postponed[delivery.id] = throttled
            return None
        slot = self._ledger.rate_limits.reserve(limits, patience_s=_PATIENCE_S, now=now)
        if slot.wait_s > _PATIENCE_S and slot.limit_key == own.key:
            self._throttled[own.key] = _Wait(now, now + timedelta(seconds=slot.wait_s))
            self.postponed[delivery.id] = self._throttled[own.key]
            return None
        return slot.wait_s

    def slow_everything_down(self) -> None:
        """Halve the rate of all mail over our provider, which says that it is too much."""
        self._ledger.rate_limits.slow_down(
            self._provider_limit.key, now=self._clock.now(), held_s=HALVING_COOLDOWN_S
        )

    def slow_down(self, delivery: Delivery) -> None:
        """Halve the rate to the mail provider of this recipient."""
        key = domain_limits(self._rate_policy, delivery.address.domain).key
        self._ledger.rate_limits.slow_down(key, now=self._clock.now())
        self._slowed.add(key)
