"""The history of a campaign's files: revisions, texts that are not saved yet, and conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.team.actor import Via

NOTHING = 0
"""The number of the state before the first revision, in which a campaign has no files."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a campaign's files. The revisions of a campaign are numbered from 1, without
    gaps, and each follows the one before it.

    `files` gives the SHA-256 (hex) of each file by its path in the folder. `name` is what the
    person was called then. `via` is PROGRAM when somebody changed the folder outside the program.
    `restores` is the number of the revision whose content was taken back, or 0.
    """

    campaign: str
    number: int
    person: str
    name: str
    via: Via
    at: datetime
    files: Mapping[str, str] = field(hash=False)
    why: str = ""
    restores: int = NOTHING

    @property
    def parent(self) -> int:
        """Return the number of the revision before this one; 0 for the first."""
        return self.number - 1


@dataclass(frozen=True, slots=True)
class TextFields:
    """The text of a step as a form shows it, with LF line ends.

    A front matter that cannot be read is a part of the body, where it can be corrected.
    """

    body: str
    subject: str = ""
    preheader: str = ""


@dataclass(frozen=True, slots=True)
class Scratch:
    """A text that somebody is writing and has not saved. Nobody else sees its content.

    `tab` is the browser tab, so that two tabs of one person do not overwrite each other. `base`
    is the number of the revision that the writing began with.
    """

    person: str
    name: str
    tab: str
    campaign: str
    path: str
    base: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConflictingFile:
    """One file that two people have changed since `base`. None: the file is not there."""

    path: str
    mine: bytes | None
    theirs: bytes | None
    base: bytes | None


@dataclass(frozen=True, slots=True)
class EditConflict:
    """A save that was refused, because somebody else has changed the same files meanwhile.

    Nothing was written. `head` is the newest revision; `by` is the newest one that changed one
    of these files, and says who and when.
    """

    head: Revision
    by: Revision
    files: tuple[ConflictingFile, ...]
