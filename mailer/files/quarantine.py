"""Writes the quarantined rows to a file that opens in French Excel and can be imported again."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from mailer.contacts.columns import fields_of
from mailer.excel_csv import excel_csv
from mailer.host.atomic_write import make_private_folder, write_atomically
from mailer.model.contacts.contact_import import Field
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mailer.model.contacts.contact_import import Import, SourceRow

_ADDED_FIELDS = frozenset({Field.OURS, Field.DECISION})


def write_quarantine(imported: Import, path: Path, *, say: Callable[[Text], str]) -> Path:
    """Write the quarantined rows, after their row number, the reason, a suggestion and a question.

    The file is UTF-8 with a byte order mark, `;` and CRLF, which French Excel opens by a double
    click. When the rows are corrected, it can be imported; the first three columns are ignored
    then. The fourth asks about people who may have refused: yes writes to them, no bars them, and
    the `?` that stands there leaves the question open. Another file of that name is kept; returns
    the path that was written.
    """
    headers = _headers(quarantined.row for quarantined in imported.quarantined)
    added = (_("Row"), _("Reason"), _("Suggestion"), _("Write to them"))
    rows = [[*map(say, added), *(name for name, _occurrence in headers)]]
    for quarantined in imported.quarantined:
        cells = dict(_numbered(quarantined.row))
        where = quarantined.row.where
        rows.append(
            [
                str(where.line) if where.file == imported.file else f"{where.file}, {where.line}",
                say(quarantined.reason),
                str(quarantined.suggestion or ""),
                "?" if quarantined.may_be_refused else "",
                *(cells.get(header, "") for header in headers),
            ]
        )
    content = excel_csv(rows)
    make_private_folder(path.parent)
    path = _free(path, content)
    write_atomically(path, content)
    return path


def _free(path: Path, content: bytes) -> Path:
    """Return `path`, or the first numbered name beside it that no other work list has."""
    for number in count(2):
        if not path.exists() or _holds(path, content):
            return path
        path = path.with_name(f"{path.stem.removesuffix(f'-{number - 1}')}-{number}{path.suffix}")
    raise AssertionError  # `count` never ends


def _holds(path: Path, content: bytes) -> bool:
    return path.stat().st_size == len(content) and path.read_bytes() == content


def _headers(rows: Iterable[SourceRow]) -> tuple[tuple[str, int], ...]:
    """Return each header once, in order; columns with the same name are distinguished by number."""
    return tuple(dict.fromkeys(header for row in rows for header, _cell in _numbered(row)))


def _numbered(row: SourceRow) -> Iterable[tuple[tuple[str, int], str]]:
    """Yield each cell under its header and the occurrence of that; without the columns that an
    earlier work list added.
    """
    ours = {i for i, field in enumerate(fields_of(row.headers)) if field in _ADDED_FIELDS}
    seen: Counter[str] = Counter()
    for index, (header, cell) in enumerate(row.cells):
        if index not in ours:
            yield (header, seen[header]), cell
            seen[header] += 1
