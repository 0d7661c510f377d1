"""Finds the campaigns of a workspace by the name or the path of their folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import ContentError, Place, Problem
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mailer.model.campaigns.campaign import Campaign


class CampaignSurvey(NamedTuple):
    """A campaign as far as it can be read, and all problems of its folder."""

    campaign: Campaign | None
    problems: tuple[Problem, ...]


FolderState = tuple[tuple[str, int, int, int], ...]
"""The path, inode, size in bytes and time of change (ns) of each file of a folder."""


def state_of_folder(folder: Path) -> FolderState:
    """Return what tells whether a file of the folder was written, added or removed."""
    return tuple(
        (path.as_posix(), found.st_ino, found.st_size, found.st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        # A link that leads nowhere has a state as well; the reader says what is wrong with it.
        if (found := path.stat() if path.exists() else path.lstat())
    )


def require_no_problems(campaign: Campaign | None, problems: Sequence[Problem]) -> Campaign:
    """Return the campaign of a survey; raises ContentError when the survey found problems."""
    if campaign is None or problems:
        raise ContentError(*problems)
    return campaign


@dataclass(frozen=True, slots=True)
class CampaignFolders:
    """The folders with a `campaign.toml`, below `campaigns/` or elsewhere in the workspace.

    `read` runs `folder.survey_campaign` in this process or in the sandbox; it raises ContentError
    when a file exceeds the limits of the sandbox.
    """

    workspace: Path
    read: Callable[[Path], CampaignSurvey]

    def load(self, reference: str) -> Campaign:
        """Return the campaign; raises ContentError with every problem of its folder."""
        return require_no_problems(*self.read(self.folder(reference)))

    def survey(self, reference: str) -> CampaignSurvey:
        """Return the campaign as far as it can be read, and every problem of its folder."""
        folder = self.folder(reference)
        try:
            return self.read(folder)
        except ContentError as refused:
            return CampaignSurvey(None, refused.problems)

    def slug(self, reference: str) -> str:
        """Return the name under which the ledger knows the campaign."""
        return self.folder(reference).name

    def names(self) -> list[str]:
        """Return the names of the campaigns below `campaigns/`, in order."""
        return sorted(path.parent.name for path in self.workspace.glob("campaigns/*/campaign.toml"))

    def folder(self, reference: str) -> Path:
        """Return the folder of a campaign; raises ContentError when there is none."""
        for folder in (self.workspace / "campaigns" / reference, self.workspace / reference):
            file = folder / "campaign.toml"
            if file.exists() or file.is_symlink():  # what is no file is said when it is read
                return folder
        raise ContentError(self._unknown(reference))

    def _unknown(self, reference: str) -> Problem:
        where, what = Place(reference), _("there is no campaign here")
        if known := ", ".join(self.names()):
            return Problem(where, what, _("Known campaigns: {known}.", known=known))
        create = Remedy(RemedyAct.NEW_CAMPAIGN, {"campaign": reference})
        return Problem(where, what, _("Create it."), create)
