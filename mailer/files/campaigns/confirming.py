"""The flags on facts that nobody has confirmed: `to_confirm = { starts_at = "…" }` in their table.

The words of the document that say the fact stand beside its key; an entry of a list, such as a
press contact, has one flag for all that it says: `to_confirm = "…"`. A table that is removed or
moved takes its flags with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailer.errors import Problem
from mailer.model.campaigns.fact_to_confirm import FactToConfirm
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailer.files.toml.lines import KeyPath
    from mailer.files.toml.reading import TomlFile

UNCONFIRMED = "to_confirm"
_TABLES = ("event", "accreditation", "embargo", "press_contacts", "partners", "links")
"""The tables, and lists of tables, whose facts may be flagged, beside the top of the file."""


def take_unconfirmed(
    file: TomlFile, problems: list[Problem]
) -> tuple[TomlFile, tuple[FactToConfirm, ...]]:
    """Return `file` without its flags, and the facts that they flag."""
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
    flags = entry.get(UNCONFIRMED, {})
    if isinstance(flags, str):
        found.append(FactToConfirm(_key(at), flags))
    elif isinstance(flags, dict) and all(isinstance(each, str) for each in flags.values()):
        found += [FactToConfirm(_key((*at, key)), words) for key, words in flags.items()]
    else:
        what = _("to_confirm is a table of words: each a key of this table, and what was read.")
        remedy = _("Write for instance {example}.", example='to_confirm = { name = "…" }')
        problems.append(Problem(file.place((*at, UNCONFIRMED)), what, remedy))
    return {key: value for key, value in entry.items() if key != UNCONFIRMED}


def _key(path: KeyPath) -> str:
    return ".".join(map(str, path))


def flag_entry(table: Any, words: str) -> None:
    """Flag all that an entry of a list says as to be confirmed."""
    table[UNCONFIRMED] = words


def flag(table: Any, key: str, words: str) -> None:
    """Flag a key of a table, plain or of tomlkit, as to be confirmed."""
    if UNCONFIRMED not in table:
        import tomlkit  # noqa: PLC0415 - who only reads a campaign writes none

        table[UNCONFIRMED] = {} if type(table) is dict else tomlkit.inline_table()
    table[UNCONFIRMED][key] = words


def clear_unconfirmed(document: Any, paths: Iterable[KeyPath]) -> None:
    """Take the flags of some keys away, in a plain table or a tomlkit document. A key of an entry,
    or the entry, stands for all that the entry says.
    """
    for path in paths:
        table = _at(document, path if isinstance(path[-1], int) else path[:-1])
        flags = None if table is None else table.get(UNCONFIRMED)
        if isinstance(flags, str):
            del table[UNCONFIRMED]
        elif flags and path[-1] in flags:
            del flags[path[-1]]
            if not flags:
                del table[UNCONFIRMED]


def flagged_paths(table: Mapping[str, Any]) -> Iterator[KeyPath]:
    """Yield the path of every key, and of every entry, that is flagged."""
    for name, value in ((None, table), *table.items()):
        for number, entry in enumerate(value if isinstance(value, list) else [value]):
            flags = entry.get(UNCONFIRMED) if isinstance(entry, dict) else None
            parents: KeyPath = () if name is None else (name,)
            parents += (number,) if isinstance(value, list) else ()
            if isinstance(flags, str):
                yield parents
            yield from ((*parents, key) for key in (flags if isinstance(flags, dict) else ()))


def _at(document: Any, parents: Iterable[str | int]) -> Any:
    for part in parents:
        try:
            document = document[part]
        except (KeyError, IndexError, TypeError):
            return None
    return document if isinstance(document, dict) else None
