"""Reads `:::` lines in Markdown: as a box of facts, a section in a language, or another block.

A block of a press document becomes `block_open`, an inline token for each of its values, whose
`meta` says which it is, and `block_close`. So links, images and marks in values are found by
the readers of inline tokens; `values` puts them together again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from mailer.render.markdown.press_blocks.kinds import (
    BY_NAME,
    FACTS,
    LANGUAGE,
    PASSAGE,
    ValueKind,
)
from mailer.render.markdown.press_blocks.lines import SourceLine
from mailer.render.markdown.press_blocks.reading import (
    BlockFault,
    BlockValue,
    read_block,
)
from mailer.render.markdown.press_blocks.words import (
    language_code,
    nearest_block,
    opening_of,
)
from mailer.wording import FactKey, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from mailer.render.markdown.press_blocks.reading import PressBlock
    from mailer.render.markdown.press_blocks.words import Opening

_SENTINEL = re.compile(r"zq[0-9a-f]+-\d{4,}-qz")
_UNITS = re.compile(
    r"(?<=\d) (?=(?:[ap]\.?m\b|noon|h\b|min\b|s\b|%|€|\$|[kMGT]?[Bo]\b|kB\b|[kcm]?m[²³]?\b|[kmµ]?g\b|"
    r"px\b|ha\b|°C|kWh\b|MW\b|(?:million|billion|thousand)s?\b|\d{3}\b))"
)
_HYPHEN_MINUS = re.compile(r"(?<![\w.,])-(?=\d)")
NBSP = "\u00a0"
_NAMES = ("title", "title_of_work", "name", "speaker")
"""The keys that say what an entry is about."""


class PlacedFault(NamedTuple):
    """A fault of a block, with the words of its line, by which its author's line is found."""

    fault: BlockFault
    words: str


def add_block_rule(parser: MarkdownIt) -> None:
    """Add the rule for `:::` lines to `parser`."""
    parser.block.ruler.before(
        "fence", "press_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    opening = None if state.is_code_block(start) else opening_of(_line(state, start))
    if opening is None:
        return False
    if silent:
        return True
    is_passage = opening.name == PASSAGE
    last, is_closed = (_end_of_passage if is_passage else _last_line)(state, start, end)
    state.line = last + is_closed
    if not is_closed:
        _push_fault(
            state,
            start,
            BlockFault(
                start,
                _("the block “{name}” is never closed", name=opening.typed.split()[0]),
                _("Write ::: on a line of its own where it ends."),
            ),
        )
    elif not opening.name:
        _push_fault(
            state,
            start,
            BlockFault(
                start,
                _("there is no block “{name}”", name=opening.typed),
                nearest_block(opening.typed),
            ),
        )
    elif opening.name == FACTS:
        _push_facts(state, opening.title, start, last)
    elif opening.name == LANGUAGE:
        _push_section(state, opening, start, last)
    elif is_passage:
        _push_passage(state, opening, start, last)
    else:
        _push_block(state, opening, start, last)
    return True


def _last_line(state: StateBlock, start: int, end: int) -> tuple[int, bool]:
    """Return the line that closes a block, or else the next block or the end, and which it is."""
    for n in range(start + 1, end):
        line = _line(state, n)
        if line.startswith(":::"):
            if not line.strip(":"):
                return n, True
            if opening_of(line):
                return n, False
    return end, False


def _end_of_passage(state: StateBlock, start: int, end: int) -> tuple[int, bool]:
    """Return the line that closes a passage, in which other blocks may stand, or else the end."""
    depth = 1
    for n in range(start + 1, end):
        line = _line(state, n)
        if line.startswith(":::"):
            depth += 1 if opening_of(line) else -1 if not line.strip(":") else 0
        if not depth:
            return n, True
    return end, False


def _line(state: StateBlock, n: int) -> str:
    return state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]].strip()


def _push_block(state: StateBlock, opening: Opening, start: int, last: int) -> None:
    lines = (
        SourceLine(n, _line(state, n), state.sCount[n] > state.blkIndent)
        for n in range(start + 1, last)
    )
    block = read_block(BY_NAME[opening.name], title=opening.title, line=start, lines=lines)
    token = state.push("block_open", "div", 1)
    token.meta = {"block": block}
    token.map = [start, last]
    for fault in block.faults:
        _push_fault(state, fault.line, fault)
    for value, entry in _values(block):
        _push_value(state, block, value, entry)
    state.push("block_close", "div", -1)


def _values(block: PressBlock) -> Iterator[tuple[BlockValue, int]]:
    """Yield the values of a block, each with the number of its entry, or -1."""
    if block.title:
        yield BlockValue("title_of_block", block.title, block.line), -1
    for number, entry in enumerate((block.whole, *block.entries), -1):
        for value in (*entry.values.values(), *entry.text):
            yield value, number
        for row in entry.rows:
            yield BlockValue("row_label", row.label, row.line), number
            yield row, number


def _push_value(state: StateBlock, block: PressBlock, value: BlockValue, entry: int) -> None:
    token = state.push("inline", "", 0)
    token.map = [value.line, value.line + 1]
    token.meta = {"key": value.key, "entry": entry}
    token.children = []
    own = value.key in {"title_of_block", "text", "row_label", "row"}
    kind = ValueKind.TEXT if own else block.kind.key(value.key).kind
    if kind is ValueKind.PICTURE:
        token.children = [_image(state, value, _described(block, value, entry))]
    elif kind in {ValueKind.LINK, ValueKind.DOI}:
        words = value.text if kind is ValueKind.DOI else _name_of(block, entry) or value.target
        token.children = _link(state, value.target, words)
    else:
        together = kind is ValueKind.TOGETHER
        token.content = _kept_together(value.text, is_short=together)


def _kept_together(text: str, *, is_short: bool) -> str:
    """Return a text in which numbers stay with their units, and a short one stays whole."""
    if is_short:
        return _HYPHEN_MINUS.sub("−", text).replace(" ", NBSP)
    return _UNITS.sub(NBSP, text)


def _name_of(block: PressBlock, entry: int) -> str:
    """Return the words that name an entry or a block, for its links and pictures."""
    values = block.entries[entry].values if entry >= 0 else block.whole.values
    named = next((values[key].text for key in _NAMES if key in values), "")
    return named or (block.title if entry < 0 else "")


def _described(block: PressBlock, value: BlockValue, entry: int) -> str:
    """Return the alternative text of a picture: what was written, or what it belongs to."""
    return value.text or _name_of(block, entry)


def _image(state: StateBlock, value: BlockValue, description: str) -> Token:
    description = unescapeAll(description)
    image = Token("image", "img", 0, content=description)
    image.attrs = {"src": state.md.normalizeLink(value.target), "alt": ""}
    image.children = [Token("text", "", 0, content=description)]
    return image


def _link(state: StateBlock, target: str, words: str) -> list[Token]:
    opening = Token("link_open", "a", 1)
    href = state.md.normalizeLink(target)
    opening.attrs = {"href": href if state.md.validateLink(href) else ""}
    return [opening, Token("text", "", 0, content=unescapeAll(words)), Token("link_close", "a", -1)]


def _push_section(state: StateBlock, opening: Opening, start: int, last: int) -> None:
    """Push a section in another language, whose content is Markdown."""
    name, _blank, title = opening.title.partition(" ")
    code = language_code(name)
    if not code:
        _push_fault(
            state,
            start,
            BlockFault(
                start,
                _("“{name}” is no language that we know", name=name),
                _("Write its code, such as “::: langue en”."),
            ),
        )
        return
    token = state.push("section_open", "div", 1)
    token.attrs = {"class": "section", "id": f"lang-{code}", "lang": code, "dir": "ltr"}
    token.map = [start, last]
    if title.strip():
        _heading(state, title.strip(), start)
    after, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax = after
    state.push("section_close", "div", -1)
    state.line = last + 1


def _push_passage(state: StateBlock, opening: Opening, start: int, last: int) -> None:
    """Push what stands in a passage as if its two lines were not there, between two marks."""
    if not opening.title:
        _push_fault(
            state,
            start,
            BlockFault(
                start,
                _("the passage does not say whose it is"),
                _(
                    "Write the partner’s name behind it, as it stands in {list}.",
                    list=FactKey("partners"),
                ),
            ),
        )
        return
    begins = state.push("passage_begins", "", 0)
    begins.meta = {"partner": opening.title}
    begins.map = [start, last]
    after, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax = after
    state.push("passage_ends", "", 0)
    state.line = last + 1


def _push_fault(state: StateBlock, line: int, fault: BlockFault) -> None:
    wrong = state.push("block_fault", "", 0)
    wrong.meta = {"fault": PlacedFault(fault, _line(state, line))}
    wrong.map = [line, line + 1]


def _push_facts(state: StateBlock, title: str, start: int, last: int) -> None:
    if title:
        _heading(state, title, start)
    table = state.push("facts_open", "table", 1)
    table.attrSet("class", "facts")
    table.map = [start, last]
    for number, line in _facts(state, start + 1, last):
        _push_row(state, number, line)
    state.push("facts_close", "table", -1)


def _facts(state: StateBlock, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the rows with their line numbers; an indented line continues the row above it."""
    facts: list[tuple[int, str]] = []
    for n in range(start, end):
        line = _line(state, n)
        if line and state.sCount[n] > state.blkIndent and facts:
            facts[-1] = (facts[-1][0], f"{facts[-1][1]} {line}")
        elif line:
            facts.append((n, line))
    return iter(facts)


def _heading(state: StateBlock, title: str, line: int) -> None:
    state.push("heading_open", "h2", 1)
    _inline(state, title, line)
    state.push("heading_close", "h2", -1)


def _push_row(state: StateBlock, number: int, line: str) -> None:
    if _SENTINEL.fullmatch(line):
        block = state.push("deferred", "", 0)
        block.content = line
        return
    name, colon, words = line.partition(":")
    if not (colon and name.strip()) or words.lstrip() == words != "":
        what = _("“{line}” is no fact", line=line)
        fault = BlockFault(number, what, _("Write “Label: value” on one line."))
        _push_fault(state, number, fault)
        return
    state.push("fact_open", "tr", 1)
    label = state.push("fact_label_open", "th", 1)
    label.attrSet("scope", "row")
    _inline(state, name.strip(), number)
    state.push("fact_label_close", "th", -1)
    state.push("fact_value_open", "td", 1)
    _inline(state, words.strip(), number)
    state.push("fact_value_close", "td", -1)
    state.push("fact_close", "tr", -1)


def _inline(state: StateBlock, text: str, line: int) -> None:
    inline = state.push("inline", "", 0)
    inline.content = text
    inline.map = [line, line + 1]
    inline.children = []
