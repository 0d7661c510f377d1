"""A document as lines: what each says without marks, and whether it is a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mailer.operations.campaigns.writing.recognising.words import is_label, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mailer.model.campaigns.proposals import CompetingWords, ProposedFact

_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^()\s>]*)>?[^()]*\)")
_MAILTO = re.compile(r"mailto:([\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?:\?|\Z)")
_SIGNS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|\\$|^\s*(?:[-•*]|\d+\.)\s+")
_ESCAPED = re.compile(r"\\(?=[*_#\[\]<>.+-])")
_HEADING = re.compile(r"(#{1,6})\s+")
_SENTENCE = re.compile(r"(?<=[\w\u00a0][\w\u00a0)»’”\"][.!?])\s+(?=[A-ZÀ-Ý«“])")
_SHORTEST = 3
"""How many words a sentence has at least: what stands behind `St.` or `Resp.` is none."""
_BAR = re.compile(r"[ \u00a0]+[|•·–—-][ \u00a0]+")
_EMPHASIS = re.compile(r"\A(?:\*\*|__)[^*]+(?:\*\*|__)\s*:?\s*\Z")


@dataclass(frozen=True)
class Line:
    """One line of the Markdown. `text` has neither signs nor the targets of links, but for the
    address of a mail to which words lead: `by mail (press@…)`.
    """

    number: int
    source: str
    text: str = field(init=False)

    def __post_init__(self) -> None:
        source = _ESCAPED.sub("", _HEADING.sub("", self.source.strip()))
        bare = _SIGNS.sub("", _LINK.sub(_shown, source))
        object.__setattr__(self, "text", bare.strip())

    @property
    def level(self) -> int:
        """Return the level of the heading; 0 for a line that is none."""
        found = _HEADING.match(self.source)
        return len(found[1]) if found else 0

    @property
    def is_heading(self) -> bool:
        """Return whether the line is a heading, or looks like one: bold and alone."""
        return bool(self.level or _EMPHASIS.match(self.source.strip()))

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Return the label and the target of each link."""
        return tuple((label.strip(), url) for label, url in _LINK.findall(self.source))


def _shown(link: re.Match[str]) -> str:
    """Return the words of a link, with the address of a mail that they do not say."""
    label, address = link[1], _MAILTO.match(link[2])
    return f"{label} ({address[1]})" if address and "@" not in label else label


def lines_of(markdown: str) -> tuple[Line, ...]:
    """Return the lines that say something."""
    every = (Line(number, source) for number, source in enumerate(markdown.split("\n")))
    return tuple(line for line in every if line.text)


def margin_lines(margins: Sequence[str], *, after: int) -> list[tuple[Line, ...]]:
    """Return the lines of each header and footer, numbered from `after` on, below the text.

    The label of a contact begins a line there also behind a dash or a bar.
    """
    found: list[tuple[Line, ...]] = []
    for margin in margins:
        pieces = [piece for line in margin.split("\n") for piece in _at_labels(line)]
        found.append(
            tuple(Line(after + n, piece) for n, piece in enumerate(pieces) if piece.strip())
        )
        after += len(pieces)
    return found


def _at_labels(line: str) -> Iterator[str]:
    start = 0
    for sign in _BAR.finditer(line):
        if label("contact").match(line, sign.end()):
            yield line[start : sign.start()]
            start = sign.end()
    yield line[start:]


def part_below(lines: tuple[Line, ...], at: int) -> tuple[Line, ...]:
    """Return the lines below `at` up to the next heading or label."""
    found = []
    for line in lines[at + 1 :]:
        if line.is_heading or is_label(line.text):
            break
        found.append(line)
    return tuple(found)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a line."""
    return _SENTENCE.split(text)


def first_sentence(text: str) -> tuple[str, str]:
    """Return a fact up to the end of its sentence, and the sentences behind it."""
    for end in _SENTENCE.finditer(text):
        behind = text[end.end() :]
        if len(behind.split()) >= _SHORTEST and behind.endswith((".", "!", "?", "…")):
            return text[: end.start()], behind
    return text, ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Facts of one subject, and what remains of the lines that said them, by their number."""

    facts: tuple[ProposedFact, ...] = ()
    remains: Mapping[int, str] = field(default_factory=dict)
    undecided: tuple[CompetingWords, ...] = ()


NOTHING = Recognised()


def without(lines: Iterable[Line]) -> dict[int, str]:
    """Return the lines as taken out as a whole."""
    return dict.fromkeys((line.number for line in lines), "")
