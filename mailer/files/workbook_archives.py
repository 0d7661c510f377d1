"""Refuses archives that are no workbook, or whose content would exhaust memory or time.

A workbook is a zip of XML, and both can be bombs. So the directory of the zip, the prologue of
each XML part and the length of each row are checked before openpyxl opens the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from mailer.contacts.formats.file_kinds import refusal
from mailer.contacts.tables import MAX_BYTES
from mailer.files.open_spreadsheets import is_open_spreadsheet
from mailer.wording import Text, _

if TYPE_CHECKING:
    import zipfile

    from mailer.errors import ContentError

_MAX_ENTRIES = 2_000
_MAX_RATIO = 100
_OPEN_IS_LONGER = 5
"""How many times as many letters LibreOffice writes for a cell: some 150 where Excel writes 43."""
_CHUNK = 64 * 1024
_MAX_ROW_BYTES = 2 * 1024 * 1024
"""The longest row of XML. openpyxl builds a tree of a whole row, at about fifty times its size."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_COPY_ROWS = _("Copy the rows into a new workbook and save that.")
_OTHER_ARCHIVES: tuple[tuple[str, Text], ...] = (
    ("xl/workbook.bin", _("This is a binary Excel workbook (.xlsb).")),
    ("word/document.xml", _("This is a Word document.")),
    ("ppt/presentation.xml", _("This is a PowerPoint presentation.")),
    ("Index/Document.iwa", _("This is a document of Apple Numbers or Pages.")),
    ("content.xml", _("This is a text document of LibreOffice or OpenOffice (.odt).")),
)
_UNKNOWN_ARCHIVE = _("The file is a zip archive, but no workbook of Excel or LibreOffice.")


def refuse_bombs(archive: zipfile.ZipFile, file: str) -> None:
    """Raise ContentError for a zip bomb, another archive, a document type (entities, XXE), or a
    row that no list has.
    """
    entries = archive.infolist()
    is_open = is_open_spreadsheet(archive)
    most = MAX_BYTES * (_OPEN_IS_LONGER if is_open else 1)
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _MAX_ENTRIES or size > most or size > _MAX_RATIO * max(packed, 1):
        raise _too_much(file)
    if not is_open:
        _refuse_others({entry.filename for entry in entries}, file)
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            _refuse_doctype(archive, entry, file)
        if _SHEET.fullmatch(entry.filename):
            _refuse_long_rows(archive, entry, file)


def _refuse_others(names: set[str], file: str) -> None:
    other = next((what for name, what in _OTHER_ARCHIVES if name in names), None)
    if other or "[Content_Types].xml" not in names:
        raise refusal(file, other or _UNKNOWN_ARCHIVE, _("Save the list as .xlsx or .csv."))


def _too_much(file: str) -> ContentError:
    what = _("The workbook unpacks to more than a contact list ever needs.")
    return refusal(file, what, _COPY_ROWS)


def _refuse_doctype(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> None:
    """Raise ContentError for a part with a document type; reads only up to the root element."""
    parser = expat.ParserCreate()
    in_root = False

    def start(_name: str, _attributes: object) -> None:
        nonlocal in_root
        in_root = True

    def doctype(*_declaration: object) -> None:
        raise refusal(
            file,
            _("A part of the workbook declares a document type, which Excel never writes."),
            _COPY_ROWS,
        )

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    with archive.open(entry) as part:
        while not in_root and (chunk := part.read(_CHUNK)):
            parser.Parse(chunk, False)


def _refuse_long_rows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> None:
    """Raise ContentError for a sheet with a row of more than `_MAX_ROW_BYTES`.

    Rows end in `</row>` or, with a prefix, `</x:row>`; only these bytes are searched, because
    parsing would take as long as reading the sheet.
    """
    length, end = 0, b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            found = (end + chunk).rfind(b"row>")
            length = length + len(chunk) if found < 0 else len(end) + len(chunk) - found
            end = chunk[-3:]
            if length > _MAX_ROW_BYTES:
                raise _too_much(file)
