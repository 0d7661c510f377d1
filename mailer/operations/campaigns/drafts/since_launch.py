"""Compare a launched campaign with its folder."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.since_launch import (
    LaunchedStep,
    SinceLaunch,
    changes_since,
    is_of_step,
    launch_facts,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.drafts.draft import PlannedStep
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.ports import Ledger

_TO_COME = frozenset({MailingState.SCHEDULED, MailingState.PAUSED})


def since_launch(
    campaign: Campaign,
    plan: Sequence[PlannedStep],
    *,
    mailings: Sequence[MailingSummary],
    ledger: Ledger,
) -> SinceLaunch | None:
    """Return the launch of a campaign and what its folder says otherwise since.

    `mailings` are those of the campaign. Returns None when it was not launched, and when it was
    cancelled before anything left: then it may be launched as it stands.
    """
    if not mailings or _may_be_launched_again(mailings, ledger):
        return None
    launch = _launch_of(campaign.slug, mailings, ledger)
    present = {
        planned.step.id: launch_facts(campaign, planned.step, leaves=planned.local)
        for planned in plan
    }
    launched = _announced(mailings, of_folder=present.keys())
    changes = changes_since(launched, present) if any(launched.values()) else ()
    steps = tuple(map(_launched_step, mailings))
    left = {each.step for each in steps if not each.is_to_come}
    return SinceLaunch(
        campaign=campaign.slug,
        at=in_zone(launch.at, campaign.time_zone),
        by=launch.name,
        steps=steps,
        # The hour of a step that has left follows from the date of the event, and says nothing.
        changes=tuple(c for c in changes if c.fact != "step.leaves" or c.step not in left),
    )


def _launch_of(campaign: str, mailings: Sequence[MailingSummary], ledger: Ledger) -> JournalEntry:
    """Return the line about the launch of a campaign itself, not of what was told afterwards."""
    lines = ledger.journal.entries(campaign, action="launch")
    is_amended = any(mailing.version > 1 for mailing in mailings)
    amendments = ledger.amendments.of_campaign(campaign) if is_amended else ()
    amended_at = {each.launched_at for each in amendments}
    return ([line for line in lines if line.at not in amended_at] or lines)[-1]


def _announced(
    mailings: Sequence[MailingSummary], *, of_folder: Collection[str]
) -> dict[str, Mapping[str, str]]:
    """Return what people were told of each step, by its newest version.

    After an amendment the facts of the campaign are those that it told. The text of a step that
    had left before is past, and is not compared; the steps that only told the amendment are not
    of the folder.
    """
    version = max(mailing.version for mailing in mailings)
    if version == 1:
        return {mailing.step: mailing.facts for mailing in mailings}
    told = next(mailing.facts for mailing in mailings if mailing.version == version)
    of_all = {fact: value for fact, value in told.items() if not is_of_step(fact)}
    return {
        mailing.step: mailing.facts if mailing.version == version else of_all
        for mailing in mailings
        if mailing.step in of_folder or mailing.version == 1
    }


def _launched_step(mailing: MailingSummary) -> LaunchedStep:
    return LaunchedStep(
        step=mailing.step,
        state=mailing.state,
        local_time=datetime.fromisoformat(mailing.local_time),
        is_to_come=mailing.state in _TO_COME and not mailing.has_started,
    )


def _may_be_launched_again(mailings: Sequence[MailingSummary], ledger: Ledger) -> bool:
    return all(mailing.state is MailingState.CANCELLED for mailing in mailings) and not any(
        ledger.similar_mailings.delivered_address_keys(mailing.id) for mailing in mailings
    )
