"""What the service does beside the sending, how often, and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mailer.engine.repeating import run_periodically
from mailer.mailbox import ImapSettings
from mailer.model.mailings.progress import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

    from mailer.config import Settings
    from mailer.model.service.service_role import ServiceRole
    from mailer.operations.alerts.tasks import TaskMonitor

LISTEN_EVERY_S = 2.0
"""How often the posts stored by the receiver are read."""

WATCH_EVERY_S = 30.0
"""How often alerts are computed. Each time, the deliveries of active mailings are counted."""

DUMP_EVERY_S = 20
"""How often it is asked whether the dump of the day is due."""


@dataclass(frozen=True, slots=True)
class BackgroundRound:
    """Tasks that are done one after the other, again and again."""

    name: str
    role: ServiceRole
    tasks: Mapping[Task, Callable[[], object]]
    every_s: float

    def run(self, monitor: TaskMonitor) -> None:
        """Do each task; one that fails stops no other."""
        for task, work in self.tasks.items():
            monitor.run(task, work)


def intervals_of(settings: Settings) -> dict[Task, int]:
    """Return how often each background task runs, in seconds. One that is not used is missing."""
    mailbox = settings.part(ImapSettings)
    every_s = {
        Task.POSTS: round(LISTEN_EVERY_S),
        Task.EVENTS: round(LISTEN_EVERY_S),
        Task.PROVIDER_LISTS: mailbox.every_s,
        Task.NOTICES: round(WATCH_EVERY_S),
    }
    press_room = {Task.PRESS_ROOM: 1} if settings.press_room.folder else {}
    dumps = {Task.BACKUP: DUMP_EVERY_S} if settings.ledger.dumps else {}
    return every_s | press_room | dumps | ({Task.MAILBOX: mailbox.every_s} if mailbox.host else {})


def known_rounds(
    rounds: Iterable[tuple[str, ServiceRole, Mapping[Task, Callable[[], object]]]],
    every_s: Mapping[Task, int],
) -> tuple[BackgroundRound, ...]:
    """Return the rounds with the tasks that are used, each as often as its most frequent task."""
    found = []
    for name, role, tasks in rounds:
        used = {task: work for task, work in tasks.items() if task in every_s}
        if used:
            interval_s = min(every_s[task] for task in used)
            found.append(BackgroundRound(name, role, used, interval_s))
    return tuple(found)


def in_thread(each: BackgroundRound, monitor: TaskMonitor) -> AbstractContextManager[None]:
    """Return a context that does the round again and again in a thread of this process."""
    return run_periodically(
        partial(each.run, monitor),
        name=each.name,
        every_s=each.every_s,
        failed=lambda _error: None,  # the monitor has recorded it
    )
