"""Reads what an author typed or pasted as the Markdown that was meant.

The result has the same lines as the text, so that a place in it is a place in the author's file.
Everything that is read otherwise than Markdown would read it, and changes what readers see, is a
`Change`, which a check shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.render.jinja_expressions import PATTERN as JINJA
from mailer.render.link_targets import completed, opens
from mailer.render.markdown.line_breaks import lines_that_break
from mailer.render.markdown.line_signs import amounts_in_lists, comparisons, signs_to_keep
from mailer.render.markdown.pasted_lists import pasted_items
from mailer.render.markdown.press_blocks.kinds import BY_NAME
from mailer.render.markdown.press_blocks.lines import split_label
from mailer.render.markdown.press_blocks.words import is_picture_line, opening_of
from mailer.render.markdown.typed_lines import (
    TAG,
    VALUE,
    LineKind,
    typed_lines,
    unclosed_fences,
)
from mailer.render.markdown.typed_links import targets_in_brackets

if TYPE_CHECKING:
    from mailer.render.markdown.press_blocks.kinds import BlockKind
    from mailer.render.markdown.typed_lines import TypedLine

_HIDDEN = re.compile(rf"(?P<jinja>{JINJA})|(?<!`)`[^`\n]+`(?!`)|[{VALUE}{TAG}]", re.DOTALL)
_SHOWN = re.compile(f"[{VALUE}{TAG}]")
_REFERENCE = re.compile(r"(?m)^(?P<start>[ \t]{0,3})(?P<label>\[[^\]\n]+\]):[ \t]*(?P<target>\S*)")
_IMAGE = re.compile(r"(?i)\.(?:png|jpe?g|gif)\Z")
_RULE = re.compile(r"[ \t]*(?P<sign>-{2,}|={2,})[ \t]*")


class LineReading(StrEnum):
    """How a line was read."""

    LIST = "list"
    TARGET = "target"
    ITEM = "item"
    MINUS = "minus"
    COMPARISON = "comparison"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Change:
    """A line, counted from 0, that is read otherwise than it was typed."""

    line: int
    reading: LineReading
    typed: str
    right: str


@dataclass(frozen=True, slots=True)
class TypedText:
    """The Markdown that was meant, and what was changed to get it."""

    markdown: str
    changes: tuple[Change, ...]


@lru_cache(maxsize=256)  # a preview and the checks read the same texts at every save
def read_typed(text: str) -> TypedText:
    """Return the Markdown that `text` means, line by line."""
    hidden: list[str] = []
    reader = _Reader(_HIDDEN.sub(lambda found: _hide(found, hidden), text), text)
    reader.read()
    characters = iter("".join(hidden))
    restored = _SHOWN.sub(lambda _found: next(characters), "\n".join(reader.lines))
    return TypedText(restored, tuple(sorted(reader.changes, key=lambda change: change.line)))


def _hide(found: re.Match[str], hidden: list[str]) -> str:
    hidden.append(found[0].replace("\n", ""))
    is_tag = found["jinja"] and not found["jinja"].startswith("{{")
    return re.sub(r"[^\n]", TAG if is_tag else VALUE, found[0])


class _Reader:
    """The lines of one text, and the changes so far. Each step changes lines, never their number."""

    def __init__(self, text: str, original: str) -> None:
        self.lines = text.split("\n")
        self.original = original.split("\n")
        self.changes: list[Change] = []
        self._typed: tuple[list[str], list[TypedLine]] = ([], [])

    def _typed_lines(self) -> list[TypedLine]:
        """Return the kinds of the lines; most steps change none."""
        if self._typed[0] != self.lines:
            self._typed = [*self.lines], typed_lines(self.lines)
        return self._typed[1]

    def read(self) -> None:
        self._block_pictures()
        self._targets()
        self._references()
        self._fences()
        self._comparisons()
        self._rules()
        self._signs()
        self._pasted_lists()
        self._breaks()

    def _block_pictures(self) -> None:
        """Write the pictures of blocks as images, so that no typography changes their names."""
        kind: BlockKind | None = None
        for n, line in enumerate(self.lines):
            words = line.strip()
            if words.startswith(":::"):
                opening = opening_of(words)
                kind = BY_NAME.get(opening.name) if opening else None
            elif kind and is_picture_line(kind, split_label(words)[0]):
                value = split_label(words)[1]
                if value and VALUE not in value and not re.search(r"[<>\[\]]|://", value):
                    self.lines[n] = f"{line[: line.rindex(value)]}![](<{value}>)"

    def _targets(self) -> None:
        """Put the targets that have blanks between < and >."""
        text = "\n".join(self.lines)
        pieces, end = [], 0
        for start, stop, corrected in targets_in_brackets(text):
            pieces += [text[end:start], corrected]
            end = stop
            if VALUE not in corrected:
                line, typed = text.count("\n", 0, start), text[start:stop].strip()
                self.changes.append(Change(line, LineReading.TARGET, typed, corrected))
        self.lines = "".join([*pieces, text[end:]]).split("\n")

    def _references(self) -> None:
        """Escape `[Note]: text`, which would vanish as the definition of a link."""

        def escaped(found: re.Match[str]) -> str:
            target = found["target"].strip("<>")
            is_target = VALUE in target or _IMAGE.search(target) or opens(completed(target))
            if is_target and not found["label"].startswith("[^"):
                return found[0]
            return f"{found['start']}\\{found[0].lstrip()}"

        self.lines = [_REFERENCE.sub(escaped, line) for line in self.lines]

    def _fences(self) -> None:
        """Escape a line of ``` or ~~~ that would turn the rest of the text into code."""
        for n in unclosed_fences(self.lines):
            self.lines[n] = re.sub(r"([`~])", r"\\\1", self.lines[n])

    def _comparisons(self) -> None:
        for n in comparisons(self.lines):
            self._note(n, LineReading.COMPARISON)
            self.lines[n] = self.lines[n].replace(">", "\\>", 1)

    def _rules(self) -> None:
        """Draw a line where `---` stands below a sentence, which would become a heading."""
        for n, line in enumerate(self.lines[1:], 1):
            rule = _RULE.fullmatch(line)
            above = self.lines[n - 1].strip()
            if not rule or not above or above.startswith(("#", "|", ">", ":::")) or "|" in line:
                continue
            is_paragraph = n > 1 and bool(self.lines[n - 2].strip())
            if rule["sign"] == "--":
                self.lines[n] = line.replace("--", "\\--")
            elif is_paragraph or re.search(r"[.!?;,…]\W*\Z", above):
                self.lines[n] = "***"
                self._note(n, LineReading.RULE)

    def _pasted_lists(self) -> None:
        for n, item in pasted_items(self._typed_lines()).items():
            self.lines[n] = item
            is_empty = re.fullmatch(r"[ \t>]*-\s*", item)
            if is_empty and n + 1 < len(self.lines) and self.lines[n + 1].strip():
                # The bullet stands on a line of its own, above its words.
                self.lines[n], self.lines[n + 1] = "", item + self.lines[n + 1].strip()
            self._note(n, LineReading.LIST, item.strip())

    def _signs(self) -> None:
        for n in signs_to_keep(lines := self._typed_lines(), "\n".join(self.lines)):
            line = lines[n]
            sign = re.match(r"\d*", line.body)
            at = sign.end() if sign else 0
            if line.body.startswith("-"):
                self._note(n, LineReading.MINUS)
            self.lines[n] = f"{line.prefix}{line.body[:at]}\\{line.body[at:]}"

        for n in amounts_in_lists(self._typed_lines()):
            self._note(n, LineReading.ITEM)

    def _breaks(self) -> None:
        lines = self._typed_lines()
        for n in lines_that_break(lines):
            if lines[n].kind is LineKind.TEXT and not self.lines[n].endswith("\\"):
                self.lines[n] = f"{self.lines[n].rstrip()}  "

    def _note(self, line: int, reading: LineReading, right: str = "") -> None:
        self.changes.append(Change(line, reading, self.original[line].strip(), right))
