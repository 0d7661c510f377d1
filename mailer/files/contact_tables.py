"""What kind of contact file it is, told by its first bytes rather than by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.contacts.address_books import read_address_book
from mailer.contacts.address_cells import address_parts
from mailer.contacts.columns import field_of
from mailer.contacts.delimited import find_delimiter, read_delimited
from mailer.contacts.encodings import decode
from mailer.contacts.tables import MAX_BYTES, Row, Table, too_large
from mailer.errors import ContentError, Place, Problem
from mailer.files.workbooks import read_workbook
from mailer.wording import Text, _

if TYPE_CHECKING:
    from pathlib import Path

_ZIP = b"PK\x03\x04"
_REFUSED: tuple[tuple[bytes, Text], ...] = (
    (b"\xd0\xcf\x11\xe0", _("This is an old Excel file (.xls), or a workbook with a password.")),
    (b"%PDF", _("This is a PDF.")),
    (b"<", _("This is a web page or an XML file, whatever its name says.")),
    (b"{\\rtf", _("This is a text document with formatting.")),
)


def read_tables(path: Path, *, encoding: str | None) -> tuple[tuple[Table, ...], str]:
    """The tables of the file, and the encoding of a text file (empty for a workbook).

    Raises ContentError when there is nothing we can read, or nothing at all.
    """
    try:
        with path.open("rb") as file:
            start = file.read(512)
            if not start.startswith(_ZIP):
                content = start + file.read(MAX_BYTES)
    except OSError as error:
        what = _("The file cannot be opened: {why}.", why=error.strerror or str(error))
        raise _refusal(path, what, _("Check its name and that you may read it.")) from error
    _refuse_other_kinds(path, start)
    if start.startswith(_ZIP):
        return read_workbook(path), ""
    if len(content) > MAX_BYTES:
        raise too_large(path.name)
    text, name = decode(content, file=path.name, encoding=encoding)
    return (_text_table(text, path.name),), name


def _text_table(text: str, file: str) -> Table:
    """An address book, a table with delimiters, or plain addresses where no header is known."""
    book = read_address_book(text, file=file)
    if book is not None:
        return book
    delimiter, known = find_delimiter(text, lambda cell: field_of(cell) is not None)
    if not known:
        listed = [
            Row(number, (piece,))
            for number, line in enumerate(text.splitlines(), start=1)
            for piece in address_parts(line)
        ]
        if all("@" in row.cells[0] for row in listed):
            return Table("", tuple(listed))
    return read_delimited(text, file=file, delimiter=delimiter)


def _refuse_other_kinds(path: Path, start: bytes) -> None:
    for mark, what in _REFUSED:
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(mark):
            raise _refusal(path, what, _("Open it in Excel and save the list as .xlsx or .csv."))
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise _refusal(path, _("The file is empty."), _("Choose another file."))


def _refusal(path: Path, what: Text, remedy: Text) -> ContentError:
    return ContentError(Problem(Place(path.name), what, remedy))
