"""What the ledger knows of the press room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.campaigns.release import Release
    from mailer.model.press_room.press_room import (
        PressRoomRecord,
        ReleaseKey,
        ReleaseWithdrawal,
    )
    from mailer.model.team.actor import Actor


class PressRoom(Protocol):
    """The releases of launched mailings. They are written by the launch, in its transaction."""

    def record(self) -> PressRoomRecord:
        """Return all releases and withdrawals, whether or not they are public yet."""

    def release(self, key: ReleaseKey) -> Release:
        """Return a release with its text. Raises KeyError when there is none."""

    def withdraw(self, withdrawal: ReleaseWithdrawal, *, actor: Actor) -> bool:
        """Take the versions of a campaign out of the press room, with a line in the journal.

        Returns False when they were taken out before.
        """

    def shared_now(self) -> datetime | None:
        """Return the time of the clock that all hosts of the ledger share, which is that of its
        database; None for a file, which one machine uses.
        """
