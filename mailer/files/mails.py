"""Reads mails from a file, an mbox, a Maildir or a folder of files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.files.given_files import given_bytes, refused_in_words
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_MAIL_BYTES = 100_000_000
"""Servers take a quarter of this."""
MAX_MBOX_BYTES = 500_000_000
_NO_MAIL = _("No server takes a mail of this size: give the mails, each as a file of its own.")
_SPLIT_IT = _("Give the mails in several files, or as a Maildir folder.")
_MBOX = {".mbox", ".mbx"}
# RFC 4155: a line "From " after an empty line; those inside a mail are written ">From ".
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n")
_QUOTED = re.compile(rb"(?m)^>(>*From )")


class MailInFile(NamedTuple):
    """A mail with its name: the file, and in an mbox its number."""

    name: str
    content: bytes


def mails_in(path: Path) -> Iterator[MailInFile]:
    """Yield the mails in a file or folder.

    Only the file name (`.mbox`) shows that a file is an mbox: a single mail may also begin with
    "From " and contain other mails. Raises ContentError when a file cannot be read.
    """
    if path.is_dir():
        with refused_in_words(path):
            files = _files_of(path)
        for file in files:
            yield MailInFile(str(file), _mail(file))
    elif path.suffix.lower() in _MBOX:
        content = given_bytes(path, most_bytes=MAX_MBOX_BYTES, if_too_large=_SPLIT_IT)
        for number, raw in enumerate(_split(content), start=1):
            yield MailInFile(f"{path}:{number}", raw)
    else:
        yield MailInFile(str(path), _mail(path))


def _mail(file: Path) -> bytes:
    return given_bytes(file, most_bytes=MAX_MAIL_BYTES, if_too_large=_NO_MAIL)


def _files_of(folder: Path) -> list[Path]:
    """Return the files of a folder; of a Maildir those in `new` and `cur`, because those in `tmp`
    are still being written.
    """
    arrived = [folder / name for name in ("new", "cur") if (folder / name).is_dir()]
    return sorted(
        file
        for subfolder in arrived or [folder]
        for file in subfolder.iterdir()
        if file.is_file() and not file.name.startswith(".")
    )


def _split(content: bytes) -> Iterator[bytes]:
    starts = list(_SEPARATOR.finditer(content))
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        mail = content[start.end() : following.start() if following else None]
        yield _QUOTED.sub(rb"\1", mail)
