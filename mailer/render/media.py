"""What kind of file it is: by its first bytes for images, by its name for the rest."""

from __future__ import annotations

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
# A table of our own: the standard library's `mimetypes` reads the machine's files.
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
    """The MIME type to send a file under."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    return _BY_SUFFIX.get(name.rpartition(".")[2].lower(), "application/octet-stream")
