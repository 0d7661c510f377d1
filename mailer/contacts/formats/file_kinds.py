"""Recognises files that are no contact list by their first bytes, and says what each one is.

The name of a file proves nothing: many programs write a web page and call it `.xls`.
"""

from __future__ import annotations

import codecs
import re

from mailer.errors import ContentError, Place, Problem
from mailer.wording import Text, _

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
"""OLE2, the container of old Office files and of new ones with a password ([MS-CFB] §2.2)."""

# A stream's name in a compound file is UTF-16.
_COMPOUND_KINDS: tuple[tuple[str, Text], ...] = (
    ("EncryptedPackage", _("This is a workbook or document with a password.")),
    ("WordDocument", _("This is an old Word document (.doc).")),
    ("__properties_version", _("This is a mail saved by Outlook (.msg).")),
    ("Workbook", _("This is an old Excel file (.xls).")),
    ("Book", _("This is an old Excel file (.xls).")),
)
_UNKNOWN_COMPOUND = _("This is an old Excel file (.xls), or a workbook with a password.")

_OLD_EXCEL = _("This is a very old Excel file (.xls).")
_OLD_EXCEL_STARTS = ("09000400", "09020600", "09040600", "09080800", "09080600", "09081000")
"""The record that begins the files of Excel 2 to 5: BOF, its length, for each version."""

_PACKED = _("This is a compressed archive.")
_PICTURE = _("This is a picture.")
_BINARY_KINDS: tuple[tuple[bytes, Text], ...] = (
    *((bytes.fromhex(magic), _OLD_EXCEL) for magic in _OLD_EXCEL_STARTS),
    (b"%PDF", _("This is a PDF.")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"SQLite format 3\0", _("This is a database.")),
    (b"!BDN", _("This is a mailbox of Outlook (.pst).")),
)

_EXCEL_XML = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel\.Sheet")
_WEB_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<(?:html|head|body|table|meta|style)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(r"\s*<(?:[!?]|[a-z][\w:.-]*[\s/>])", re.IGNORECASE)
_MIME = re.compile(
    r"(?:^|\n)(?:MIME-Version:|Content-Type: *(?:multipart/|text/html))", re.IGNORECASE
)
_SAVED_PAGE = re.compile(r"MIME-Version|From: <?Saved by|Content-Location:", re.IGNORECASE)
_TEXT_KINDS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"\s*\{\\rtf"), _("This is a text document with formatting.")),
    (re.compile(r"ID;P"), _("This is a SYLK file (.slk).")),
    (re.compile(r"TABLE\s+0,1"), _("This is a DIF file.")),
    (re.compile(r'\s*\[?\s*\{\s*"[^"\n]*"\s*:'), _("This is a JSON file.")),
)

_START_BYTES = 8 * 1024
"""Enough to recognise a text: some web pages begin with long comments."""

_SAVE_AGAIN = _("Open it in Excel and save the list as .xlsx or .csv.")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def refuse_other_kinds(content: bytes, *, file: str) -> None:
    """Raise ContentError for an empty file, or one whose first bytes show another kind of file.

    An old workbook has its directory anywhere, so `content` is the whole file.
    """
    what = _binary_kind(content) or _text_kind(_as_text(content[:_START_BYTES]))
    if what is not None:
        raise refusal(file, what, _SAVE_AGAIN)
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise refusal(file, _("The file is empty."), _("Choose another file."))


def refusal(file: str, what: Text, remedy: Text) -> ContentError:
    """Return the error for a file that cannot be read at all."""
    return ContentError(Problem(Place(file), what, remedy))


def _binary_kind(content: bytes) -> Text | None:
    if content.startswith(_COMPOUND_FILE):
        streams = ((name.encode("utf-16-le"), what) for name, what in _COMPOUND_KINDS)
        return next((what for name, what in streams if name in content), _UNKNOWN_COMPOUND)
    return next((what for magic, what in _BINARY_KINDS if content.startswith(magic)), None)


def _as_text(start: bytes) -> str:
    """Return the beginning of a text, whatever its encoding: only its ASCII letters matter."""
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return start[len(mark) :].decode(encoding, errors="replace")
    # UTF-16 without a mark: between two letters of a tag stands a NUL.
    return start.replace(b"\0", b"").decode("latin-1")


def _text_kind(text: str) -> Text | None:
    """Return what a text is when it is no list; addresses in angle brackets are no markup."""
    if _EXCEL_XML.search(text) and _MARKUP.match(text):
        return _("This is an Excel workbook in the XML form of 2003.")
    if _WEB_PAGE.match(text):
        return _("This is a web page, whatever its name says.")
    if _MARKUP.match(text):
        return _("This is a web page or an XML file, whatever its name says.")
    head = text.lstrip()
    if _MIME.search(head):
        is_page = _SAVED_PAGE.match(head) is not None
        return (
            _("This is a web page saved as one file (.mht).") if is_page else _("This is a mail.")
        )
    return next((what for pattern, what in _TEXT_KINDS if pattern.match(text)), None)
