"""The kinds of files that may be attached, known by their content and never by their name."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

_STARTS = (
    (b"%PDF-", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
)
_OFFICE = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
}


def upload_suffix(content: bytes) -> str | None:
    """Return the suffix of a file of this content; None for a kind that is not attached.

    SVG is left out, because it can hold scripts; so are programs, archives and web pages.
    """
    for start, suffix in _STARTS:
        if content.startswith(start):
            return suffix
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ".webp"
    return _office_suffix(content) if content.startswith(b"PK") else None


def _office_suffix(content: bytes) -> str | None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return None  # macros
            for name, suffix in _OFFICE:
                if name in names:
                    return suffix
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return None
    return None
