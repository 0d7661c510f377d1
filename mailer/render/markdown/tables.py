"""Makes the tables of a text readable at every width: nothing breaks inside a word or a number.

| in the text | becomes |
|---|---|
| a first column that names its rows | row headers |
| an empty cell of the header | an empty cell, because a header without words heads nothing |
| `- 68 %` in a cell | `−68 %`, which stays on one line, as hours and numbers with units do |
| a paragraph `Table 1. …` before or after the table | its caption |
| a table wider than a telephone | one that is shown there as records, with the header before each value |
| a table wider than the letter | records everywhere |
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markdown_it.token import Token

from mailer.languages.language import NBSP
from mailer.render.whole_names import is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

TELEPHONE_WIDTH, LETTER_WIDTH = 280, 520
"""CSS pixels that a screen of 320, and a sheet of 600, leave for a table."""
_LETTER_PX, _PADDING_PX = 8, 12
"""Of a bold letter of 15 pixels, and between two columns."""
_MAX_ROW_LINES = 2
"""A row of more columns than two that takes more lines on a telephone is a record there."""
_LONG_WORD = 24
"""Letters; longer ones are addresses, which may break."""
_LONGEST_QUANTITY = 24
_LONGEST_UNIT = 4
_LONGEST_SHORT = 6


@dataclass(frozen=True, slots=True)
class _CellOfText:
    """A cell with its opening token, its run of text, and its closing token."""

    opening: Token
    inline: Token
    closing: Token

    @property
    def text(self) -> str:
        return "".join(it.content for it in self.inline.children or ()).strip()

    @property
    def width(self) -> int:
        """CSS pixels below which a word, or a quantity, would break."""
        words = [self.text] if is_quantity(self.text) else re.split(r"[ \n]", self.text)
        pieces = [piece for it in words for piece in ([it] if is_whole(it) else it.split("-"))]
        longest = min(_LONG_WORD, max(map(len, pieces)))
        return longest * _LETTER_PX + _PADDING_PX


def with_readable_tables(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with each table, and the caption beside it, as mail programs need them."""
    found: list[Token] = []
    rest = _with_captions(tokens)
    start = 0
    for n, token in enumerate(rest):
        if token.type == "table_open":
            found += rest[start:n]
            start = n
        elif token.type == "table_close":
            found += _readable(rest[start : n + 1])
            start = n + 1
    return found + rest[start:]


def _readable(table: list[Token]) -> list[Token]:
    rows = _rows(table)
    for row in rows:
        for cell in row:
            cell.inline.children = [*map(whole_quantities, cell.inline.children or ())]
            _mark_cell(cell)
    _mark_headers(rows)
    columns = list(zip(*rows, strict=True))
    for _header, *values in columns:
        _mark_short_ones(values)
    widths = [max(cell.width for cell in column) for column in columns]
    if sum(widths) > LETTER_WIDTH:
        return _records(table, rows)
    if sum(widths) > TELEPHONE_WIDTH or _takes_many_lines(rows):
        _mark_records(table, rows)
    return table


def _rows(table: Sequence[Token]) -> list[list[_CellOfText]]:
    rows: list[list[_CellOfText]] = []
    for n, token in enumerate(table):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(_CellOfText(token, table[n + 1], table[n + 2]))
    return rows


def _takes_many_lines(rows: Sequence[Sequence[_CellOfText]]) -> bool:
    letters = max(sum(len(cell.text) for cell in row) for row in rows)
    return len(rows[0]) > 2 and letters * _LETTER_PX > _MAX_ROW_LINES * TELEPHONE_WIDTH


def _mark_cell(cell: _CellOfText) -> None:
    if is_quantity(cell.text):
        cell.opening.attrJoin("class", "whole")
    elif any(len(word) > _LONG_WORD for word in cell.text.split()):
        cell.opening.attrJoin("class", "long")


def _mark_short_ones(values: Sequence[_CellOfText]) -> None:
    """Keep `ns` or `n. d.` where the quantities of its column stand."""
    if any(is_quantity(cell.text) for cell in values):
        for cell in values:
            if not is_quantity(cell.text) and 0 < len(cell.text) <= _LONGEST_SHORT:
                cell.opening.attrJoin("class", "whole")


def _mark_headers(rows: Sequence[Sequence[_CellOfText]]) -> None:
    header, *body = rows
    for cell in header:
        if cell.text:
            cell.opening.attrSet("scope", "col")
        else:
            _rename(cell, "td")
    names = [row[0].text for row in body]
    if len(header) > 1 and all(names) and len({*names}) == len(names):
        for row in body:
            _rename(row[0], "th")
            row[0].opening.attrSet("scope", "row")
            row[0].opening.attrJoin("class", "named")


def _rename(cell: _CellOfText, tag: str) -> None:
    cell.opening.type, cell.opening.tag = f"{tag}_open", tag
    cell.closing.type, cell.closing.tag = f"{tag}_close", tag


_ROLES = {"table_open": "table", "thead_open": "rowgroup", "tbody_open": "rowgroup"} | {
    "tr_open": "row",
    "td_open": "cell",
}


def _mark_records(table: Sequence[Token], rows: Sequence[Sequence[_CellOfText]]) -> None:
    """Give each value its header, and each part its role, which a style may not take away."""
    table[0].attrJoin("class", "records")
    for token in table:
        if token.type in _ROLES:
            token.attrSet("role", _ROLES[token.type])
        elif token.type == "th_open":
            is_column = token.attrs.get("scope") == "col"
            token.attrSet("role", "columnheader" if is_column else "rowheader")
    header, *body = rows
    for row in body:
        for label, cell in zip(header, row, strict=True):
            if cell.text and cell.opening.tag == "td":
                cell.opening.meta = {"label": label.text}
            elif not cell.text:
                cell.opening.attrJoin("class", "void")


def _records(table: list[Token], rows: Sequence[Sequence[_CellOfText]]) -> list[Token]:
    """Return a table of two columns, header and value, with the rows one below the other."""
    opening = Token("records_open", "table", 1, level=table[0].level, block=True)
    opening.attrSet("class", "facts")
    opening.meta = {"table": table[1:-1]}
    header, *body = rows
    found = [opening]
    for row in body:
        for label, cell in zip(header, row, strict=True):
            if cell.text:
                found += _record_line(label, cell)
    return [*found, Token("records_close", "table", -1, level=table[0].level, block=True)]


def _record_line(label: _CellOfText, cell: _CellOfText) -> list[Token]:
    named, value = _inner("th"), _inner("td")
    named[0].attrSet("scope", "row")
    if "class" in cell.opening.attrs:
        value[0].attrSet("class", str(cell.opening.attrs["class"]).replace("named", "key"))
    row = _inner("tr")
    return [
        *(row[0], named[0], label.inline, named[1]),
        *(value[0], cell.inline, value[1], row[1]),
    ]


def _inner(tag: str) -> tuple[Token, Token]:
    """Return the two tokens of a part of a table; their level says that they are inside it."""
    return Token(f"{tag}_open", tag, 1, level=1), Token(f"{tag}_close", tag, -1, level=1)


# Quantities.

_MINUS_FIRST = re.compile(r"^\s*[-–‐‑−]\s*(?=\d)")
_MINUS = re.compile(r"(?<=[\s(])[-‐‑](?=\d)")
_UNITS = (
    "h|min|s|ms|km|cm|mm|m|kg|g|mg|µg|t|l|L|ml|mL|ha|kWh|MW|GW|%|‰|°C|€|k€|M€|Md€|[$]|£|CHF|Go|Mo|ko"
    "|GB|MB|kB|ans?|mois|jours?|years?|months?|days?|millions?|milliards?|billions?|am|pm|a[.]m[.]|p[.]m[.]"
)
_JOINED = re.compile(
    rf"(?<=\d)[ \n](?=(?:{_UNITS})(?![^\W\d_]))"  # 12 kg
    r"|(?<=\d)[ \n](?=\d{3}(?!\d))"  # 12 000
    r"|(?<=\dh)[ \n](?=\d\d)|(?<=\d[ \u00a0]h)[ \n](?=\d\d(?!\d))"  # 9 h 30
    r"|(?<=[€$£≈~<>≤≥±])[ \n](?=\d)"
)


def whole_quantities(token: Token) -> Token:
    """Return a run of text with true minus signs, and no number apart from its unit."""
    if token.type != "text":
        return token
    text = _MINUS.sub("−", _MINUS_FIRST.sub("−", token.content))
    return replace(token, content=_JOINED.sub(NBSP, text))


def is_quantity(text: str) -> bool:
    """Return whether a cell holds nothing but an hour, a number or a period: `de 9 h 30 à 17 h`."""
    words = re.findall(r"[^\W\d_]+", text)
    return (
        any(map(str.isdigit, text))
        and len(text) <= _LONGEST_QUANTITY
        and all(len(word) <= _LONGEST_UNIT or re.fullmatch(_UNITS, word) for word in words)
    )


# Captions.

_CAPTION = re.compile(r"Tab[a-z]{1,7}(?:\s*[.:–—]\s+(?P<words>\S.*)|\s+\d+\s*[.:–—]\s+\S.*)")
"""`Table: …`, whose word goes, and `Tableau 1. …`, which stays; also Tabelle, Tabella, Tabla."""


def _with_captions(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with the paragraph before or after a table moved into it, if it says so."""
    found: list[Token] = []
    n = 0
    while n < len(tokens):
        token = tokens[n]
        if token.type == "table_open" and _is_caption(found[-3:]):
            caption, found = found[-3:], found[:-3]
            found += [token, *_caption(caption)]
        elif token.type == "table_close" and _is_caption(tokens[n + 1 : n + 4]):
            opening = max(at for at, it in enumerate(found) if it.type == "table_open")
            found[opening + 1 : opening + 1] = _caption(tokens[n + 1 : n + 4])
            found.append(token)
            n += 3
        else:
            found.append(token)
        n += 1
    return found


def _is_caption(tokens: Sequence[Token]) -> bool:
    types = [token.type for token in tokens]
    return (
        types == ["paragraph_open", "inline", "paragraph_close"]
        and _CAPTION.fullmatch(tokens[1].content) is not None
    )


def _caption(tokens: Sequence[Token]) -> list[Token]:
    _opening, inline, _closing = tokens
    said = _CAPTION.fullmatch(inline.content)
    first = (inline.children or [])[0]
    if said and said["words"] and first.type == "text":
        content = re.sub(r"^Tab[a-z]{1,7}\s*[.:–—]\s+", "", first.content)
        inline = replace(inline, children=[replace(first, content=content), *inline.children[1:]])  # type: ignore[index]
    opening, closing = _inner("caption")
    return [opening, inline, closing]
