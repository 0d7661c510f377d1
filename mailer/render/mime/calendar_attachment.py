"""Which messages carry the event's calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailer.errors import ContentError, Place, Problem
from mailer.wording import FactKey, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.campaigns.campaign import Campaign, Step, VariantKey
    from mailer.model.campaigns.office import Office
    from mailer.model.mailings.message import Embedded


def calendar_attachment(
    campaign: Campaign,
    step: Step,
    variant: VariantKey,
    values: Mapping[str, Any],
    planned_local: datetime,
    office: Office,
) -> tuple[Embedded, ...]:
    """Return the calendar file of a step, if it has one for this variant.

    Raises ContentError when the event has no date.
    """
    from mailer.render.mime.calendar import (  # noqa: PLC0415 - a quarter of a second, for the few steps that need it
        calendar_file,
        is_invitation,
    )

    is_theirs = campaign.entry is None or campaign.entry.is_published
    if not is_theirs and not is_invitation(step, variant):
        return ()
    file = calendar_file(
        campaign=campaign,
        step=step,
        variant=variant,
        values=values.get("event", {}),
        planned_local=planned_local,
        office=office,
    )
    if file is None:
        raise ContentError(
            Problem(
                Place(campaign.file, step.line, key=f"steps.{step.id}.calendar"),
                _("a calendar file needs the event's date"),
                _(
                    "Fill in {fact}, or take this away: {mark}.",
                    fact=FactKey("event.starts_at"),
                    mark=FactKey("steps.calendar"),
                ),
            )
        )
    return (file,)
