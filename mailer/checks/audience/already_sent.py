"""Do these people have this message already, from another campaign or step?"""

from zoneinfo import ZoneInfo

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import mailing_name, step_title
from mailer.remedies import Remedy, RemedyAct

NAME = "already-sent"
"""The name of this check. A launch requires its findings to be confirmed."""

WHY = _("A copied folder or a renamed step is a new mailing: people would get it twice.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield a warning for each similar mailing to these people. A launch then needs `again`."""
    zone = ZoneInfo(draft.campaign.time_zone)
    steps = {planned.step.id: planned.step for planned in draft.plan}
    for before in draft.sent_before:
        mailing = before.mailing
        yield warning(
            place_of(draft.campaign, step_key(draft.campaign, steps[before.step], "subject")),
            what=_(
                "{what} {goes} to {count} of the {audience} recipients of “{step}”: {mailing}, {at}.",
                what=_("This very text")
                if mailing.is_same_text
                else _("A text with this very subject"),
                goes=_("has already gone") if mailing.has_begun else _("is already due to go"),
                count=before.count,
                audience=before.audience,
                step=step_title(before.step),
                mailing=mailing_name(mailing),
                at=mailing.at.astimezone(zone),
            ),
            why=WHY,
            remedy=_("Change the text, leave the step out, or launch it all the same."),
            act=Remedy(RemedyAct.LAUNCH_AGAIN, {"campaign": draft.campaign.slug}),
        )
