"""Rehearse a whole campaign on a simulated clock, without any effect on the real ledger.

It runs the operations of a real launch on a separate ledger and a backend that writes files.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.operations.sending.serve import run_tick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing, MailingSummary
    from mailer.model.mailings.message import Message
    from mailer.operations.sending.serve import Tick
    from mailer.ports import Backend, Clock, Engine, Ledger

LEAD_TIME = timedelta(hours=1)
"""How long before the first step a rehearsal begins."""
ANSWERS = "answers"
"""What the mails are called that answers trigger, whatever their step."""


def rehearse(
    *,
    ledger: Ledger,
    clock: Clock,
    engine: Engine,
    backend_for: Callable[[MailingSummary], Backend],
    message_for: Callable[[Mailing, Delivery], Message],
    react: Callable[[Mailing], None],
    let_time_pass: Callable[[], None],
    bad_day: Callable[[], None] | None = None,
) -> Iterator[Tick]:
    """Run every launched mailing of `ledger` to its end. Yields the result of each tick.

    People `react` to each mailing that has left, and a register may change as time passes. `bad_day` happens once, when people have answered the first mailing.
    """

    def tick_for(mailing: MailingSummary) -> Tick:
        return run_tick(
            ledger=ledger,
            backend=backend_for(mailing),
            engine=engine,
            clock=clock,
            message_for=message_for,
            worker="rehearsal",
        )

    while (due_at := ledger.mailings.next_due_at()) is not None:
        clock.wait_until(due_at)
        let_time_pass()
        due = ledger.mailings.summaries(overdue_at=clock.now()) or ledger.mailings.summaries()
        tick = tick_for(due[0])
        yield tick
        for started in tick.started:
            if not started.mailing.rule.on:
                react(started.mailing)
        if any(each.rule.on for each in ledger.mailings.summaries()):
            clock.wait_until(_after_reactions(ledger, clock))
            yield tick_for(replace(due[0], step=ANSWERS))
        if bad_day is not None and tick.started:
            clock.wait_until(_after_reactions(ledger, clock))
            bad_day()
            bad_day = None


def _after_reactions(ledger: Ledger, clock: Clock) -> datetime:
    """Return when the people have answered, but no later than the next departure."""
    answered_at = clock.now() + timedelta(hours=2)
    next_at = ledger.mailings.next_due_at()
    return min(answered_at, next_at) if next_at else answered_at
