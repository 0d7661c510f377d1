"""Finds lists pasted from a word processor: bullets, dashes, letters and numbers as typed signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.render.markdown.typed_lines import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.render.markdown.typed_lines import TypedLine

_BLANKS = r"[ \t\u00a0\u2000-\u200b\u202f]"
# Word writes its bullets as signs of the Symbol and Wingdings fonts, in a private area of Unicode.
_BULLET = re.compile(rf"(?P<sign>[•◦▪▫●■‣⁃∙·❖\uf000-\uf0ff])\ufe0f?{_BLANKS}*(?P<words>.*)")
# The same signs pasted as letters of an ordinary font; a tabulator follows them.
_LETTER_BULLET = re.compile(r"(?P<sign>[o§üØvq*+–—-])\t[ \t]*(?P<words>.*)")
_SIGN = re.compile(rf"(?P<sign>[–—−‒―→⇒►▶▸➢➤➔✓✔✗✘☑○□☐◆◇★☆])\ufe0f?{_BLANKS}+(?P<words>\S.*)")
_LABELS = (
    re.compile(r"\(?(?P<roman>[ivx]{1,5})\)[ \t\u00a0]+(?P<words>\S.*)"),
    re.compile(r"\(?(?P<letter>[A-Za-z])\)[ \t\u00a0]+(?P<words>\S.*)"),
    re.compile(r"(?P<letter>[a-z])[./][ \t\u00a0]+(?P<words>\S.*)"),
    re.compile(
        r"(?:\((?P<bracketed>\d{1,2})\)|(?P<number>\d{1,2})(?:[°º]\)?|/|[ \u00a0]?[–—-]))"
        r"[ \t\u00a0]+(?P<words>\S.*)"
    ),
    re.compile(r"(?P<circled>[①-⑳])[ \t\u00a0]*(?P<words>\S.*)"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
AMOUNT = re.compile(
    r"[\d\ue002][\d \u00a0\u202f.,\ue002]*[ \u00a0\u202f]?"
    r"(?:%|‰|°|€|\$|£|[kM]€|(?:points?|pts?|euros?|degr[ée]s?|degrees?|percent|"
    r"[kcm]?m|[km]?g|[cm]?l|ha|t|[kMG]Wh?)\b)"
)
"""A number with its unit: a dash before it may be a minus sign."""


@dataclass(frozen=True, slots=True)
class _PastedItem:
    """A line that may be an item: its style (`–`, `letter`), its number, its words."""

    at: int
    style: str
    value: int
    words: str
    label: str = ""


def pasted_items(lines: Sequence[TypedLine]) -> dict[int, str]:
    """Return the lines that are items of a pasted list, as Markdown, by their numbers.

    A bullet is always one; a dash, an arrow, a letter or a number is when a second item follows.
    """
    found: dict[int, str] = {}
    for n, line in enumerate(lines):
        if line.kind is LineKind.TEXT and (item := _bullet(line, is_below=n - 1 in found)):
            found[n] = item
    for run in _runs(list(_candidates(lines, found)), lines):
        for candidate in run:
            found[candidate.at] = _item(lines[candidate.at], candidate)
    return found


def _bullet(line: TypedLine, *, is_below: bool) -> str:
    bullet = _BULLET.fullmatch(line.body) or _LETTER_BULLET.fullmatch(line.body)
    if not bullet:
        return ""
    # The second level of Word's lists has a hollow bullet, or the letter o.
    indent = "  " if is_below and bullet["sign"] in "o◦▫§" else ""
    return f"{_without_indent(line)}{indent}- {bullet['words'].strip()}"


def _item(line: TypedLine, candidate: _PastedItem) -> str:
    if candidate.style in {"letter", "LETTER", "roman"}:
        # `blocks` turns an item that begins with a letter into one of a list by letters.
        mark = "*" if candidate.style == "roman" else "+"
        return f"{_without_indent(line)}{mark} {candidate.label}) {candidate.words}"
    # Another sign than that of the bullets: Markdown begins another list where the sign changes.
    mark = f"{candidate.value}." if candidate.style == "number" else "*"
    return f"{_without_indent(line)}{mark} {candidate.words}"


def _without_indent(line: TypedLine) -> str:
    return re.sub(r"[ \t]+(?=$|\ue003)", "", line.prefix) + (" " if line.depth else "")


def _candidates(lines: Sequence[TypedLine], taken: dict[int, str]) -> Iterator[_PastedItem]:
    for n, line in enumerate(lines):
        if line.kind is not LineKind.TEXT or n in taken:
            continue
        if sign := _SIGN.fullmatch(line.body):
            yield _PastedItem(n, sign["sign"], 0, sign["words"])
            continue
        for pattern in _LABELS:
            if label := pattern.fullmatch(line.body):
                yield from _labelled(n, label)


def _labelled(n: int, found: re.Match[str]) -> Iterator[_PastedItem]:
    groups, words = found.groupdict(), found["words"]
    if roman := groups.get("roman"):
        if roman in _ROMAN:
            yield _PastedItem(n, "roman", _ROMAN.index(roman) + 1, words, roman)
    elif letter := groups.get("letter"):
        style = "letter" if letter.islower() else "LETTER"
        yield _PastedItem(n, style, ord(letter.lower()) - ord("a") + 1, words, letter)
    elif circled := groups.get("circled"):
        yield _PastedItem(n, "number", ord(circled) - ord("①") + 1, words)
    else:
        yield _PastedItem(n, "number", int(groups["bracketed"] or groups["number"]), words)


def _runs(
    candidates: Sequence[_PastedItem], lines: Sequence[TypedLine]
) -> Iterator[list[_PastedItem]]:
    """Yield the items of each list: at least two of one style, letters and numbers in sequence."""
    open_runs: dict[str, list[_PastedItem]] = {}
    finished: list[list[_PastedItem]] = []
    for candidate in candidates:
        run = open_runs.get(candidate.style)
        if run and _follows(run[-1], candidate, lines):
            run.append(candidate)
        elif candidate.value <= 1:
            open_runs[candidate.style] = [candidate]
            finished.append(open_runs[candidate.style])
        else:
            open_runs.pop(candidate.style, None)
    for run in finished:
        amounts = [AMOUNT.match(it.words) for it in run if it.style in "–—−‒―"]
        if len(run) > 1 and not (amounts and all(amounts)):
            yield run


def _follows(first: _PastedItem, second: _PastedItem, lines: Sequence[TypedLine]) -> bool:
    before, after = lines[first.at], lines[second.at]
    if second.value != first.value + (first.value > 0) or before.depth != after.depth:
        return False
    if before.block == after.block:
        return True
    # Dialogues have em dashes in paragraphs of their own; lists in French have en dashes.
    return after.block == before.block + 1 and after.is_first and first.style not in "—―"
