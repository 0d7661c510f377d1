"""One tick of the service: start due mailings, deliver them, finish the complete ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.operations.sending.deliver import NO_LIMITS, never, run_chunk
from mailer.operations.sending.start import (
    NO_GUARDS,
    Failed,
    Guards,
    Held,
    Missed,
    Started,
    answer_newcomers,
    left_to_another,
    start_due,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.errors import UnexpectedFailure
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing, MailingId
    from mailer.model.mailings.message import Message
    from mailer.model.mailings.rate_limit import RatePolicy
    from mailer.ports import Backend, Clock, Engine, Ledger


_LASTS = timedelta(seconds=30)
"""After how long no further chunk is begun in a tick."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The result of one tick."""

    started: tuple[Started, ...]
    missed: tuple[Missed, ...]
    held: tuple[Held, ...]
    chunks: int
    finished: tuple[MailingId, ...]
    failures: tuple[UnexpectedFailure, ...] = ()
    """What stopped one mailing from being started, and no other."""


def run_tick(  # noqa: PLR0913 - the parts of a workspace, which only the service connects
    *,
    ledger: Ledger,
    backend: Backend,
    engine: Engine,
    clock: Clock,
    message_for: Callable[[Mailing, Delivery], Message],
    worker: str,
    rate_policy: RatePolicy = NO_LIMITS,
    stopping: Callable[[], bool] = never,
    guards: Guards = NO_GUARDS,
) -> Tick:
    """Run one tick. If it is killed anywhere, the next tick continues correctly.

    Once `stopping` returns True, the messages already taken are finished and no others begun. After
    half a minute no further chunk is begun either, and the next tick goes on at once: what falls due
    during a long mailing starts beside it.
    """
    ends_at = clock.now() + _LASTS

    def run_next(*, probing: bool = False) -> bool:
        return not (stopping() or clock.now() >= ends_at) and run_chunk(
            ledger=ledger,
            backend=backend,
            message_for=message_for,
            clock=clock,
            worker=worker,
            rate_policy=rate_policy,
            stopping=stopping,
            allows=guards.allows,
            probing=probing,
        )

    def deliver() -> int:
        # Mailings that try one person come first: once somebody has an answer, all workers go on.
        chunks = 0
        while run_next(probing=True):
            chunks += 1
        return chunks + engine.drain(run_next)

    return tick_around(deliver, ledger=ledger, clock=clock, guards=guards)


def tick_around(
    deliver: Callable[[], int], *, ledger: Ledger, clock: Clock, guards: Guards = NO_GUARDS
) -> Tick:
    """Start what is due, have it delivered, and finish what is complete.

    `deliver` returns how many chunks it has delivered: none, when it only rings for other hosts.
    """
    now = clock.now()
    results = (
        *start_due(ledger, now=now, guards=guards),
        *answer_newcomers(ledger, now=now, guards=guards),
    )
    chunks = deliver()
    left = tuple(left_to_another(ledger, now=clock.now(), guards=guards))
    finished = tuple(ledger.mailings.finish(clock.now()))
    ledger.heartbeat.record(at=clock.now())
    return Tick(
        started=tuple(result for result in results if isinstance(result, Started)),
        missed=tuple(result for result in results if isinstance(result, Missed)),
        held=(*(result for result in results if isinstance(result, Held)), *left),
        chunks=chunks,
        finished=finished,
        failures=tuple(result.error for result in results if isinstance(result, Failed)),
    )
