"""Run the rounds of the service's tasks: what fails is recorded and told, and stops no other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.errors import MailerError, unexpected
from mailer.log_context import log_event
from mailer.wording import Text, as_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.model.mailings.progress import Task
    from mailer.ports import Clock, Ledger


@dataclass(slots=True)
class TaskMonitor:
    """Runs rounds and records how they end, for the status and the notices.

    `failed` gets each failure once: again when it is another one, or when the task had succeeded
    in between. `check_clock` notices a clock that was set before an instant is written down: one
    written between a jump and its notice would be moved with the waits, though it was right.
    """

    ledger: Callable[[], Ledger]
    clock: Clock
    failed: Callable[[MailerError], None]
    check_clock: Callable[[], None] = lambda: None
    _told: dict[Task, str] = field(default_factory=dict)

    def run(self, task: Task, work: Callable[[], object]) -> bool:
        """Run one round. Returns whether it ended well; raises nothing."""
        try:
            work()
        except MailerError as error:
            self.fail(task, error)
        except BaseException as error:  # noqa: BLE001 — see `engine.repeating`
            self.fail(task, unexpected(error, doing=task.value))
        else:
            self.succeed(task)
            return True
        return False

    def succeed(self, task: Task) -> None:
        """Record that a round has ended well."""
        self._told.pop(task, None)
        with suppress(Exception):  # a ledger that cannot be written has a notice of its own
            self.check_clock()
            self.ledger().heartbeat.record(at=self.clock.now(), task=task)

    def fail(self, task: Task, error: MailerError) -> None:
        """Record a failure, and tell it when it is new."""
        why = _reason(error)
        log_event("failure", task=task, kind=type(error).__name__, what=why.sentence)
        with suppress(Exception):
            self.check_clock()
            self.ledger().heartbeat.record_failure(at=self.clock.now(), task=task, why=as_note(why))
        if self._told.get(task) != str(why):
            self._told[task] = str(why)
            with suppress(Exception):  # such as a terminal that is gone
                self.failed(error)


def _reason(error: MailerError) -> Text:
    return error.problems[0].what if error.problems else Text(type(error).__name__)
