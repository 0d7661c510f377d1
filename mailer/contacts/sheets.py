"""Decides which sheets of a file are read, and what their names and titles say of their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.contacts.colour_legends import Legend, coloured, doubt_of, is_legend
from mailer.contacts.columns import Columns, find_columns
from mailer.contacts.refusals.refusals import Refusal, Stance, is_old, judge_file, judge_title
from mailer.contacts.row_refusals import gravest
from mailer.contacts.sign_legends import refused_by_sign
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mailer.contacts.sign_legends import SignLegend
    from mailer.contacts.tables import Row, Table


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """A table of the file; `columns` is None when it is not read, for the reason `left_out`.

    `count` is how many rows it has below its headers.
    """

    name: str
    table: Table
    columns: Columns | None
    count: int
    left_out: Text | None = None


def choose_sheets(
    tables: Sequence[Table], *, file: str, chosen: Collection[str] = ()
) -> tuple[ContactSheet, ...]:
    """Return each table with its name for messages, and its columns if it is read.

    A sheet of refusals (`Désinscrits`) is always read, hidden or not, because it bars people.
    """
    sheets = []
    for table in tables:
        name = f"{file} ({table.name})" if len(tables) > 1 else file
        columns = find_columns(table.rows, hidden=table.hidden_columns)
        reason = _reason_to_leave_out(table, columns, is_only=len(tables) == 1, chosen=chosen)
        count = len(table.rows) - (columns.row + 1 if columns else 0)
        sheets.append(ContactSheet(name, table, None if reason else columns, count, reason))
    return tuple(sheets)


def _reason_to_leave_out(
    table: Table, columns: Columns | None, *, is_only: bool, chosen: Collection[str]
) -> Text | None:
    if columns is None:
        return _("it has no column of addresses")
    if chosen:
        return None if table.name in chosen or _refuses(table) else _("it was not asked for")
    if _refuses(table):
        return None
    if table.is_hidden:
        return _("it is hidden; it is read only when you name it")
    if is_old(table.name) and not is_only:
        return _("its name says that it is old; it is read only when you name it")
    return None


def _refuses(table: Table) -> bool:
    return judge_title(table.name) is Stance.REFUSED


def rows_with_titles(
    sheet: ContactSheet,
    columns: Columns,
    *,
    file: str,
    legends: Sequence[Legend] = (),
    signs: Sequence[SignLegend] = (),
) -> Iterator[tuple[Row, Refusal | None]]:
    """Yield the rows below the headers, each with the refusal that stands over it.

    It stands in the name of the sheet or of the file, in a title above the headers, or in a line
    of its own between the rows (`--- Ne plus contacter ---`); below such a line a person decides,
    because it does not say where it ends. `legends` say which colours refuse; without a colour
    they are about all. `signs` say which signs on a row do.
    """
    over_all = _over_all(sheet, columns, file)
    below = sheet.table.rows[columns.row + 1 :]
    if legends and not any(row.colours for row in below):
        over_all = over_all or doubt_of(legends[0])
    section: Refusal | None = None
    for row in below:
        yield row, over_all or section or coloured(row, legends) or refused_by_sign(row, signs)
        line = _lone_cell(row)
        if line and "@" not in line and not is_legend(line):
            section = _doubtful(line)


def _over_all(sheet: ContactSheet, columns: Columns, file: str) -> Refusal | None:
    """Return the refusal that stands over all rows of a sheet.

    The name of a file counts only if no column says who refused: it bars if it names nothing else
    (`desinscrits.csv`), and asks otherwise (`liste-noire-presse.csv`).
    """
    if stance := judge_title(sheet.table.name):
        return Refusal(stance, sheet.table.name, _("The name of the sheet"))
    stem = file.rpartition(".")[0]
    is_told = columns.ask_about_refusals or sheet.table.name
    if not is_told and (stance := judge_file(stem)):
        return Refusal(stance, file, _("The name of the file"))
    titles = (cell for row in sheet.table.rows[: max(columns.row, 0)] for cell in row.cells)
    return gravest(filter(None, map(_doubtful, titles)))


def _doubtful(title: str) -> Refusal | None:
    is_doubtful = judge_title(title) and not is_legend(title)
    return Refusal(Stance.DOUBTFUL, title.strip(), _("A heading")) if is_doubtful else None


def _lone_cell(row: Row) -> str:
    """Return the only filled cell of a row, or nothing."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    return filled[0] if len(filled) == 1 else ""
