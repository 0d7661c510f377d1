"""Slow down guesses of a password, without locking anybody out."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_FREE = 5
"""How many wrong passwords in a row cost nothing."""
FREE_FROM_ONE_PLACE = 20
"""How many cost nothing from one network address, behind which a whole office may be."""
_LONGEST_WAIT_S = 30
_FORGOTTEN_AFTER = timedelta(minutes=15)
_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last_at: datetime
    free: int

    @property
    def over_at(self) -> datetime:
        """The instant from which the next try is allowed."""
        excess = max(self.count - self.free + 1, 0)
        wait_s = min(2 ** (excess - 1), _LONGEST_WAIT_S) if excess else 0
        return self.last_at + timedelta(seconds=wait_s)


class Attempts:
    """Counts the wrong passwords in a row for each account, in the memory of this process.

    After five the next try waits a second, then two, up to half a minute: few enough guesses, and
    never a lock. A browser in which the person was signed in before has a count of its own, so
    that a stranger who guesses does not slow down the person.
    """

    def __init__(self, *, free: int = _FREE) -> None:
        self._free = free
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = Lock()

    def begin(self, key: str, *, now: datetime) -> float:
        """Count a try as wrong before it is judged, so that tries at once are counted too.

        Returns 0, or the seconds to wait, in which case the try is not counted and not allowed.
        """
        with self._lock:
            before = self._failures.get(key)
            if before is None or now - before.last_at > _FORGOTTEN_AFTER:
                before = _Failures(0, now, self._free)
            if now < before.over_at:
                return (before.over_at - now).total_seconds()
            self._failures[key] = _Failures(before.count + 1, now, self._free)
            self._failures.move_to_end(key)
            while len(self._failures) > _MOST_KEYS:
                self._failures.popitem(last=False)
        return 0.0

    def forget(self, key: str) -> None:
        """Forget the wrong passwords: the right one was given."""
        with self._lock:
            self._failures.pop(key, None)

    def take_back(self, key: str) -> None:
        """Take back a try that was not judged."""
        with self._lock:
            before = self._failures.get(key)
            if before is not None:
                self._failures[key] = _Failures(
                    max(before.count - 1, 0), before.last_at, self._free
                )
