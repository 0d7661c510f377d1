"""The faults that the world plays and the service must tell, and what it has told of each.

A telling is a line of the journal (the clock; a mailing that the program pauses), a notice to the
team (a row of the ledger, or a mail where the ledger cannot keep one), or, of the receiver, the
line with which it ends. What one telling covers, and what needs none:

- A storm of the relay that nobody meets, or that lets messages through, is no fault. One that
  begins while everything is paused or has ended meets nobody. What is resumed while it lasts is
  told again, for somebody has asked again. That notices cannot be mailed either is a trouble of its
  own. Whom the relay puts off one by one is asked again for a day, and that is no trouble of the
  service: a storm of such answers need not be told.
- A trouble is told once however long it lasts, and once a day however often it comes back: a
  mailbox or a disk that fails again that day for the same reason is covered by the notice of before.
- The disk is told full when the ledger could not be written for a minute. A mail that the ledger
  could not keep is remembered by the process alone: one that was killed tells it once more.
- What strangers post to the receiver is no trouble of the team: it is counted, and told when the
  receiver ends in good order. One that was killed tells nothing.
"""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

STORM, MAILBOX, DISK, FLOOD = "a storm", "a mailbox out of order", "a full disk", "a flood"
_PAUSES = "SELECT id, subject FROM journal WHERE action = 'paused' AND person = '' AND id > ?"
_LAST_LINE = "SELECT coalesce(max(id), 0) FROM journal"
_RESUMED = "SELECT count(*) FROM journal WHERE action = 'active' AND id > ? AND subject = ?"
_ROWS = "SELECT rowid, key FROM notice WHERE rowid > ?"
_LAST_ROW = "SELECT coalesce(max(rowid), 0) FROM notice"
_FAILING = "SELECT name, failures, failure FROM turn"
_ACTIVE = "SELECT 1 FROM mailing WHERE state = 'active'"
_STEP = "SELECT campaign || '/' || step FROM mailing WHERE id = ?"
_A_NOTICE_S = 150.0
"""Notices are looked for every half minute; the machine is busy, and the relay has its moods."""
_A_WHILE_S, _WHILES = 240, 14
"""What does not leave for half an hour is told; a machine that sleeps for longer than five minutes
is given another quarter."""
_FULL = "Le disque est plein"
_ABOUT = {
    MAILBOX: re.compile(r"^failing \S+ (?:mailbox )?.*\bmailbox\b", re.IGNORECASE),
    DISK: re.compile(r"^failing .*\bdisk\b"),
    STORM: re.compile(r"^(?:failing (?!.*\b(?:mailbox|disk|notice)\b)|stuck |due )"),
}


@dataclass
class Fault:
    """One that was played: what, when by the clock of the machine, and how often it was told."""

    kind: str
    at: datetime
    told: int = 0
    is_awaited: bool = False
    """The service had the time to tell it."""
    detail: str = ""
    tellings: list = field(default_factory=list)


class NeverToldError(AssertionError):
    """The service had the time to tell a fault, and did not."""


class Troubles:
    """Begins and ends them in the world, waits until each is told, and counts the tellings."""

    def __init__(self, world):
        self._world = world
        self.open = {}
        """The fault of each kind that lasts, and the line and the row before it."""
        self.covered = Counter()
        self._taken_before = 0

    # A storm of the relay.

    def storm_begins(self):
        self.storm_ends()
        self._world.relay.begins_a_storm()
        self._begins(STORM, detail=str(self._world.relay.storm)[:80])

    def storm_ends(self):
        self._world.relay.ends_the_storm()
        found = self.open.pop(STORM, None)
        if found is None:
            return
        fault, line, _row = found
        told = self._of_each_mailing(found)
        fault.tellings = sorted(told.elements())
        again = {
            each: count - 1 - self._resumed(each, line)
            for each, count in told.items()
            if count > 1 + self._resumed(each, line)
        }
        fault.told = bool(told) + sum(again.values())

    def _of_each_mailing(self, found):
        """How often a mailing was told to be stopped or stuck, and the service to fail."""
        _fault, line, row = found
        told = Counter(subject for _id, subject in self._asks(_PAUSES, line))
        for key in self._new_keys(STORM, row):
            what, about, *_rest = key.split(" ")
            steps = self._asks(_STEP, about) if what == "stuck" else []
            told[steps[0][0] if steps else key] += 1
        return told

    def _resumed(self, subject, line):
        ((count,),) = self._asks(_RESUMED, line, subject)
        return count

    def _storm_is_told(self):
        """One while after the other, until it is told or nobody is held up by it."""
        world, found = self._world, self.open[STORM]
        self._taken_before = len(world.relay.messages)
        for _round in range(_WHILES):
            if self._of_each_mailing(found):
                return True
            if not self._asks(_ACTIVE) or not self._stops_all():
                return False
            world.clock.sleeps(_A_WHILE_S)
            world.goes_once_round()
        return bool(self._of_each_mailing(found))

    def _stops_all(self):
        return len(self._world.relay.messages) == self._taken_before

    # A mailbox out of order.

    def mailbox_breaks(self):
        if MAILBOX in self.open:
            return
        world = self._world
        lie = world.mailbox.breaks()
        world.goes_once_round()
        world.goes_once_round()  # what was told of the moods before is told by now
        self._begins(MAILBOX, detail=lie)

    def mailbox_is_mended(self):
        self._world.mailbox.broken = None
        self._ends(MAILBOX)

    def _mailbox_is_told(self):
        found = self.open[MAILBOX]
        return self._waits_for(lambda: self._is_kept(MAILBOX) or self._is_undone(), found[0])

    # A full disk.

    def disk_fills(self, left_bytes):
        if DISK not in self.open:
            self._begins(DISK, detail=f"{left_bytes} octets left")
            self._mails_before = self._mails_on_the_disk()
            self._starts_before = self._world.starts_of_the_service
        self._world.disk.fills(left_bytes)

    def disk_is_freed(self):
        self._world.disk.is_freed()
        self._ends(DISK)

    def _disk_is_told(self):
        """More than a minute later; not when it has room enough, or the relay takes no mail."""
        world, found = self._world, self.open[DISK]
        if world.relay.storm is not None:
            return False
        world.clock.sleeps(120)
        start, since = self._log_bytes(), time.monotonic()
        while not (self._is_kept(DISK) or self._mails_of(found) or self._was_told_that_day(DISK)):
            if time.monotonic() - since > _A_NOTICE_S:
                if self._is_unwritable_since(start):
                    raise NeverToldError("never told", found[0], self._asks(_FAILING))
                return False
            world.keeps_running()
            time.sleep(0.2)
        return True

    def _log_bytes(self):
        return (self._world.office.logs / "run").stat().st_size

    def _is_unwritable_since(self, start):
        """Whether the sending has failed all the time: after a success it says so again."""
        said = (self._world.office.logs / "run").read_bytes()[start:]
        has_failed = b'"task": "service", "kind": "LedgerError"' in said
        return has_failed and b"\nvar/ledger.db:" not in said

    def _mails_on_the_disk(self):
        notices = self._world.relay.notices
        return sum(
            paragraph.startswith(_FULL)
            for notice in notices
            for paragraph in notice.text.replace("\r", "").split("\n\n")
        )

    def _mails_of(self, found):
        return self._mails_on_the_disk() - self._mails_before if found else 0

    # A flood at the receiver.

    def flood(self):
        self._world.outside.floods()
        self._world.played.append(Fault(FLOOD, self._world.clock.now()))

    def receiver_ends(self, said):
        """Hold what it says at its end against what it has answered."""
        outside = self._world.outside
        told = Counter(
            {
                int(code): int(n)
                for code, n in re.findall(r"^Refused with (\d+): (\d+)$", said, re.MULTILINE)
            }
        )
        lines = len(re.findall(r"^Refused with", said, re.MULTILINE))
        assert lines == len(told), ("told again", said)
        seen, lost = outside.refused, outside.unanswered
        assert seen <= told, ("refused and not told", seen, told)
        assert (told - seen).total() <= lost, ("told and not refused", told, seen, lost)
        for fault in self._floods():
            fault.told, fault.is_awaited = 1, True
            fault.detail = "counted"
        outside.forgets_the_refused()

    def receiver_is_killed(self):
        for fault in self._floods():
            fault.detail = "killed"
        self._world.outside.forgets_the_refused()

    def _floods(self):
        return [each for each in self._world.played if each.kind == FLOOD and not each.detail]

    # Of all.

    def hears(self):
        """Wait until each that lasts is told; nothing can be kept on a full disk."""
        world = self._world
        tellings = {STORM: self._storm_is_told, MAILBOX: self._mailbox_is_told}
        if world.disk.is_full:
            tellings = {DISK: self._disk_is_told}
        for kind, is_told in tellings.items():
            found = self.open.get(kind)
            if found is not None and not found[0].is_awaited:
                found[0].is_awaited = is_told()

    def _begins(self, kind, *, detail):
        ((line,),), ((row,),) = self._asks(_LAST_LINE), self._asks(_LAST_ROW)
        fault = Fault(kind, self._world.clock.now(), detail=detail)
        self.open[kind] = fault, line, row
        self._world.played.append(fault)

    def _ends(self, kind):
        """Wait until the status no longer says it, and count the tellings."""
        found = self.open.pop(kind, None)
        if found is None:
            return
        fault, _line, row = found
        if not self._world.disk.is_full:
            self._waits_for(lambda: not self._failing(kind), fault, what="said for ever")
        new = self._new_keys(kind, row)
        if kind == DISK:
            # A row that was written as told stands for the mail that it could not be kept for.
            new = [key for key in new if not self._was_written_as_told(key)]
            new += ["mail"] * self._mails_of(found)
            again = self._world.starts_of_the_service - self._starts_before
            new = new[: max(1, len(new) - again)]
        fault.tellings = new
        fault.told = len(new)
        if fault.is_awaited and not new:
            self.covered[kind] += 1
            fault.told = 1

    def _was_written_as_told(self, key):
        ((what, told_at),) = self._asks("SELECT what, told_at FROM notice WHERE key = ?", key)
        mailed = any(what in notice.text.replace("\r", "") for notice in self._world.relay.notices)
        return told_at is not None and not mailed

    def _new_keys(self, kind, row):
        return [key for _row, key in self._asks(_ROWS, row) if _ABOUT[kind].search(key)]

    def _failing(self, kind):
        return {
            failure
            for name, failures, failure in self._asks(_FAILING)
            if failures and name != "backup" and _ABOUT[kind].search(f"failing x {failure}")
        }

    def _is_kept(self, kind):
        """The status says it, and a notice of that reason is kept: of now, or of before that day."""
        reasons = [
            failure.partition('"sentence": "')[2].partition('"')[0]
            for failure in self._failing(kind)
        ]
        keys = [key for _row, key in self._asks(_ROWS, 0)]
        return reasons and all(
            any(key.startswith("failing ") and reason in key for key in keys) for reason in reasons
        )

    def _was_told_that_day(self, kind):
        """Whether a notice of that day is about it: on a full disk the status learns nothing."""
        days = tuple(f"failing {at:%Y-%m-%d} " for at in self._world.possible_times())
        return any(key.startswith(days) for key in self._new_keys(kind, 0))

    def _is_undone(self):
        return self._world.disk.is_full

    def _waits_for(self, is_so, fault, what="never told"):
        since = time.monotonic()
        while not is_so():
            if time.monotonic() - since > _A_NOTICE_S:
                raise NeverToldError(what, fault, self._asks(_FAILING))
            self._world.keeps_running()
            time.sleep(0.2)
        return True

    def _asks(self, query, *values):
        return self._world.office.asks(query, *values)
