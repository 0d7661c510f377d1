"""The rows that need a person, as a file that opens in French Excel and can be read back."""

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
    """Writes the quarantined rows with their row number, the reason and our suggestion first.

    UTF-8 with its mark, `;` and CRLF: what French Excel opens by a double click. Once the
    rows are put right, the same file can be imported: our own columns are left out then.
    """
    headers = _headers(quarantined.row for quarantined in imported.quarantined)
    ours = (_("Row"), _("Reason"), _("Suggestion"))
    rows = [[*map(say, ours), *(name for name, _occurrence in headers)]]
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
    """Every header once, in order; two columns of one name are told apart by their count."""
    return tuple(dict.fromkeys(header for row in rows for header, _cell in _numbered(row)))


def _numbered(row: SourceRow) -> Iterable[tuple[tuple[str, int], str]]:
    seen: Counter[str] = Counter()
    for header, cell in row.cells:
        yield (header, seen[header]), cell
        seen[header] += 1
