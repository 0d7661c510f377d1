"""Reads `organisations.toml`: what each institution says of itself, written once for all campaigns.

[[organisations]]
name = "Institut"
about = "L’Institut se consacre à…"
url = "https://www.institut.example"

[organisations.en]
about = "The institute is devoted to…"
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailer.errors import Problem, nearest
from mailer.files.text_files import read_text
from mailer.files.toml.reading import TomlFile, fill, parse_toml
from mailer.files.toml.values import Filled, is_language
from mailer.model.campaigns.template import Organisation
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "organisations.toml"
_TABLE = "organisations"


@dataclass(frozen=True, slots=True)
class OrganisationTable:
    """`[[organisations]]`, without its translations."""

    name: Filled
    about: Filled
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationTranslation:
    """`[organisations.en]`."""

    name: str = ""
    about: str = ""
    url: str = ""


def read_organisations(
    folders: Sequence[Path], problems: list[Problem]
) -> tuple[Organisation, ...]:
    """Return the organisations of the first folder that has the file; none without a file."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    text = read_text(path, problems=problems, within=path.parent) if path else None
    if path is None or text is None:
        return ()
    file = parse_toml(text, name=path.as_posix(), problems=problems)
    if file is None:
        return ()
    for key in file.table.keys() - {_TABLE}:
        what = _("There is no key called “{key}”.", key=key)
        problems.append(Problem(file.place((key,)), what, nearest(key, [_TABLE])))
    tables = file.table.get(_TABLE, [])
    if not isinstance(tables, list):
        what = _("The organisations are no list of tables.")
        problems.append(
            Problem(file.place((_TABLE,)), what, _("Begin each of them with [[organisations]]."))
        )
        return ()
    found = (_organisation(file, n, table, problems) for n, table in enumerate(tables))
    return tuple(organisation for organisation in found if organisation)


def _organisation(
    file: TomlFile, number: int, table: Any, problems: list[Problem]
) -> Organisation | None:
    codes = [
        key
        for key, value in (table.items() if isinstance(table, dict) else ())
        if is_language(key) and isinstance(value, dict)
    ]
    at = (_TABLE, number)
    filled = fill(OrganisationTable, file, at=at, also=codes, problems=problems)
    for code in codes:
        fill(OrganisationTranslation, file, at=(*at, code), problems=problems)
    if filled is None:
        return None
    translations = {code: {k: str(v) for k, v in table[code].items()} for code in codes}
    return Organisation(filled.name, filled.about, filled.url, translations)
