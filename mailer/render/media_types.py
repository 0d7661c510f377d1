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


def size_in_pixels(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG image, read from its
    header; None for other files.
    """
    size = (0, 0)
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        size = (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))
    elif content.startswith(b"GIF8") and len(content) >= 10:
        size = (int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little"))
    elif content.startswith(b"\xff\xd8"):
        size = _jpeg_size(content)
    return size if all(size) else None


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Read the first start-of-frame segment (ITU T.81 §B.2.2), skipping the segments before it."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return 0, 0
