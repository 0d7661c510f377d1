"""Writes the quarantined rows to a file that opens in French Excel and can be imported again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mailer.atomic_write import write_atomically
from mailer.excel_csv import excel_csv
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mailer.model.contact_import import Import, SourceRow


def write_quarantine(imported: Import, path: Path, *, say: Callable[[Text], str]) -> Path:
    """Write the quarantined rows, after their row number, the reason and a suggestion.

    The file is UTF-8 with a byte order mark, `;` and CRLF, which French Excel opens by a double
    click. When the rows are corrected, it can be imported; the three added columns are ignored.
    """
    headers = _headers(quarantined.row for quarantined in imported.quarantined)
    added = (_("Row"), _("Reason"), _("Suggestion"))
    rows = [[*map(say, added), *(name for name, _occurrence in headers)]]
    for quarantined in imported.quarantined:
        cells = dict(_numbered(quarantined.row))
        where = quarantined.row.where
        rows.append(
            [
                str(where.line) if where.file == imported.file else f"{where.file}, {where.line}",
                say(quarantined.reason),
                str(quarantined.suggestion or ""),
                *(cells.get(header, "") for header in headers),
            ]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, excel_csv(rows), mode=0o600)  # people's addresses
    return path


def _headers(rows: Iterable[SourceRow]) -> tuple[tuple[str, int], ...]:
    """Return each header once, in order; columns with the same name are distinguished by number."""
    return tuple(dict.fromkeys(header for row in rows for header, _cell in _numbered(row)))


def _numbered(row: SourceRow) -> Iterable[tuple[tuple[str, int], str]]:
    seen: Counter[str] = Counter()
    for header, cell in row.cells:
        yield (header, seen[header]), cell
        seen[header] += 1
