"""Reads the translations in `campaign.toml`: `[event.en]`, or `[links.en]` below its link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mailer.files.toml.reading import TomlFile, fill
from mailer.files.toml.values import is_language

if TYPE_CHECKING:
    from mailer.errors import Problem
    from mailer.files.toml.lines import KeyPath

Translations = dict[str, dict[str, str]]
"""The translated text by language and field."""


@dataclass(frozen=True, slots=True)
class EventTranslation:
    """`[event.en]`."""

    name: str = ""
    theme: str = ""
    venue: str = ""
    address: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class ContactTranslation:
    """`[press_contacts.en]`."""

    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class PartnerTranslation:
    """`[partners.en]`."""

    name: str = ""
    role: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkTranslation:
    """`[links.en]`; its `url` may be a page in that language."""

    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionTranslation:
    """`[corrections.en]`, for texts; a date needs no translation."""

    what: str = ""
    old: str = ""
    new: str = ""


_SHAPES = {
    "event": EventTranslation,
    "press_contacts": ContactTranslation,
    "partners": PartnerTranslation,
    "links": LinkTranslation,
    "corrections": CorrectionTranslation,
}


def split_translations(
    file: TomlFile, problems: list[Problem]
) -> tuple[TomlFile, dict[KeyPath, Translations]]:
    """Return `file` without its translations, and the translations by the path of their table."""
    table = dict(file.table)
    found: dict[KeyPath, Translations] = {}
    for key, shape in _SHAPES.items():
        value: Any = table.get(key)
        if isinstance(value, dict):
            table[key] = _lifted(file, (key,), value, shape, found, problems)
        elif isinstance(value, list):
            table[key] = [
                _lifted(file, (key, n), entry, shape, found, problems)
                if isinstance(entry, dict)
                else entry
                for n, entry in enumerate(value)
            ]
    return replace(file, table=table), found


def _lifted(
    file: TomlFile,
    at: KeyPath,
    entry: dict[str, Any],
    shape: type[Any],
    found: dict[KeyPath, Translations],
    problems: list[Problem],
) -> dict[str, Any]:
    codes = [code for code, it in entry.items() if is_language(code) and isinstance(it, dict)]
    for code in codes:
        refused: list[Problem] = []
        fill(shape, file, at=(*at, code), problems=refused)
        problems += refused
        if not refused:
            found.setdefault(at, {})[code] = {k: str(v) for k, v in entry[code].items()}
    return {key: value for key, value in entry.items() if key not in codes}
