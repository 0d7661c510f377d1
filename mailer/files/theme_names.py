"""Finds the themes of templates by name, without reading them over.

The configuration asks for the names at each start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.files.copied_templates import is_superseded_copy
from mailer.files.text_files import read_text
from mailer.files.toml.parsing import NotToml, parse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PLAIN = "plain"
"""The name of a template's own look when its `theme.toml` gives none."""


def known_themes(*folders: Path) -> list[str]:
    """Return the names of all themes that any template in `folders` has."""
    templates = {path.parent.name for each in folders for path in each.glob("*/theme.toml")}
    templates |= {path.parents[1].name for each in folders for path in each.glob("*/themes/*.toml")}
    return sorted({theme for name in templates for theme in themes_in(name, folders)} - {PLAIN})


def themes_in(name: str, folders: Sequence[Path]) -> list[str]:
    """Return the names of all themes of a template, in the order of the alphabet."""
    plain = {name_in(path) for path in existing(folders, f"{name}/theme.toml")}
    named = {path.stem for folder in folders for path in (folder / name).glob("themes/*.toml")}
    return sorted(plain | named)


def plain_theme(name: str, folders: Sequence[Path]) -> str:
    """Return the name of the look that a template has when no theme is named."""
    return next((name_in(path) for path in existing(folders, f"{name}/theme.toml")), PLAIN)


def name_in(path: Path) -> str:
    """Return the `name` in a theme file; a file that is no TOML is refused when it is read."""
    text = read_text(path, problems=[], within=path.parent)
    try:
        return str(parse(text or "").get("name", PLAIN))
    except NotToml:
        return PLAIN


def existing(folders: Sequence[Path], file: str) -> list[Path]:
    """Return the files of that name that count, the office's first."""
    return [
        folder / file
        for folder in folders
        if (folder / file).is_file()
        and not is_superseded_copy(folder / file, key=file, ours=folders[-1])
    ]
