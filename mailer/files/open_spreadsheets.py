"""Reads spreadsheets of LibreOffice (.ods), and how they show their sheets.

OASIS Open Document 1.3, part 3: tables in §9, cell values in §19.385, annotations in §14.1,
styles in §16. Only the names matter here, not the namespaces: all of them differ in their last
part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from mailer.contacts.tables import MAX_COLUMNS, MAX_ROWS, Row, Table, padded, too_large
from mailer.files.sheet_views import MergedCells, SheetView
from mailer.files.shown_tables import shown_as

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_MAX_CELLS = 20_000
"""Elements of cells in one row; LibreOffice has 16,384 columns, and repeats what is empty."""
_DEEPEST = 10
"""How many styles a style builds on at most."""
_PLAIN = frozenset({"", "transparent", "#000000", "#ffffff"})
_UNSHOWN = frozenset({"collapse", "filter"})
_BREAKS = {"s": " ", "tab": " ", "line-break": "\n"}
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_TRUTHS = {"of:=TRUE()": "oui", "of:=FALSE()": "non"}
_NO_SIZE = re.compile(r"0(?:\.0+)?[a-z]+")


class ShownStyle(NamedTuple):
    """What a style makes of a cell or a row, as far as it tells something of people."""

    is_struck: bool = False
    colours: frozenset[str] = frozenset()
    is_hidden: bool = False


class _OpenCell(NamedTuple):
    text: str
    style: str
    is_uncomputed: bool
    is_struck: bool
    comment: str
    rows: int
    """How many rows it spans."""


def is_open_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Return whether an archive says that it is one (part 2, §3.3)."""
    if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").file_size > 100:
        return False
    return archive.read("mimetype").strip() == MIME


def read_open_spreadsheet(archive: zipfile.ZipFile, file: str) -> tuple[Table, ...]:
    """Return all sheets, with their cells as text; `file` is its name for errors.

    Raises ContentError for one that is too large, and the errors of zipfile and ElementTree for
    one that is damaged or protected by a password.
    """
    styles: dict[str, ET.Element] = {}
    if "styles.xml" in archive.namelist():
        with archive.open("styles.xml") as part:
            styles = _named_styles(ET.parse(part).getroot())  # noqa: S314 - no document type: checked
    with archive.open("content.xml") as part:
        return tuple(_SpreadsheetReader(file, styles).read(ET.iterparse(part, ("start", "end"))))  # noqa: S314


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _attributes(element: ET.Element) -> dict[str, str]:
    return {_local(name): value for name, value in element.items()}


def _named_styles(root: ET.Element) -> dict[str, ET.Element]:
    return {
        _attributes(each).get("name", ""): each
        for each in root.iter()
        if _local(each.tag) == "style"
    }


def _style(name: str, styles: Mapping[str, ET.Element], *, depth: int = 0) -> ShownStyle:
    """Return a style with what it has from those on which it builds."""
    element = styles.get(name)
    if element is None or depth > _DEEPEST:
        return ShownStyle()
    own = _attributes(element)
    base = _style(own.get("parent-style-name", ""), styles, depth=depth + 1)
    values = {key: value for part in element for key, value in _attributes(part).items()}
    line = values.get("text-line-through-style") or values.get("text-line-through-type")
    sizes = (values.get("column-width", ""), values.get("row-height", ""))
    # The colours of the two last parts are those of the ground and of the text.
    colours = {values.get(key, "").lower() for key in ("background-color", "color")} - _PLAIN
    return ShownStyle(
        base.is_struck if line is None else line != "none",
        frozenset(each[-6:].upper() for each in colours) or base.colours,
        values.get("display") == "false" or any(map(_NO_SIZE.fullmatch, sizes)),
    )


@dataclass(slots=True)
class _OpenSheet:
    """A sheet as far as it was read."""

    name: str
    is_hidden: bool
    rows: list[Row] = field(default_factory=list)
    view: SheetView = field(default_factory=SheetView)
    column_styles: list[str] = field(default_factory=list)
    row: int = 0
    columns: int = 0
    is_foreign: bool = False
    """The copy of a table in another file, to which formulas refer."""

    def table(self) -> Table:
        table = Table(self.name, padded(self.rows), is_hidden=self.is_hidden)
        return shown_as(table, self.view)


class _SpreadsheetReader:
    """Reads the sheets one row after the other, and forgets each row once it is read."""

    def __init__(self, file: str, styles: dict[str, ET.Element]) -> None:
        self._file = file
        self._styles = styles
        self._known: dict[str, ShownStyle] = {}
        self._sheet: _OpenSheet | None = None
        self._hidden_groups: list[bool] = []
        self._cells = 0
        self._kept = 0

    def read(self, events: Iterator[tuple[str, ET.Element]]) -> Iterator[Table]:
        for event, element in events:
            name = _local(element.tag)
            if event == "start":
                self._start(name, element)
            elif name == "automatic-styles":
                self._styles |= _named_styles(element)
            elif name == "table" and self._sheet is not None:
                if not self._sheet.is_foreign and self._sheet.rows:
                    yield self._sheet.table()
                self._sheet = None
                element.clear()
            elif self._sheet is not None:
                self._end(self._sheet, name, element)

    def _start(self, name: str, element: ET.Element) -> None:
        attributes = _attributes(element)
        if name == "table" and self._sheet is None:
            is_hidden = self._style(attributes.get("style-name", "")).is_hidden
            self._sheet = _OpenSheet(attributes.get("name", ""), is_hidden)
        elif name in {"table-row-group", "table-column-group"}:
            self._hidden_groups.append(attributes.get("display") == "false")
        elif name == "table-row":
            self._cells = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._cells += 1
            if self._cells > _MAX_CELLS:
                raise too_large(self._file)

    def _end(self, sheet: _OpenSheet, name: str, element: ET.Element) -> None:
        match name:
            case "table-source":
                sheet.is_foreign = True
            case "table-row-group" | "table-column-group":
                self._hidden_groups.pop()
            case "table-column":
                self._end_column(sheet, _attributes(element))
            case "table-row":
                self._end_row(sheet, element)
                element.clear()

    def _is_hidden(self, attributes: Mapping[str, str]) -> bool:
        return (
            attributes.get("visibility") in _UNSHOWN
            or any(self._hidden_groups)
            or self._style(attributes.get("style-name", "")).is_hidden
        )

    def _end_column(self, sheet: _OpenSheet, attributes: Mapping[str, str]) -> None:
        count = min(_count(attributes, "number-columns-repeated"), MAX_COLUMNS + 1 - sheet.columns)
        if self._is_hidden(attributes):
            sheet.view.hidden_columns.update(range(sheet.columns, sheet.columns + count))
        sheet.column_styles += [attributes.get("default-cell-style-name", "")] * count
        sheet.columns += max(count, 0)

    def _end_row(self, sheet: _OpenSheet, element: ET.Element) -> None:
        attributes = _attributes(element)
        first = sheet.row + 1
        count = _count(attributes, "number-rows-repeated")
        sheet.row += count
        cells = self._row_cells(element)
        if not any(each.text.strip() or each.is_uncomputed for each in cells):
            return
        self._kept += count
        if self._kept > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise too_large(self._file)
        row = Row(first, tuple(each.text for each in cells))
        for number in range(first, first + count):
            sheet.rows.append(replace(row, number=number))
            if self._is_hidden(attributes):
                sheet.view.hidden_rows.add(number)
            self._look_at(sheet, number, cells, attributes.get("default-cell-style-name", ""))

    def _look_at(
        self, sheet: _OpenSheet, number: int, cells: list[_OpenCell], row_style: str
    ) -> None:
        """Note what the cells of a row show beside their texts."""
        view = sheet.view
        for column, cell in enumerate(cells):
            style = self._style(cell.style or row_style or _at(sheet.column_styles, column))
            if cell.text.strip() and (style.is_struck or cell.is_struck):
                view.struck.add((number, column))
            if cell.text.strip() and style.colours:
                view.colours[number] |= style.colours
            if cell.is_uncomputed:
                view.uncomputed.add((number, column))
            if cell.comment:
                view.comments[number].append(cell.comment)
            if cell.rows > 1:
                view.merged.append(MergedCells(number, number + cell.rows - 1, column, column))

    def _row_cells(self, row: ET.Element) -> list[_OpenCell]:
        """Return the cells of a row up to the last that has something, repeated ones each."""
        cells: list[_OpenCell] = []
        empty = 0
        for element in row:
            if _local(element.tag) not in {"table-cell", "covered-table-cell"}:
                continue
            cell = self._cell(element)
            count = _count(_attributes(element), "number-columns-repeated")
            if not (cell.text.strip() or cell.comment or cell.is_uncomputed):
                empty += count
                continue
            if len(cells) + empty + count > MAX_COLUMNS:
                raise too_large(self._file)
            cells += [_EMPTY] * empty + [cell] * count
            empty = 0
        return cells

    def _cell(self, element: ET.Element) -> _OpenCell:
        attributes = _attributes(element)
        paragraphs = [each for each in element if _local(each.tag) == "p"]
        shown = "\n".join(map(_words, paragraphs))
        notes = (each for each in element if _local(each.tag) == "annotation")
        comments = (
            _words(part) for each in notes for part in each.iter() if _local(part.tag) == "p"
        )
        return _OpenCell(
            _value(attributes, shown),
            attributes.get("style-name", ""),
            "formula" in attributes and "value-type" not in attributes and not shown,
            bool(shown.strip()) and all(map(self._is_struck, paragraphs)),
            " ".join(" ".join(comments).split()),
            _count(attributes, "number-rows-spanned"),
        )

    def _is_struck(self, paragraph: ET.Element) -> bool:
        """Return whether all words of a paragraph stand in spans that are struck through."""
        if (paragraph.text or "").strip():
            return False
        return all(
            not (each.tail or "").strip()
            and self._style(_attributes(each).get("style-name", "")).is_struck
            for each in paragraph
        )

    def _style(self, name: str) -> ShownStyle:
        if name not in self._known:
            self._known[name] = _style(name, self._styles)
        return self._known[name]


_EMPTY = _OpenCell("", "", False, False, "", 1)


def _at(styles: list[str], column: int) -> str:
    return styles[column] if column < len(styles) else ""


def _count(attributes: Mapping[str, str], name: str) -> int:
    return max(int(attributes.get(name, 1)), 1)


def _words(paragraph: ET.Element) -> str:
    """Return the text of a paragraph; several blanks count as one (§6.1.2)."""
    return "\n".join(" ".join(line.split()) for line in _inside(paragraph).split("\n"))


def _inside(element: ET.Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        name = _local(child.tag)
        pieces.append(_BREAKS[name] if name in _BREAKS else _inside(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _value(attributes: Mapping[str, str], shown: str) -> str:
    """Return a cell as a person would type it: `0`, not `0.0`; dates in ISO 8601; `oui` for TRUE."""
    if truth := _TRUTHS.get(attributes.get("formula", "").replace(" ", "")):
        return truth
    match attributes.get("value-type"):
        case "float" | "percentage" | "currency" if attributes.get("value"):
            number = float(attributes["value"])
            return str(int(number)) if number.is_integer() else str(number)
        case "boolean":
            return "oui" if attributes.get("boolean-value") == "true" else "non"
        case "date" if attributes.get("date-value"):
            return attributes["date-value"].removesuffix("T00:00:00")
        case "time" if found := _TIME.fullmatch(attributes.get("time-value", "")):
            return ":".join(f"{int(each):02}" for each in found.groups())
        case _:
            return shown
