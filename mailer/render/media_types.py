"""Determines a file's MIME type: images and PDF by their first bytes, the rest by the file name."""

from __future__ import annotations

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
# Our own table, because the standard library's `mimetypes` reads files of the machine.
_BY_SUFFIX = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odt": "application/vnd.oasis.opendocument.text",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def media_type(name: str, content: bytes) -> str:
    """Return the MIME type to send a file with."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    return _BY_SUFFIX.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def content_type(name: str, content: bytes) -> str:
    """Return the MIME type; for a text with its charset, which clients would otherwise guess."""
    kind = media_type(name, content)
    return f"{kind}; charset={_encoding(content)}" if kind.startswith("text/") else kind


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # A text file of a press office that is not UTF-8 comes from Windows, nearly always.
        return "windows-1252"
    return "utf-8"
