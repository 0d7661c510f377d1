"""Log what a tick of the service did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.log_context import log_event

if TYPE_CHECKING:
    from mailer.operations.sending.serve import Tick


def log_tick(tick: Tick) -> None:
    """Log each mailing that was started, missed, held or finished, by its id."""
    for started in tick.started:
        log_event("started", mailing=started.mailing.id, people=len(started.audience.recipients))
    for missed in tick.missed:
        log_event("missed", mailing=missed.mailing.id)
    for held in tick.held:
        log_event("held", mailing=held.mailing.id, why=held.problem.what.sentence)
    for mailing_id in tick.finished:
        log_event("finished", mailing=mailing_id)
