"""Ask whether the ledger is whole and backed up, and whether the service does what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.errors import LedgerError
from mailer.model.health.health import Area, Question
from mailer.operations.alerts.service_alerts import service_seen_at
from mailer.operations.alerts.watch import alerts
from mailer.operations.journal import problem_of, verify_journal
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.health.health import HealthLine
    from mailer.model.health.ledger_condition import LedgerCondition
    from mailer.model.journal.chain import Verified
    from mailer.operations.alerts.alert import Alert
    from mailer.ports import Ledger

LEDGER = Question(
    "ledger",
    Area.LEDGER,
    _("The database"),
    _("It alone knows who has been written to, and who must not be."),
)
BACKUP = Question(
    "backup",
    Area.LEDGER,
    _("The newest backup"),
    _("What was sent after it is uncertain once the disk is lost."),
)
DISK = Question(
    "disk",
    Area.LEDGER,
    _("Room on the disk"),
    _("On a full disk nothing can be recorded, so nothing is sent."),
)
DATABASE_CLOCK = Question(
    "database-clock",
    Area.LEDGER,
    _("The clock of the database"),
    _("Hosts that disagree about the time take each other for dead."),
)
JOURNAL = Question(
    "journal",
    Area.LEDGER,
    _("The journal"),
    _("It says who signed, launched and erased, and must be believed."),
)
QUEUE = Question(
    "queue",
    Area.SERVICE,
    _("What is due"),
    _("News does not keep: a mailing that waits for a service is a mailing lost."),
)
BACKUP_FRESH_FOR = timedelta(hours=36)
"""The service makes a backup each day; half a day is its patience."""
_ROOM_FACTOR = 10
_ROOM_BYTES = 1 << 30
_IN_GIGABYTES = 10 * 10**9  # below this a rounded figure would hide what is missing
MAX_CLOCK_OFFSET_S = 5.0


def ledger_lines(
    open_ledger: Callable[[], Ledger],
    *,
    now: datetime,
    clock: Callable[[], datetime],
    zone: str,
    reply_within: timedelta = timedelta(),
    makes_dumps: bool = False,
) -> Iterator[HealthLine]:
    """Yield the condition of the ledger; one that cannot be opened is an answer too.

    `makes_dumps` is whether the service is told to dump a database.
    """
    try:
        ledger = open_ledger()
        condition = ledger.condition.examine()
        verified = verify_journal(ledger=ledger)
        worries = alerts(ledger, now=now, zone=zone, reply_within=reply_within)
        # Read anew: the questions before this one may have waited long for the network.
        offset_s = ledger.processes.clock_offset_s(clock)
        service = list(_service_lines(ledger, list(worries)))
    except LedgerError as error:
        for problem in error.problems:
            yield LEDGER.wrong(problem.what, problem.remedy)
        return
    yield _damage_line(condition)
    yield _journal_line(verified)
    yield _backup_line(condition, makes_dumps=makes_dumps, now=now)
    if condition.size_bytes is not None and condition.free_bytes is not None:
        yield _disk_line(condition.size_bytes, condition.free_bytes)
    if condition.clock_at is not None:
        yield _database_clock_line(offset_s)
    yield from service


def _damage_line(condition: LedgerCondition) -> HealthLine:
    if condition.damage:
        return LEDGER.wrong(
            _("It is damaged: {damage}", damage=condition.damage),
            _("Stop what runs, and put the newest backup in its place."),
        )
    return LEDGER.right(_("It is whole (revision {revision})", revision=condition.revision))


def _journal_line(verified: Verified) -> HealthLine:
    if verified.broken is not None:
        problem = problem_of(verified.broken, verified)
        return JOURNAL.wrong(
            _("Line {line}: {what}", line=problem.where.line, what=problem.what), problem.remedy
        )
    return JOURNAL.right(
        _n(
            "{count} line, each follows from the one before",
            "{count} lines, each follows from the one before",
            count=verified.end.count,
        )
    )


def _backup_line(condition: LedgerCondition, *, makes_dumps: bool, now: datetime) -> HealthLine:
    if not (condition.makes_backups or makes_dumps):
        return BACKUP.not_asked(
            _("The administrator of the database makes them"),
            _("See that one was made today, and restore one for practice."),
        )
    made_at = condition.newest_backup_at
    if made_at is None:
        each_day = _("The service makes one each day.")
        at_launch = _("The service makes one each day, and each launch makes one.")
        return BACKUP.noted(_("There is none yet"), each_day if makes_dumps else at_launch)
    found = _backup_age(int((now - made_at).total_seconds() // 3600))
    if now - made_at > BACKUP_FRESH_FOR:
        return BACKUP.wrong(found, _("See that the service runs, and what it says of backups."))
    return BACKUP.right(found)


def _backup_age(hours: int) -> Text:
    if hours < 1:
        return _("Made less than an hour ago, and whole")
    return _n("Made {count} hour ago, and whole", "Made {count} hours ago, and whole", count=hours)


def _disk_line(size_bytes: int, free_bytes: int) -> HealthLine:
    found = _("{free} free; the ledger has {size}", free=_size(free_bytes), size=_size(size_bytes))
    if free_bytes < max(_ROOM_FACTOR * size_bytes, _ROOM_BYTES):
        return DISK.wrong(found, _("Make room: ten times the ledger, and one gigabyte at least."))
    return DISK.right(found)


def _size(size_bytes: int) -> Text:
    if size_bytes < _IN_GIGABYTES:
        grouped = f"{size_bytes / 10**6:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
        return _("{size} MB", size=grouped)
    return _("{size} GB", size=f"{size_bytes / 10**9:.0f}")


def _database_clock_line(offset_s: float) -> HealthLine:
    found = _("It differs from this machine’s by {seconds} s", seconds=f"{abs(offset_s):.1f}")
    if abs(offset_s) > MAX_CLOCK_OFFSET_S:
        return DATABASE_CLOCK.wrong(found, _("Let a time server keep both clocks right."))
    return DATABASE_CLOCK.right(found)


def _service_lines(ledger: Ledger, found: Sequence[Alert]) -> Iterator[HealthLine]:
    for alert in found:
        yield QUEUE.wrong(alert.what, alert.remedy)
    if not found:
        seen_at = service_seen_at(ledger=ledger)
        yield (
            QUEUE.right(_("Nothing is late"))
            if seen_at
            else QUEUE.noted(
                _("The service has not run yet, and nothing is due"),
                _("Start the service."),
            )
        )
