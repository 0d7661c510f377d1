"""Opens the files that a command is given by name: plain files of a size that can be read."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, Unreadable, reason_of
from mailer.files.text_files import TooLarge, read_limited, require_plain
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_LOG_BYTES = 1_000_000_000
"""Several days of a busy relay."""


def given_bytes(path: Path, *, most_bytes: int, if_too_large: Text) -> bytes:
    """Return the content of a file. `if_too_large` says what to do about one that is.

    Raises ContentError for what is missing, too large or no file: a pipe would be waited for
    without end.
    """
    with refused_in_words(path):
        try:
            return read_limited(path, most_bytes=most_bytes)
        except TooLarge as refused:
            raise _too_large(path, refused, most_bytes, if_too_large) from refused


def require_given(path: Path, *, most_bytes: int, if_too_large: Text) -> None:
    """Raise ContentError, as `given_bytes` does, for a file that something else is to read."""
    with refused_in_words(path):
        try:
            require_plain(path, most_bytes=most_bytes)
        except TooLarge as refused:
            raise _too_large(path, refused, most_bytes, if_too_large) from refused


def require_readable(path: Path) -> None:
    """Raise ContentError, as `given_bytes` does, for a file of whatever size."""
    with refused_in_words(path):
        require_plain(path, most_bytes=sys.maxsize)
        with path.open("rb"):
            pass


def require_file_or_folder(path: Path) -> None:
    """Raise ContentError where something else stands at `path`, to be read or to be written to.

    A pipe would be waited for without end, on either side; a device is never what was meant.
    """
    with refused_in_words(path), suppress(FileNotFoundError, NotADirectoryError):
        found = path.stat().st_mode
        if not (S_ISREG(found) or S_ISDIR(found)):
            raise Unreadable(_("It is a device or a pipe, not a file."))


@contextmanager
def refused_in_words(path: Path) -> Iterator[None]:
    """Raise ContentError where the block cannot open or read what stands at `path`."""
    try:
        yield
    except Unreadable as refused:
        what, remedy = refused.reason, _("Save it as a file of its own, and name that one.")
    except OSError as error:
        what = _("The file cannot be opened: {why}.", why=reason_of(error))
        remedy = _("Check its name and that you may read it.")
    else:
        return
    raise ContentError(Problem(Place(str(path)), what, remedy))


def _too_large(path: Path, refused: TooLarge, most_bytes: int, remedy: Text) -> ContentError:
    what = _(
        "The file is too large: {size} MB, and {most} MB are read at most.",
        size=refused.size_bytes // 10**6,
        most=most_bytes // 10**6,
    )
    return ContentError(Problem(Place(str(path)), what, remedy))
