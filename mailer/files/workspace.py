"""A workspace to start from: configuration, templates and the example campaign."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.files.bundled import bundled
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from pathlib import Path

_CONTENT = ("campaigns", "templates")


def make_workspace(folder: Path, *, afresh: bool = False) -> Path:
    """Copies what comes with the program into `folder`.

    Refuses a folder that holds anything (ContentError), unless `afresh`: then what an
    earlier call put there is replaced.
    """
    if folder.exists() and any(folder.iterdir()):
        if not afresh:
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
    for name in _CONTENT:
        shutil.copytree(bundled(name), folder / name)
    shutil.copyfile(bundled("config.example.toml"), folder / "config.toml")
    return folder
