"""The marks on facts that nobody has confirmed: `to_confirm = { starts_at = "…" }` in their table.

The words of the document that say the fact stand beside its key; an entry of a list, such as a
press contact, has one mark for all that it says: `to_confirm = "…"`. A table that is removed or
moved takes its marks with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import tomlkit

from mailer.errors import Problem
from mailer.model.campaigns.fact_to_confirm import FactToConfirm
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailer.files.toml.lines import KeyPath
    from mailer.files.toml.reading import TomlFile

MARKS = "to_confirm"
_TABLES = ("event", "accreditation", "embargo", "press_contacts", "partners", "links")
"""The tables, and lists of tables, whose facts may be marked, beside the top of the file."""


def split_marks(
    file: TomlFile, problems: list[Problem]
) -> tuple[TomlFile, tuple[FactToConfirm, ...]]:
    """Return `file` without its marks, and the facts that they mark."""
    table = dict(file.table)
    found: list[FactToConfirm] = []
    for name in _TABLES:
        value: Any = table.get(name)
        if isinstance(value, dict):
            table[name] = _lifted(file, (name,), value, found, problems)
        elif isinstance(value, list):
            table[name] = [
                _lifted(file, (name, n), entry, found, problems)
                if isinstance(entry, dict)
                else entry
                for n, entry in enumerate(value)
            ]
    table = _lifted(file, (), table, found, problems)
    return replace(file, table=table), tuple(found)


def _lifted(
    file: TomlFile,
    at: KeyPath,
    entry: dict[str, Any],
    found: list[FactToConfirm],
    problems: list[Problem],
) -> dict[str, Any]:
    marks = entry.get(MARKS, {})
    if isinstance(marks, str):
        found.append(FactToConfirm(_key(at), marks))
    elif isinstance(marks, dict) and all(isinstance(each, str) for each in marks.values()):
        found += [FactToConfirm(_key((*at, key)), words) for key, words in marks.items()]
    else:
        what = _("to_confirm is a table of words: each a key of this table, and what was read.")
        remedy = _("Write for instance {example}.", example='to_confirm = { name = "…" }')
        problems.append(Problem(file.place((*at, MARKS)), what, remedy))
    return {key: value for key, value in entry.items() if key != MARKS}


def _key(path: KeyPath) -> str:
    return ".".join(map(str, path))


def mark_entry(table: Any, words: str) -> None:
    """Mark all that an entry of a list says as to be confirmed."""
    table[MARKS] = words


def mark(table: Any, key: str, words: str) -> None:
    """Mark a key of a tomlkit table as to be confirmed."""
    if MARKS not in table:
        table[MARKS] = tomlkit.inline_table()
    table[MARKS][key] = words


def forget_marks(document: Any, paths: Iterable[KeyPath]) -> None:
    """Take the marks of some keys away, in a plain table or a tomlkit document. A key of an entry,
    or the entry, stands for all that the entry says.
    """
    for path in paths:
        table = _at(document, path if isinstance(path[-1], int) else path[:-1])
        marks = None if table is None else table.get(MARKS)
        if isinstance(marks, str):
            del table[MARKS]
        elif marks and path[-1] in marks:
            del marks[path[-1]]
            if not marks:
                del table[MARKS]


def marked_paths(table: Mapping[str, Any]) -> Iterator[KeyPath]:
    """Yield the path of every key, and of every entry, that is marked."""
    for name, value in ((None, table), *table.items()):
        for number, entry in enumerate(value if isinstance(value, list) else [value]):
            marks = entry.get(MARKS) if isinstance(entry, dict) else None
            parents: KeyPath = () if name is None else (name,)
            parents += (number,) if isinstance(value, list) else ()
            if isinstance(marks, str):
                yield parents
            yield from ((*parents, key) for key in (marks if isinstance(marks, dict) else ()))


def _at(document: Any, parents: Iterable[str | int]) -> Any:
    for part in parents:
        try:
            document = document[part]
        except (KeyError, IndexError, TypeError):
            return None
    return document if isinstance(document, dict) else None
