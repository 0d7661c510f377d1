"""Reads how a workbook shows its sheets, which openpyxl's fast reader does not tell.

What an office hides, strikes through or merges says something about its people. One pass over
the XML of each sheet finds it; the names are those of ECMA-376-1 §18.3.1.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

_CHUNK = 256 * 1024
_MAX_NOTED = 1_000_000
"""How many hidden rows, struck cells and the like are kept of a sheet at most."""

_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_FALSE = frozenset({"", "0", "false"})


class MergedCells(NamedTuple):
    """A range of merged cells, by row numbers from 1 and column indexes from 0; both ends count."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(slots=True)
class SheetView:
    """What a sheet hides, strikes through and merges, its formulas without a value, and the
    comments on the cells of each row and their colours.

    Rows are numbered from 1 and columns from 0; a cell is (row, column).
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    merged: list[MergedCells] = field(default_factory=list)
    comments: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    colours: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def read_sheet_views(archive: zipfile.ZipFile) -> Mapping[str, SheetView]:
    """Return the view of each sheet by its name. Sheets that cannot be found have none."""
    workbook = _workbook_part(archive)
    targets = {
        each.get("Id", ""): each.get("Target", "") for each in _parts(archive, _relations(workbook))
    }
    styles = posixpath.join(posixpath.dirname(workbook), "styles.xml")
    struck_styles, colours = _struck_styles(archive, styles), _coloured_styles(archive, styles)
    struck_texts = _struck_texts(
        archive, posixpath.join(posixpath.dirname(workbook), "sharedStrings.xml")
    )
    views = {}
    for sheet in _parts(archive, workbook):
        if _local(sheet.tag) != "sheet":
            continue
        target = targets.get(next((v for k, v in sheet.items() if _local(k) == "id"), ""), "")
        path = _resolved(workbook, target)
        if path in archive.namelist():
            view = _SheetReader(struck_styles, struck_texts, colours).read(archive, path)
            _add_comments(view, archive, path)
            views[sheet.get("name", "")] = view
    return views


def _workbook_part(archive: zipfile.ZipFile) -> str:
    for relation in _parts(archive, "_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _parts(archive: zipfile.ZipFile, path: str) -> Iterator[ET.Element]:
    """Yield all elements of a part; none when it does not exist."""
    if path in archive.namelist():
        # The document types of all parts were refused before.
        yield from ET.fromstring(archive.read(path)).iter()  # noqa: S314


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _is_true(value: str | None) -> bool:
    return value is not None and value.casefold() not in _FALSE


def _strikes(properties: ET.Element) -> bool:
    """Return whether a font or the properties of a run strike their text through."""
    return any(
        _local(each.tag) in {"strike", "dstrike"} and _is_true(each.get("val", "1"))
        for each in properties
    )


def _struck_styles(archive: zipfile.ZipFile, path: str) -> frozenset[str]:
    """Return the numbers of the cell styles whose font is struck through."""
    fonts: list[bool] = []
    styles: list[str] = []
    for element in _parts(archive, path):
        if _local(element.tag) == "fonts":
            fonts = [_strikes(font) for font in element]
        elif _local(element.tag) == "cellXfs":
            styles = [style.get("fontId", "0") for style in element]
    struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    return frozenset(str(number) for number, font in enumerate(styles) if font in struck)


def _coloured_styles(archive: zipfile.ZipFile, path: str) -> Mapping[str, frozenset[str]]:
    """Return the colours of each cell style that has any, of its fill and its font, by number."""
    found: dict[str, list[str]] = {"fonts": [], "fills": []}
    styles: list[ET.Element] = []
    for element in _parts(archive, path):
        if _local(element.tag) in found:
            found[_local(element.tag)] = [_colour(each) for each in element]
        elif _local(element.tag) == "cellXfs":
            styles = list(element)
    fonts, fills = (dict(enumerate(each)) for each in found.values())
    coloured = {}
    for number, style in enumerate(styles):
        both = (
            fonts.get(int(style.get("fontId", 0)), ""),
            fills.get(int(style.get("fillId", 0)), ""),
        )
        if colours := frozenset(both) - {""}:
            coloured[str(number)] = colours
    return coloured


def _colour(part: ET.Element) -> str:
    """Return the colour of a font or a solid fill; nothing for black, white and the automatic."""
    for each in part.iter():
        if _local(each.tag) == "patternFill" and each.get("patternType") in {
            None,
            "none",
            "gray125",
        }:
            return ""
        if _local(each.tag) in {"color", "fgColor"}:
            rgb = each.get("rgb", "")[-6:].upper()
            theme = each.get("theme", "")
            is_plain = rgb in {"000000", "FFFFFF"} or (theme in {"0", "1"} and not each.get("tint"))
            if is_plain or each.get("indexed", "") in {"8", "9", "64", "65"}:
                return ""
            return rgb or f"theme {theme} {each.get('tint', '')}{each.get('indexed', '')}"
    return ""


def _struck_texts(archive: zipfile.ZipFile, path: str) -> frozenset[str]:
    """Return the numbers of the shared texts that are struck through as a whole."""
    if path not in archive.namelist() or b"strike" not in archive.read(path):
        return frozenset()
    texts = [each for each in _parts(archive, path) if _local(each.tag) == "si"]
    return frozenset(str(number) for number, text in enumerate(texts) if _is_struck(text))


def _is_struck(text: ET.Element) -> bool:
    """Return whether a text is struck through as a whole, or an address in it is."""
    runs = [each for each in text if _local(each.tag) == "r" and "".join(each.itertext()).strip()]
    struck = [
        run for run in runs if any(_local(part.tag) == "rPr" and _strikes(part) for part in run)
    ]
    has_address = any("@" in "".join(run.itertext()) for run in struck)
    return bool(struck) and (len(struck) == len(runs) or has_address)


def _add_comments(view: SheetView, archive: zipfile.ZipFile, path: str) -> None:
    """Add the comments of a sheet, in the old form and in that of conversations."""
    for relation in _parts(archive, _relations(path)):
        if not relation.get("Type", "").endswith(("/comments", "/threadedComment")):
            continue
        for comment in _parts(archive, _resolved(path, relation.get("Target", ""))):
            found = _CELL.fullmatch(comment.get("ref", ""))
            if found and _local(comment.tag) in {"comment", "threadedComment"}:
                view.comments[int(found[2])].append(" ".join("".join(comment.itertext()).split()))


class _SheetReader:
    """Reads the view of a sheet from the events of its XML."""

    def __init__(
        self,
        struck_styles: frozenset[str],
        struck_texts: frozenset[str],
        colours: Mapping[str, frozenset[str]],
    ) -> None:
        self.view = SheetView()
        self._struck_styles = struck_styles
        self._struck_texts = struck_texts
        self._colours = colours
        self._row = 0
        self._column = -1
        self._is_formula = False
        self._kind = ""
        self._value: list[str] | None = None
        self._parser = expat.ParserCreate()

    def read(self, archive: zipfile.ZipFile, path: str) -> SheetView:
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        with archive.open(path) as part:
            while chunk := part.read(_CHUNK):
                self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)
        return self.view

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._start_cell(attributes)
            case "v":
                self._value = []
            case "strike" | "dstrike" if self._kind == "inlineStr":
                self._strike_inline(attributes)
            case "f":
                self._is_formula = True
                self._follow_cell()
            case "row":
                self._start_row(attributes)
            case "col" if _is_hidden(attributes, "width"):
                self._hide_columns(attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def _strike_inline(self, properties: Mapping[str, str]) -> None:
        """Note a text that stands in the sheet itself, and is struck through at least in part."""
        if _is_true(properties.get("val", "1")) and len(self.view.struck) < _MAX_NOTED:
            self.view.struck.add((self._row, self._column))

    def _follow_cell(self) -> None:
        """Read the value of the present cell, which matters for few: it is half of the time."""
        self._parser.CharacterDataHandler = self._text
        self._parser.EndElementHandler = self._end

    def _text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def _end(self, name: str) -> None:
        if name == "c" or name.endswith(":c"):
            self._end_cell()
            self._parser.CharacterDataHandler = None
            self._parser.EndElementHandler = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = -1
        if _is_hidden(attributes, "ht") and len(self.view.hidden_rows) < _MAX_NOTED:
            self.view.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        found = _CELL.fullmatch(attributes.get("r", ""))
        self._column = column_index(found[1]) if found else self._column + 1
        self._is_formula, self._value = False, None
        self._kind = attributes.get("t", "")
        if attributes.get("s") in self._struck_styles and len(self.view.struck) < _MAX_NOTED:
            self.view.struck.add((self._row, self._column))
        if colours := self._colours.get(attributes.get("s", "")):
            self.view.colours[self._row] |= colours
        if self._kind == "s" and self._struck_texts:
            self._follow_cell()

    def _end_cell(self) -> None:
        value = "".join(self._value or ())
        cell = self._row, self._column
        if self._is_formula and not value.strip() and self._kind != "str":
            self.view.uncomputed.add(cell)
        if self._kind == "s" and value in self._struck_texts:
            self.view.struck.add(cell)

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
        self.view.hidden_columns.update(range(first - 1, min(last, 16_384)))

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        start, end = _CELL.fullmatch(first), _CELL.fullmatch(last)
        if start and end and len(self.view.merged) < _MAX_NOTED:
            columns = column_index(start[1]), column_index(end[1])
            self.view.merged.append(MergedCells(int(start[2]), int(end[2]), *columns))


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Return whether a row or a column is hidden, or has a size of nothing."""
    return _is_true(attributes.get("hidden")) or attributes.get(size) in {"0", "0.0"}


def column_index(letters: str) -> int:
    """Return the index of a column, from 0, by its letters."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
