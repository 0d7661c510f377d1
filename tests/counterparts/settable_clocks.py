"""The clocks of a machine that a test may set, beside seconds that nobody can."""

from datetime import timedelta

from mailer.model.service.trusted_time import ClockReading
from tests.counterparts.builders import NOON


class SettableClocks:
    """What `WallClock` reads."""

    def __init__(self, *, boot="first", host="desk"):
        self.boot, self.host, self.steady_s = boot, host, 1_000.0
        self.wall_at = NOON

    def __call__(self):
        return ClockReading(self.wall_at, self.steady_s, self.boot, self.host)

    def passes(self, **duration):
        """Time passes, for both."""
        by = timedelta(**duration)
        self.wall_at, self.steady_s = self.wall_at + by, self.steady_s + by.total_seconds()

    def is_set(self, **by):
        """Somebody sets the wall clock."""
        self.wall_at += timedelta(**by)

    def restarts(self, boot):
        self.boot, self.steady_s = boot, 1.0
