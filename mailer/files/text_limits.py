"""The limits within which a text is read: beyond them nobody wrote it as a text for people."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SIGNS = 100_000
"""Fifty pages, and as many bytes as a file of a campaign may have."""
MOST_IN_PARAGRAPH = 20_000
MOST_IN_WORD = 2_000
"""Longer than any address that a browser opens."""
MOST_QUOTED = 10
MOST_IMAGES = 200
"""The Markdown parser needs time quadratic in the number of `![`."""

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_WORD = re.compile(rf"\S{{{MOST_IN_WORD + 1},}}")
_QUOTED = re.compile(rf"^(?:[ \t]*>){{{MOST_QUOTED + 1},}}", re.MULTILINE)


def beyond_limits(text: str, file: str, *, first_line: int = 1) -> list[Problem]:
    """Return why a text is not read any further, the first of each kind; empty for a good one.

    The text begins on `first_line` of its file. Takes time that grows with its length alone.
    """
    return [
        first
        for problems in (
            _counted(text, file),
            _long_paragraphs(text, file, first_line),
            _long_words(text, file, first_line),
            _nested(text, file, first_line),
        )
        for first in islice(problems, 1)
    ]


def _long_paragraphs(text: str, file: str, first_line: int) -> Iterator[Problem]:
    for paragraph in _PARAGRAPH.finditer(text):
        if paragraph.end() - paragraph.start() > MOST_IN_PARAGRAPH:
            yield Problem(
                Place(file, text.count("\n", 0, paragraph.start()) + first_line),
                _("a paragraph has more than {most} signs", most=MOST_IN_PARAGRAPH),
                _("Divide it by empty lines, or look for words repeated by mistake."),
            )


def _long_words(text: str, file: str, first_line: int) -> Iterator[Problem]:
    for word in _WORD.finditer(text):
        yield Problem(
            Place(file, text.count("\n", 0, word.start()) + first_line),
            _("a word has more than {most} signs", most=MOST_IN_WORD),
            _("Look for something that was pasted by mistake, and remove it."),
        )


def _nested(text: str, file: str, first_line: int) -> Iterator[Problem]:
    for quoted in _QUOTED.finditer(text):
        yield Problem(
            Place(file, text.count("\n", 0, quoted.start()) + first_line),
            _("quotations are nested more than {most} deep", most=MOST_QUOTED),
            _("Remove “>” at the beginning of the line."),
        )


def _counted(text: str, file: str) -> Iterator[Problem]:
    if len(text) > MOST_SIGNS:
        yield Problem(
            Place(file),
            _("The text has {count} signs; its limit is {most}.", count=len(text), most=MOST_SIGNS),
            _("Shorten it, and attach the rest as a file."),
        )
    images = text.count("![")
    if images > MOST_IMAGES:
        yield Problem(
            Place(file),
            _(
                "The text shows {count} images; its limit is {most}.",
                count=images,
                most=MOST_IMAGES,
            ),
            _("Remove some, or look for “![” written many times by mistake."),
        )
