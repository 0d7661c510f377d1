"""What the clock said when it was last trusted, beside seconds that nobody can set.

A wall clock may be set, by a person or by a time server. The seconds since the machine started
cannot. Of the two together one can tell how far the clock has jumped, also across restarts of the
program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

SMALLEST_JUMP_S = 5.0
"""A smaller step is no jump: time servers make them, and they hold nothing for long."""
LONGEST_FOLLOWED_S = 600.0
"""A jump forward beyond this is followed only when somebody has confirmed the clock."""
_SAME_S = 60.0
"""Two jumps that differ by less are the same, one there and one back."""
_REMEMBERED_FOR = timedelta(days=1)
"""How long a clock that was set back may go forward again to where it was, unasked."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the clocks of a machine say at one moment.

    `boot` names the start of the machine since which `steady_s` counts.
    """

    wall_at: datetime
    steady_s: float
    boot: str
    host: str = ""


class ClockVerdict(StrEnum):
    """What a reading means, compared with the trusted time."""

    STEADY = "steady"
    FOLLOWED = "followed"
    """The clock has jumped, and counts from now on."""
    HELD = "held"
    """The clock has jumped forward, and does not count until somebody confirms it."""


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """The reading that was last trusted, and the last jump since."""

    boot: str
    host: str
    at: datetime
    steady_s: float
    jumped_at: datetime | None = None
    """What the clock said when the jump was noticed."""
    jump_s: float = 0.0
    """How far it jumped; negative when it was set back."""
    is_held: bool = False
    is_confirmed: bool = False
    """A person has confirmed the clock after this jump; the next reading follows it."""

    @classmethod
    def first(cls, reading: ClockReading) -> TrustedTime:
        """Trust the first reading since the machine started."""
        return cls(reading.boot, reading.host, reading.wall_at, reading.steady_s)

    def expected_at(self, reading: ClockReading) -> datetime:
        """Return what the clock would say now if nobody had set it."""
        return self.at + timedelta(seconds=reading.steady_s - self.steady_s)

    def jump_to(self, reading: ClockReading) -> float:
        """Return how many seconds the clock has jumped since it was trusted."""
        return (reading.wall_at - self.expected_at(reading)).total_seconds()

    def judge(self, reading: ClockReading) -> ClockVerdict:
        jump_s = self.jump_to(reading)
        if abs(jump_s) < SMALLEST_JUMP_S:
            return ClockVerdict.STEADY
        if jump_s <= LONGEST_FOLLOWED_S or self._is_confirmed(jump_s) or self._is_undone(reading):
            return ClockVerdict.FOLLOWED
        return ClockVerdict.HELD

    def _is_confirmed(self, jump_s: float) -> bool:
        return self.is_confirmed and abs(jump_s - self.jump_s) < _SAME_S

    def _is_undone(self, reading: ClockReading) -> bool:
        """Return whether the clock is again where it was before it was set back."""
        return (
            not self.is_held
            and self.jumped_at is not None
            and abs(self.jump_to(reading) + self.jump_s) < _SAME_S
            and self.expected_at(reading) - self.jumped_at < _REMEMBERED_FOR
        )

    def following(self, reading: ClockReading) -> TrustedTime:
        """Return the trusted time after a jump that is followed."""
        return replace(
            TrustedTime.first(reading), jumped_at=reading.wall_at, jump_s=self.jump_to(reading)
        )

    def holding(self, reading: ClockReading) -> TrustedTime:
        """Return the trusted time after a jump that is not followed: it goes on as before."""
        if self.is_held and abs(self.jump_to(reading) - self.jump_s) < SMALLEST_JUMP_S:
            return self
        return replace(
            self,
            jumped_at=reading.wall_at,
            jump_s=self.jump_to(reading),
            is_held=True,
            is_confirmed=False,
        )
