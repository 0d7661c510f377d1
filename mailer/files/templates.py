"""Reads message templates from their folders; rendering itself reads no files."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING
from unicodedata import normalize

from mailer.errors import ContentError, Place, Problem, Unreadable, nearest
from mailer.files.copied_templates import is_superseded_copy
from mailer.files.organisations import read_organisations
from mailer.files.text_files import TooLarge, read_limited, read_text
from mailer.files.theme_files import picture_problems, read_theme, weak_contrasts
from mailer.look.image_files import SHOWN_SUFFIXES
from mailer.model.campaigns.template import Template
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SHARED = "base"
"""The folder with the parts that all templates may include or extend."""

MAX_READ_BYTES = 10_000_000
"""The largest image of a template that is read; a logo has a hundredth of it."""


def load_template(name: str, folders: Sequence[Path], theme: str = "") -> Template:
    """Return the template `name` with the shared parts that it may use.

    Each file comes from the first of `folders` that has it, the office's before ours: an office
    can change one part or add a theme, and keep the rest. The look is in `theme.toml`; a named
    theme says in `themes/<theme>.toml` what differs. Raises ContentError with all problems.
    """
    problems: list[Problem] = []
    if not any((folder / name / "body.mjml.j2").is_file() for folder in folders):
        known = sorted(
            {path.parent.name for folder in folders for path in folder.glob("*/body.mjml.j2")}
        )
        where = Place((folders[0] / name).as_posix() if folders else name)
        what = _("There is no template called “{name}”.", name=name)
        raise ContentError(Problem(where, what, nearest(name, known)))
    members = _members((SHARED, name), folders, problems)
    files = {
        key: text
        for key, path in members.items()
        if path.suffix == ".j2" and (text := read_text(path, problems=problems)) is not None
    }
    images = _images(members, problems)
    read = read_theme(name, folders, theme, problems=problems)
    problems += picture_problems(name, read, images, refused=members.keys() - images.keys())
    organisations = read_organisations(folders, problems)
    if problems:
        raise ContentError(*problems)
    return Template(name, files, asdict(read.theme), images, weak_contrasts(read), organisations)


def _images(members: Mapping[str, Path], problems: list[Problem]) -> dict[str, bytes]:
    found = {}
    for key, path in members.items():
        if path.suffix == ".j2":
            continue
        try:
            found[key] = read_limited(path, most_bytes=MAX_READ_BYTES)
        except TooLarge as refused:
            what = _("The image is too big: {size} MB.", size=refused.size_bytes // 10**6)
            problems.append(Problem(Place(path.as_posix()), what, _("Make it smaller.")))
        except Unreadable as refused:
            remedy = _("Put a copy of the file in its place.")
            problems.append(Problem(Place(path.as_posix()), refused.reason, remedy))
    return found


def _members(
    names: Sequence[str], folders: Sequence[Path], problems: list[Problem]
) -> dict[str, Path]:
    """Return the path of each file by its name (`press/body.mjml.j2`), from the first folder that
    has it.
    """
    found: dict[str, Path] = {}
    for folder in (folder / name for name in names for folder in folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".j2" and path.suffix.lower() not in SHOWN_SUFFIXES:
                continue
            key = normalize("NFC", path.as_posix()[len(folder.parent.as_posix()) + 1 :])
            if key in found or path.is_dir():
                continue
            if is_superseded_copy(path, key=key, ours=folders[-1]):
                continue
            if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
                found[key] = path
                continue
            problems.append(
                Problem(
                    Place(path.as_posix()),
                    _("The file is a link that leads out of the template’s folder."),
                    _("Put a copy of the file in its place."),
                )
            )
    return found
