"""Do these people have this message already, from another campaign or step?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.checks.reading.places import place_of, step_key
from mailer.model.finding import Finding, Severity
from mailer.remedies import Remedy, RemedyAct
from mailer.render.facts.dates import day_in_words
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "already-sent"


def check(draft: Draft) -> Iterator[Finding]:
    """Says to how many, and when; a launch then needs `again`."""
    zone = ZoneInfo(draft.campaign.time_zone)
    steps = {planned.step.id: planned.step for planned in draft.plan}
    for before in draft.sent_before:
        mailing = before.mailing
        yield Finding(
            NAME,
            Severity.WARNING,
            place_of(draft.campaign, step_key(draft.campaign, steps[before.step], "subject")),
            _(
                "{what} {goes} to {count} of the {audience} recipients of “{step}”: {mailing}, {day}.",
                what=_("This very text")
                if mailing.is_same_text
                else _("A text with this very subject"),
                goes=_("has already gone") if mailing.has_begun else _("is already going to go"),
                count=before.count,
                audience=before.audience,
                step=before.step,
                mailing=f"{mailing.campaign}/{mailing.step}",
                day=day_in_words(mailing.at.astimezone(zone).date(), draft.campaign.language),
            ),
            _("A copied folder or a renamed step is a new mailing: people would get it twice."),
            _("Change the text, leave the step out, or launch it all the same."),
            Remedy(RemedyAct.LAUNCH_AGAIN, {"campaign": draft.campaign.slug}),
        )
