"""Chains the lines of the journal by hashes, and finds the first line that was changed.

The form of what is hashed never changes: every line that was ever written would look forged.
"""

from __future__ import annotations

import json
import re
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

from mailer.model.journal.chain import Anchor, BrokenBy, BrokenLine, Verified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.model.journal.chain import ChainedLine
    from mailer.model.journal.line import JournalEntry

BEGINNING = Anchor(0, "")
"""The end of an empty journal."""

_ANCHOR = re.compile(r"(?<![0-9a-f])([0-9]{1,15}):([0-9a-f]{64})(?![0-9a-f])")


def hash_of_words(entry: JournalEntry, salt: str) -> str:
    """Return the hash of what may name somebody.

    Without the salt nobody can try names and addresses against it, so that it may stay when the
    words are erased.
    """
    return _hash("words", salt, entry.name, entry.subject, entry.detail)


def hash_of_line(entry: JournalEntry, *, words_hash: str, rewritten: str, previous: str) -> str:
    """Return the hash of a line: of the one before, and of all in it that is never erased."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")  # as both databases store it
    return _hash(
        *("line", previous, entry.id, at, entry.person, entry.via, entry.action),
        *(words_hash, rewritten),
    )


def anchors_in(text: str) -> list[Anchor]:
    """Return every anchor (`1234:` and 64 hexadecimal digits) in a text: a report, a status."""
    return [Anchor(int(count), last) for count, last in _ANCHOR.findall(text)]


def verify(
    lines: Iterable[ChainedLine],
    *,
    rewritten: Mapping[int, str],
    anchors: Iterable[Anchor] = (),
) -> Verified:
    """Walk through all lines in order, and stop at the first that is not as it was written.

    `rewritten` has the hashes of the words that erasures left, by the number of the line, the
    last erasure of each. Every anchor is compared with the line that it names.
    """
    named = _by_line(anchors)
    end, broken, restores = BEGINNING, None, []
    for line in lines:
        broken = _broken(line, after=end, words_hash=rewritten.get(line.entry.id, line.words_hash))
        here = Anchor(line.entry.id, line.hash)
        restores += [line.entry] * (broken is None and line.entry.action == "restore")
        if broken is None and named.get(here.count, {here}) != {here}:
            broken = BrokenLine(here.count, BrokenBy.REWRITTEN, line.entry)
        if broken is not None:
            break
        end = here
    else:
        if max(named, default=0) > end.count:
            broken = BrokenLine(end.count + 1, BrokenBy.CUT)
    return Verified(end, broken, sum(map(len, named.values())), tuple(restores))


def _by_line(anchors: Iterable[Anchor]) -> dict[int, set[Anchor]]:
    named: dict[int, set[Anchor]] = {}
    for anchor in anchors:
        named.setdefault(anchor.count, set()).add(anchor)
    return named


def _broken(line: ChainedLine, *, after: Anchor, words_hash: str) -> BrokenLine | None:
    """Return how a line differs from the one that was written, or None."""
    entry, number = line.entry, after.count + 1
    if entry.id > number:
        return BrokenLine(number, BrokenBy.MISSING)
    whole = hash_of_line(
        entry, words_hash=line.words_hash, rewritten=line.rewritten, previous=line.previous
    )
    if whole != line.hash:
        return BrokenLine(entry.id, BrokenBy.CHANGED, entry)
    if line.previous != after.hash or entry.id != number:
        return BrokenLine(entry.id, BrokenBy.ORDER, entry)
    if hash_of_words(entry, line.salt) != words_hash:
        return BrokenLine(entry.id, BrokenBy.WORDS, entry)
    return None


def _hash(*parts: object) -> str:
    """Return the SHA-256 of some texts, which no other texts have in common."""
    whole = json.dumps([str(part) for part in parts], separators=(",", ":"))
    return sha256(whole.encode("ascii")).hexdigest()
