"""Where a ledger is used: what tells a ledger from a copy of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Place, Problem
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.mailings.mailing import MailingId


class Mismatch(StrEnum):
    """Why a ledger is not where it was used last."""

    MACHINE = "machine"
    """The machine has another id."""
    CLONE = "clone"
    """The machine has the same id and other network cards: a clone of a virtual machine."""
    FOLDER = "folder"
    """The file is in another folder, or has another name."""
    FILE = "file"
    """Another file took its place: a copy was put back, or the database was restored."""
    TIMELINE = "timeline"
    """The server of the database began a new timeline: a recovery, or a promoted standby."""


@dataclass(frozen=True, slots=True)
class LedgerHome:
    """What identifies the home of a ledger: the machine and the file, or the database. An empty value is unknown here, or means nothing.

    `host` and `location` are for readers; the rest is compared.
    """

    host: str
    location: str
    machine: str = ""
    """A hash of the machine's id. Empty in a container, which is replaced with each version."""
    network: frozenset[str] = frozenset()
    """Hashes of the addresses of the network cards that are built in."""
    folder: str = ""
    """The path of a SQLite file; empty for a PostgreSQL database."""
    file: str = ""
    """The file among all files of its disk. The database among all databases: the server, its
    timeline, and the numbers of the database and of a table, each empty where it is not known."""

    def mismatch(self, here: LedgerHome) -> Mismatch | None:
        """Return how the home `here` differs from this one, or None if it is the same."""
        if self.machine != here.machine:
            return Mismatch.MACHINE
        if self.network and here.network and self.network.isdisjoint(here.network):
            return Mismatch.CLONE
        if self.folder != here.folder:
            return Mismatch.FOLDER
        return _mismatch_of_files(self.file, here.file) if self.file and here.file else None


def _mismatch_of_files(home: str, here: str) -> Mismatch | None:
    """Compare files, or databases: of these the parts that both know, the last two always."""
    if home.count(".") < 3 and here.count(".") < 3:
        return Mismatch.FILE if home != here else None
    pairs = zip(reversed(home.split(".")), reversed(here.split(".")), strict=False)
    differ = [place for place, (then, now) in enumerate(pairs) if then and now and then != now]
    if not differ:
        return None
    return Mismatch.TIMELINE if differ == [_TIMELINE] else Mismatch.FILE


_TIMELINE = 2
"""The place of the timeline in the name of a database, from its end."""


class HeldMailing(NamedTuple):
    """A mailing that may have been sent from another ledger, and whether somebody had paused it."""

    id: MailingId
    was_paused: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """A ledger that was replaced by the file `backup`.

    `held` are the mailings whose hour came since the backup was made: they may have been sent.
    """

    backup: str
    held: tuple[MailingId, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A ledger that is not at home: where it is used, since when, and how it differs."""

    home: LedgerHome
    since: datetime
    mismatch: Mismatch

    @property
    def problem(self) -> Problem:
        """Say why nothing leaves from here, and what to do about it."""
        names = {"host": self.home.host, "location": self.home.location}
        return Problem(
            Place(self.home.location),
            Text(_NOT_HERE[self.mismatch].sentence, names),
            _AFTER_PROMOTION
            if self.mismatch is Mismatch.TIMELINE
            else _("If nothing is sent from there any more, say so; otherwise go on there."),
            Remedy(RemedyAct.ADOPT_LEDGER),
        )


_NOT_HERE: Mapping[Mismatch, Text] = {
    Mismatch.MACHINE: _(
        "nothing leaves from here: this is a copy of the ledger that is used on {host}, in"
        " {location}"
    ),
    Mismatch.CLONE: _(
        "nothing leaves from here: this machine is a clone of {host}, where the ledger is used"
    ),
    Mismatch.FOLDER: _(
        "nothing leaves from here: the ledger is used in {location}; this is a copy, or it was moved"
    ),
    Mismatch.FILE: _(
        "nothing leaves from here: an older copy was put in the ledger’s place ({location}), and"
        " does not know what left since"
    ),
    Mismatch.TIMELINE: _(
        "nothing leaves from here: the server of the ledger ({location}) was recovered, or a standby"
        " was promoted, and it may not know what left last"
    ),
}
_AFTER_PROMOTION = _(
    "See that the former server stays off, then say so; where the standby was synchronous, also that"
    " nothing was sent since."
)
