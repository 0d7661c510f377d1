"""Reads UTF-8 text files, and resolves paths that must stay inside a folder."""

from __future__ import annotations

import codecs
import re
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from mailer.errors import Place, Problem, Unreadable, reason_of
from mailer.wording import _

MAX_TEXT_BYTES = 100_000
"""A press kit has about 50 kB of text; a larger file was named by mistake."""

FRONT_MATTER = re.compile(r"\+\+\+[ \t]*\n(?P<matter>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
"""The lines between `+++` at the top of a text with LF line ends."""

# Names that Windows takes for a device, with any extension (Microsoft, "Naming Files, Paths,
# and Namespaces", read 2026-11).
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?")


def read_text(path: Path, *, problems: list[Problem], within: Path | None = None) -> str | None:
    """Return the UTF-8 text of `path` with LF line ends, or None after adding a problem.

    With `within`, the file must be in that folder, also when it is a link.
    """
    shown = path.as_posix()
    try:
        content = read_limited(path, most_bytes=MAX_TEXT_BYTES, within=within)
    except Unreadable as refused:
        what, remedy = refused.reason, _("Put a copy of the file in its place.")
    except TooLarge as refused:
        problems.append(_too_large_for_text(shown, refused.size_bytes))
        return None
    except FileNotFoundError:
        what, remedy = _("The file is missing."), _("Write it, or correct the name that calls it.")
    except OSError as error:
        what = _("The file cannot be read: {detail}", detail=reason_of(error))
        remedy = _("Check that it is a file and that you may read it.")
    else:
        return decode_utf8(content, shown=shown, problems=problems)
    problems.append(Problem(Place(shown), what, remedy))
    return None


class TooLarge(Exception):
    """A file is larger than what is read."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(size_bytes)
        self.size_bytes = size_bytes


def read_limited(path: Path, *, most_bytes: int, within: Path | None = None) -> bytes:
    """Return the content of a file, whose kind and size are looked at before it is read.

    Raises Unreadable for a link out of the folder `within` and for what is no file: a device has
    no end, a pipe no beginning. Raises TooLarge, and OSError as `open` does.
    """
    if within is not None and not path.resolve().is_relative_to(within.resolve()):
        raise Unreadable(_("The file is a link that leads out of its folder."))
    size = require_plain(path, most_bytes=most_bytes)
    with path.open("rb") as file:
        content = file.read(size + 1)  # as much memory is taken as is asked for
        if len(content) > size:  # it has grown meanwhile
            content += file.read(most_bytes - size)
    if len(content) > most_bytes:
        raise TooLarge(len(content))
    return content


def require_plain(path: Path, *, most_bytes: int) -> int:
    """Look at a file without opening it; returns its size in bytes. Raises Unreadable, TooLarge and
    OSError.
    """
    found = path.stat()
    if not S_ISREG(found.st_mode):
        raise Unreadable(_("The file cannot be read: it is a folder, a device or a pipe."))
    if found.st_size > most_bytes:
        raise TooLarge(found.st_size)
    return found.st_size


def decode_utf8(content: bytes, *, shown: str, problems: list[Problem]) -> str | None:
    """Return `content` as text, or None after adding a problem.

    Encodings are never guessed, because a wrong guess would be sent.
    """
    remedy = _("Save the file again as UTF-8: “Save as…”, encoding UTF-8.")
    if len(content) > MAX_TEXT_BYTES:  # one that is not saved yet was not measured on the disk
        problems.append(_too_large_for_text(shown, len(content)))
        return None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        problems.append(Problem(Place(shown, 1), _("The file is encoded in UTF-16."), remedy))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(
            Problem(
                Place(shown, line),
                _("The file is not encoded in UTF-8: an accented letter cannot be read."),
                remedy,
            )
        )
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.append(
            Problem(
                Place(shown, line),
                _("The file is not a text: it holds a null character."),
                remedy,
            )
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_large_for_text(shown: str, size_bytes: int) -> Problem:
    return Problem(
        Place(shown),
        _("The file is too big to be a text: {size} kB.", size=size_bytes // 1000),
        _("Put images and documents into files of their own."),
    )


def resolve_inside(folder: Path, relative: str) -> Path:
    """Return the file that `relative` names in `folder`, with links resolved. Raises Unreadable.

    Absolute paths, `..`, drives, device names and alternate streams are refused on all systems,
    so that a campaign works the same on each of them.
    """
    parts = relative.replace("\\", "/").split("/")
    if (
        relative.startswith(("/", "\\", "~"))
        or ".." in parts
        or any(_DEVICE.fullmatch(part) or part != part.rstrip(" .") != "" for part in parts)
        or any(c in relative for c in ':\0\n\r<>"|?*')
        or "\\" in relative
    ):
        raise Unreadable(_("“{path}” does not name a file of the campaign folder.", path=relative))
    try:
        path = (folder / PurePosixPath(relative)).resolve()
    except (RuntimeError, OSError) as error:  # RuntimeError until Python 3.12
        raise Unreadable(_("“{path}” is a link to itself.", path=relative)) from error
    if not path.is_relative_to(folder.resolve()):
        raise Unreadable(_("“{path}” leads out of the campaign folder.", path=relative))
    return path
