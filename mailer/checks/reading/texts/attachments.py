"""Find where a text says that a file travels with the mail."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import BLANK
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sections import statements
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.render.markdown.press_blocks.words import folded

_ATTACHED = RarePattern(
    in_any_language(lambda phrases: phrases.attached), flags=re.IGNORECASE | re.MULTILINE
)
_THIS_MAIL = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.this_mail)}(?!\w)")
_NOT_SENT = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.not_sent)}(?!\w)")
_FILES = matches(in_any_language(lambda phrases: phrases.files))
_LISTED = re.compile(r"[^.;!?\n]{0,40}:")
_BEHIND = 600
"""In characters: how far behind the announcement the names of the files stand."""


class Announcement(NamedTuple):
    """Words that announce a file, where they stand, and the files that are told there."""

    words: str
    start: int
    end: int
    block: str
    is_list: bool

    @property
    def files(self) -> frozenset[str]:
        """The kinds of files that it names, without the sign of the plural."""
        return frozenset(folded(it).rstrip("s") for it in _FILES.findall(self.block))


@lru_cache(maxsize=256)  # two checks look at the same texts
def announcements(text: str) -> tuple[Announcement, ...]:
    """Return what a text says to be attached, once for each sentence: by the words for it, or as a
    file that comes with this mail.
    """
    said = without_quotations(text)
    spans = {found.span() for found in _ATTACHED.finditer(said)}
    for it in statements(said):
        mail = _THIS_MAIL.search(it.words)
        is_file = mail and BLANK not in it.words and _FILES.search(it.words)
        if mail and is_file and not _NOT_SENT.search(it.words):
            spans.add((it.start, it.start + mail.end()))
    kept: list[Announcement] = []
    for start, end in sorted(spans):
        if not kept or "\n" in text[kept[-1].end : start].strip(" "):
            kept.append(_announcement(text, start, end))
    return tuple(kept)


def _announcement(text: str, start: int, end: int) -> Announcement:
    line = text.rfind("\n", 0, start + 1) + 1
    block = text[line : end + _BEHIND].lstrip("\n").partition("\n\n")[0]
    return Announcement(
        text[start:end], start, end, block, _LISTED.match(text, max(line, start)) is not None
    )
