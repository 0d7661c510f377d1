"""The same facts in another language: `[event.en]`, `[links.en]` below the link it words anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mailer.files.campaigns.shape import is_language
from mailer.files.toml.reading import TomlFile, fill

if TYPE_CHECKING:
    from mailer.errors import Problem
    from mailer.files.toml.lines import Path

Wordings = dict[str, dict[str, str]]
"""Language → field → wording."""


@dataclass(frozen=True, slots=True)
class EventWording:
    """`[event.en]`."""

    name: str = ""
    theme: str = ""
    venue: str = ""
    address: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class ContactWording:
    """`[press_contacts.en]`."""

    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class PartnerWording:
    """`[partners.en]`."""

    name: str = ""
    role: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkWording:
    """`[links.en]`; the page may be another one too."""

    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionWording:
    """`[corrections.en]`, for what no date says by itself."""

    what: str = ""
    old: str = ""
    new: str = ""


_SHAPES = {
    "event": EventWording,
    "press_contacts": ContactWording,
    "partners": PartnerWording,
    "links": LinkWording,
    "corrections": CorrectionWording,
}


def split_translations(
    file: TomlFile, problems: list[Problem]
) -> tuple[TomlFile, dict[Path, Wordings]]:
    """Split the wordings in other languages from `file`.

    Returns the rest, and the translations by the path of their table.
    """
    table = dict(file.table)
    found: dict[Path, Wordings] = {}
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
    at: Path,
    entry: dict[str, Any],
    shape: type[Any],
    found: dict[Path, Wordings],
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
