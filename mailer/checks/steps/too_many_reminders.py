"""Is one reminder enough?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, Severity, _, finding
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.checks.reading.texts.reminders import reminders
from mailer.labels import step_title

ACCEPTED = 1
"""62 % of journalists accept one follow-up, 8 % several; 52 % block who insists (Cision 2025)."""

TOLERATED = 2

WHY = _("Half of the journalists block a sender who insists.")
SOURCE = sources.FOLLOW_UPS


def check(draft: Draft) -> Findings:
    """Yield a warning for a second reminder to a list, and an error for a third without a reason."""
    for reminder in reminders(draft):
        step, count = reminder.planned.step, reminder.number
        if count <= ACCEPTED:
            continue
        yield finding(
            Severity.WARNING if count <= TOLERATED or step.reason else Severity.ERROR,
            place_of(draft.campaign, step_key(draft.campaign, step, "send")),
            what=_(
                "The step “{step}” is reminder number {count}.",
                step=step_title(step.id),
                count=count,
            ),
            why=WHY,
            remedy=_(
                "Keep one reminder; call those whom you must have. If it is needed, fill in {fact}.",
                fact=FactKey("steps.reason", "…"),
            ),
        )
