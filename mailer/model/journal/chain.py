"""The chain of the journal: what each line carries, an anchor outside it, and what is broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.journal.line import JournalEntry


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many lines the journal had, and the hash of the last: written down outside the ledger.

    Whoever can change the ledger can cut the last lines off, or hash all of them again. Compared
    with an anchor that lies elsewhere, both show.
    """

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"


@dataclass(frozen=True, slots=True)
class ChainedLine:
    """A line of the journal as it is stored.

    `words_hash` is the hash of its words (who, about what, the detail) with the random `salt`. The
    erasure of a person replaces the words and the salt of the lines that name them; the line of
    the erasure has the hashes of the new words (`rewritten`), each after the number of its line.
    """

    entry: JournalEntry
    salt: str
    words_hash: str
    rewritten: str
    previous: str
    hash: str


class BrokenBy(StrEnum):
    """How the journal differs from the one that was written."""

    MISSING = "line-missing"
    CHANGED = "line-changed"
    WORDS = "words-changed"
    ORDER = "line-out-of-place"
    CUT = "tail-cut"
    REWRITTEN = "chain-rewritten"


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """The first line that is not as it was written."""

    number: int
    by: BrokenBy
    entry: JournalEntry | None = None
    """What the line says now; None when it is not there."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk through the journal found. `end` is its last line as far as it is whole."""

    end: Anchor
    broken: BrokenLine | None = None
    anchors: int = 0
    """How many anchors it was compared with."""
    restores: tuple[JournalEntry, ...] = ()
    """The restores of a backup: the lines that were written after the backup are not there."""
