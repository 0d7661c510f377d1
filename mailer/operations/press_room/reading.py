"""Read what is public, and by which clock: that which all hosts of the ledger share."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.operations.alerts.clock import notice_jump
from mailer.publication.public import public_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailer.model.campaigns.release import Release
    from mailer.model.press_room.press_room import ReleaseKey
    from mailer.ports import Clock, Ledger
    from mailer.publication.public import PublicRoom

_KEPT_RELEASES = 200


def public_time(*, clock: Clock, ledger: Ledger, is_shared: bool) -> datetime:
    """Return the trusted time: that of the ledger's database where several hosts share one.

    With `is_shared` of False it is that of `clock` alone. Raises LedgerError.
    """
    notice_jump(clock, ledger=ledger)
    shared = ledger.press_room.shared_now() if is_shared else None
    return clock.now() if shared is None else shared


def public_room(now: datetime, *, ledger: Ledger) -> PublicRoom:
    """Return what is public at `now`. Raises LedgerError."""
    return public_at(ledger.press_room.record(), now)


def public_releases(*, ledger: Ledger) -> Callable[[ReleaseKey], Release]:
    """Return what reads a release of the ledger, and remembers those read last."""
    return lru_cache(maxsize=_KEPT_RELEASES)(ledger.press_room.release)
