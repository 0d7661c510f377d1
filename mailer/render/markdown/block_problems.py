"""What is wrong in the blocks of a text, each with its line in the author's file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, nearest
from mailer.render.markdown.press_blocks.organisations import organisation_of
from mailer.render.markdown.press_blocks.reading import BlockFault
from mailer.render.markdown.press_blocks.rule import PlacedFault
from mailer.wording import _, to_administrator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.campaign import Content
    from mailer.model.campaigns.template import Organisation
    from mailer.render.markdown.document import Document


def block_problems(
    document: Document, content: Content, *, organisations: tuple[Organisation, ...]
) -> list[Problem]:
    """Return a problem for each fault of a block."""
    found = [
        *(token.meta["fault"] for token in document.tokens if token.type == "block_fault"),
        *_unknown_organisations(document, organisations),
    ]
    lines = _AuthorsLines(document.source, content) if found else None
    return [
        Problem(lines.place(each.fault.line, each.words), each.fault.what, each.fault.remedy)
        for each in found
        if lines
    ]


def _unknown_organisations(
    document: Document, organisations: tuple[Organisation, ...]
) -> Iterator[PlacedFault]:
    known = [each.name for each in organisations]
    for token in document.tokens:
        block = token.meta.get("block")
        for entry in block.entries if block and block.kind.name == "about" else ():
            name = entry.values["name"].text if "name" in entry.values else ""
            if name and not organisation_of(name, organisations):
                what = _("nothing is written about the organisation “{name}”", name=name)
                remedy = nearest(name, known) if known else _ADD
                yield PlacedFault(BlockFault(entry.line, what, remedy), f"- {name}")


_ADD = to_administrator(
    _("Write it once in organisations.toml, under [[organisations]], with name and about.")
)


class _AuthorsLines:
    """Finds the line of the author's text that a line of the rendered Markdown comes from.

    They have the same numbers, unless a condition or loop of the text took or made lines: then
    a line is found by its letters, and the place among those that have the same.
    """

    def __init__(self, rendered: str, content: Content) -> None:
        self._content = content
        self._rendered = [_letters(line) for line in rendered.split("\n")]
        self._written: dict[str, list[int]] = {}
        written = content.text.split("\n")
        for n, line in enumerate(written):
            self._written.setdefault(_letters(line), []).append(n)
        self._are_equal = len(written) == len(self._rendered)

    def place(self, line: int, words: str) -> Place:
        first = self._content.line
        if self._are_equal:
            return Place(self._content.file, first + line)
        letters = _letters(words)
        count = self._rendered[:line].count(letters)
        known = self._written.get(letters, [0])
        return Place(self._content.file, first + known[min(count, len(known) - 1)])


def _letters(line: str) -> str:
    return re.sub(r"\W+", "", line)
