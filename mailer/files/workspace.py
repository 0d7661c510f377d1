"""Makes a new workspace: configuration, the example campaign, room for an office's own look."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.files.bundled import bundled
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from pathlib import Path

_OWN_THEMES = "templates/press/themes"
"""The folder of an office's own themes. Our templates are not copied: they improve with the
program, and a file here takes the place of ours of the same name.
"""


def make_workspace(folder: Path, *, replace_existing: bool = False) -> Path:
    """Copy the configuration and the example campaign into `folder`, and return it.

    Raises ContentError when the folder is not empty. With `replace_existing`, a workspace that is there is
    deleted first.
    """
    if folder.exists() and any(folder.iterdir()):
        if not replace_existing:
            raise ContentError(
                Problem(
                    Place(str(folder)),
                    _("this folder is not empty"),
                    _("Name a folder that does not exist yet."),
                )
            )
        if not (folder / "config.toml").is_file():
            raise ContentError(
                Problem(
                    Place(str(folder)),
                    _("this folder is not one of ours; it was left as it is"),
                    _("Name another folder."),
                    Remedy(RemedyAct.DEMO_ELSEWHERE),
                )
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(bundled("campaigns"), folder / "campaigns")
    (folder / _OWN_THEMES).mkdir(parents=True)
    shutil.copyfile(bundled("config.example.toml"), folder / "config.toml")
    return folder
