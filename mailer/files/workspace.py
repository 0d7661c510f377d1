"""Makes a new workspace: configuration, the example campaign, room for an office's own look.

And tells a workspace from any other folder, so that a mistyped name is not taken for an empty one.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from mailer.errors import ConfigError, ContentError, Place, Problem
from mailer.files.bundled import bundled
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from pathlib import Path

_OWN_THEMES = "templates/press/themes"
"""The folder of an office's own themes. Our templates are not copied: they improve with the
program, and a file here takes the place of ours of the same name.
"""


def make_workspace(folder: Path, *, office: str = "") -> Path:
    """Copy the configuration and the example campaign into `folder`, and return it.

    `office` is the name under which people know the office; without it, that of the example stays.
    Raises ContentError when the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ContentError(
            Problem(
                Place(str(folder)),
                _("this folder is not empty"),
                _("Name a folder that does not exist yet."),
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(bundled("campaigns"), folder / "campaigns")
    (folder / _OWN_THEMES).mkdir(parents=True)
    shutil.copyfile(bundled("config.example.toml"), folder / "config.toml")
    if office:
        _name_office(folder / "config.toml", office)
    return folder


def _name_office(file: Path, name: str) -> None:
    import tomlkit  # noqa: PLC0415 -- only a new workspace needs it

    document = tomlkit.parse(file.read_text(encoding="utf-8"))
    document["office"]["name"] = name
    file.write_text(tomlkit.dumps(document), encoding="utf-8")


def is_workspace(folder: Path) -> bool:
    """Return whether a folder holds a configuration, or campaigns that go by the defaults."""
    return (folder / "config.toml").exists() or (folder / "campaigns").is_dir()


def require_workspace(folder: Path) -> None:
    """Raise ConfigError, with the nearest folder that is a workspace, for one that is none."""
    if is_workspace(folder):
        return
    begin = Remedy(RemedyAct.BEGIN_WORKSPACE)
    what = _("this folder is not a workspace: it has neither config.toml nor campaigns/")
    found = nearest_workspace(folder.resolve())
    how = (
        _("Name {folder}, which is one; or begin a new one.", folder=found)
        if found
        else _("Name the folder of your office, or begin a new one.")
    )
    raise ConfigError(Problem(Place(str(folder.resolve())), what, how, begin))


def nearest_workspace(folder: Path) -> Path | None:
    """Return the workspace that somebody who named this folder may have meant, if there is one.

    It is one that the folder lies in, or lies in it, or beside it; of several beside it, only one
    whose name is alike.
    """
    from difflib import get_close_matches  # noqa: PLC0415 -- only where something is wrong

    above = next((each for each in folder.parents if is_workspace(each)), None)
    within = _workspaces_in(folder)
    beside = {each.name: each for each in _workspaces_in(folder.parent)}
    alike = get_close_matches(folder.name, beside, n=1) or (beside if len(beside) == 1 else ())
    return above or next(iter([*within, *map(beside.get, alike)]), None)


def _workspaces_in(folder: Path) -> list[Path]:
    with suppress(OSError):  # it does not exist, or is closed to us
        return sorted(each for each in folder.iterdir() if is_workspace(each))
    return []
