"""Refuses keys that an earlier version accepted although nothing reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mailer.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.files.toml.lines import KeyPath
    from mailer.files.toml.reading import TomlFile
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Why a key is refused, and what to do instead.

    `harmless` is the value of the key in the example file of an earlier version. It is ignored,
    so that a workspace of that version still opens.
    """

    what: Text
    remedy: Text
    harmless: Any = None


def without_withdrawn(
    file: TomlFile, withdrawn: Mapping[KeyPath, Withdrawn], problems: list[Problem]
) -> TomlFile:
    """Return `file` without the keys of `withdrawn`, adding a problem for each that is refused."""
    table = file.table
    for path, key in withdrawn.items():
        value = _value_at(table, path)
        if value is None:
            continue
        if value != key.harmless:
            problems.append(Problem(file.place(path), key.what, key.remedy))
        table = _without(table, path)
    return replace(file, table=table)


def _value_at(table: Any, path: KeyPath) -> Any:
    for part in path:
        table = table.get(part) if isinstance(table, dict) else None
    return table


def _without(table: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
    first, *rest = path
    if not rest:
        return {key: value for key, value in table.items() if key != first}
    return {**table, str(first): _without(table[str(first)], tuple(rest))}
