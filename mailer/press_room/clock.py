"""The clock by which texts become public: that which all hosts of the ledger share."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from mailer.clock import WallClock
from mailer.operations.press_room.reading import public_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailer.wiring.app import App


class PressRoomClock:
    """The trusted time of the ledger: that of its database where several hosts share one.

    `read` asks for it; `now` goes on from there by the seconds since the machine started, which
    nobody can set. The ledger's answer is older than its arrival, so that this clock is never
    ahead, however far off the host's own clock is. A simulated clock is asked each time.
    """

    def __init__(self, app: App, *, seconds: Callable[[], float] = monotonic) -> None:
        self._app, self._seconds = app, seconds
        self.is_steady = isinstance(app.clock, WallClock)
        self._read_at: datetime | None = None
        self._read_s = 0.0

    def read(self) -> datetime:
        """Return the time, as the ledger says it now. Raises LedgerError."""
        app = self._app
        self._read_at = public_time(clock=app.clock, ledger=app.ledger, is_shared=self.is_steady)
        self._read_s = self._seconds()
        return self._read_at

    def now(self) -> datetime:
        """Return the time without asking the ledger, where it was asked before."""
        if not self.is_steady:
            return self._app.clock.now()
        if self._read_at is None:
            return self.read()
        return self._read_at + timedelta(seconds=self.age_s)

    @property
    def age_s(self) -> float:
        """How many seconds ago the ledger was asked."""
        return self._seconds() - self._read_s
