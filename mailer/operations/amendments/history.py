"""Read what a campaign has told so far: its versions, its mailings, its calendar entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.mailings.mailing import HAS_ENDED
from mailer.remedies import Remedy, RemedyAct
from mailer.render.mime.calendar import entry_in
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailer.model.campaigns.campaign import CalendarEntry
    from mailer.model.mailings.amendment import Amendment
    from mailer.model.mailings.mailing import Mailing
    from mailer.model.mailings.message import Embedded
    from mailer.ports import Ledger

_VERSIONED = re.compile(r"(?P<step>.+)-v(?P<version>\d+)")


@dataclass(frozen=True, slots=True)
class CampaignHistory:
    """The mailings and the launched amendments of a campaign."""

    mailings: tuple[Mailing, ...]
    amendments: tuple[Amendment, ...]

    @property
    def version(self) -> int:
        """The newest version that was launched."""
        return max(each.version for each in self.mailings)

    @property
    def is_cancelled(self) -> bool:
        """Whether the event was cancelled and people were told."""
        return any(each.kind == "cancellation" for each in self.amendments)

    @property
    def to_come(self) -> tuple[Mailing, ...]:
        """The mailings that have not started and have not ended."""
        return tuple(
            each
            for each in self.mailings
            if each.started_at is None and each.state not in HAS_ENDED
        )

    @property
    def under_way(self) -> tuple[Mailing, ...]:
        """The mailings that have started and not ended."""
        return tuple(
            each
            for each in self.mailings
            if each.started_at is not None and each.state not in HAS_ENDED
        )

    @property
    def facts(self) -> Mapping[int, Mapping[str, str]]:
        """What each version announced; empty for one of an old ledger."""
        return {each.version: each.facts for each in self.mailings}

    @property
    def lists(self) -> tuple[str, ...]:
        """Every list that a mailing was for, in the order of priority."""
        return tuple(dict.fromkeys(name for each in self.mailings for name in each.rule.to))

    @property
    def entry(self) -> CalendarEntry | None:
        """What identifies the calendar entry that people have, or None when none was sent."""
        if self.amendments:
            return self.amendments[-1].entry
        return entry_in(_files(self.mailings))

    @property
    def has_published_entry(self) -> bool:
        """Whether a calendar file has left to people who are not invited one by one."""
        left = [each for each in self.mailings if each.started_at is not None]
        return any("method=PUBLISH" in file.media_type for file in _files(left))


def _files(mailings: Iterable[Mailing]) -> Iterator[Embedded]:
    for mailing in mailings:
        for message in mailing.variants.values():
            yield from message.embedded


def history_of(campaign: str, *, ledger: Ledger) -> CampaignHistory:
    """Return what a launched campaign has told. Raises RuleError when it was not launched."""
    mailings = tuple(ledger.mailings.all(campaign))
    if not mailings:
        raise RuleError(
            Problem(
                Place(campaign),
                _("this campaign was not launched, so nobody has anything of it"),
                _("Change its folder, sign it off and launch it."),
                Remedy(RemedyAct.SEE_STATUS),
            )
        )
    launched = (each for each in ledger.amendments.of_campaign(campaign) if each.launched_at)
    return CampaignHistory(mailings, tuple(launched))


def step_of_folder(mailing: Mailing) -> str:
    """Return the step of the folder that a mailing is of: `announcement` for `announcement-v2`."""
    found = _VERSIONED.fullmatch(mailing.step)
    is_later = found is not None and int(found["version"]) == mailing.version
    return found["step"] if found and is_later else mailing.step


def step_in_version(step: str, version: int) -> str:
    """Return the name of a later version of a step."""
    return f"{step}-v{version}"
