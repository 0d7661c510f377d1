"""Reads mails from a file, an mbox, a Maildir or a folder of files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import ContentError, Place, Problem, reason_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    try:
        if path.is_dir():
            for file in _files_of(path):
                yield MailInFile(str(file), file.read_bytes())
        elif path.suffix.lower() in _MBOX:
            for number, raw in enumerate(_split(path.read_bytes()), start=1):
                yield MailInFile(f"{path}:{number}", raw)
        else:
            yield MailInFile(str(path), path.read_bytes())
    except OSError as error:
        what = _("The file cannot be opened: {why}.", why=reason_of(error))
        remedy = _("Check its name and that you may read it.")
        raise ContentError(Problem(Place(str(path)), what, remedy)) from error


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
