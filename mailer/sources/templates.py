"""Message templates, read whole from their folders before rendering, which reads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailer.errors import ContentError, Place, Problem
from mailer.model.template import Template
from mailer.sources.text_files import nearest, read_text
from mailer.sources.toml_files import parse_toml
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SHARED = "base"
"""The folder whose parts every template may include or extend."""

_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif"})
"""What every mail program shows; SVG and WebP are refused by some, Outlook among them."""


def load_template(name: str, folders: Sequence[Path], theme: str = "") -> Template:
    """The template `name`, with the shared parts it may use.

    `folders` are looked through in order, those of the office before ours: a folder
    `press/` of the office takes the place of the whole of ours. A theme is `theme.toml`,
    and a named one adds what `themes/<theme>.toml` says otherwise. Raises ContentError.
    """
    problems: list[Problem] = []
    own = _find(name, folders)
    if own is None or not own.is_dir():
        known = sorted(
            {path.parent.name for folder in folders for path in folder.glob("*/body.mjml.j2")}
        )
        where = Place((folders[0] / name).as_posix() if folders else name)
        what = _("There is no template called “{name}”.", name=name)
        raise ContentError(Problem(where, what, nearest(name, known)))
    shared = _find(SHARED, folders)
    files = {
        key: text
        for folder in (shared, own)
        if folder is not None
        for key, path in _members(folder, {".j2"}, problems)
        if (text := read_text(path, problems=problems)) is not None
    }
    images = {key: path.read_bytes() for key, path in _members(own, _IMAGES, problems)}
    colours = _theme(own, theme, problems)
    if problems:
        raise ContentError(*problems)
    return Template(name, files, colours, images)


def _find(name: str, folders: Sequence[Path]) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_dir()), None)


def _members(
    folder: Path, suffixes: set[str] | frozenset[str], problems: list[Problem]
) -> Iterator[tuple[str, Path]]:
    """`press/body.mjml.j2` → its path, for every file of these kinds in `folder`."""
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in suffixes or path.is_dir():
            continue
        if not path.resolve().is_relative_to(home):
            problems.append(
                Problem(
                    Place(path.as_posix()),
                    _("The file is a link that leads out of the template’s folder."),
                    _("Put a copy of the file in its place."),
                )
            )
            continue
        yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path


def _theme(own: Path, theme: str, problems: list[Problem]) -> Mapping[str, object]:
    plain = own / "theme.toml"
    found = _read_theme(plain, problems) if plain.exists() or not theme else {}
    if not theme:
        return found
    named = own / "themes" / f"{theme}.toml"
    if not named.is_file():
        known = sorted(path.stem for path in named.parent.glob("*.toml"))
        what = _("The template “{name}” has no theme “{theme}”.", name=own.name, theme=theme)
        remedy = nearest(theme, known) if known else _("Remove the key “theme”.")
        problems.append(Problem(Place(named.as_posix()), what, remedy))
        return found
    return _laid_over(found, _read_theme(named, problems))


def _read_theme(path: Path, problems: list[Problem]) -> Mapping[str, Any]:
    text = read_text(path, problems=problems)
    file = parse_toml(text, name=path.as_posix(), problems=problems) if text is not None else None
    return file.table if file else {}


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`below`, where `above` says nothing else; tables are joined key by key."""
    joined = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            joined[key] = _laid_over(below[key], above[key])
    return joined
