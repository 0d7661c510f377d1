"""Do readers have time to answer before they are reminded?"""

from datetime import date

from mailer.calendar.timetable import working_days_after
from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, _n, finding
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.checks.reading.texts.reminders import reminders
from mailer.labels import step_title

PATIENCE = 2
"""After how many working days a reminder is not too close: who got the announcement on Monday may
be reminded on Wednesday."""

WHY = _("People have had no time to answer, and feel pressed.")
SOURCE = sources.FOLLOW_UPS


def check(draft: Draft) -> Findings:
    """Yield a warning for each reminder that follows too closely, an error if it does not follow."""
    for reminder in reminders(draft):
        planned, before = reminder.planned, reminder.before
        days = _working_days_between(before.local.date(), planned.local.date())
        if days >= PATIENCE:
            continue
        yield finding(
            Severity.WARNING if planned.due_at > before.due_at else Severity.ERROR,
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "send")),
            what=_n(
                "The step “{step}” reminds {count} working day after “{before}”.",
                "The step “{step}” reminds {count} working days after “{before}”.",
                count=days,
                step=step_title(planned.step.id),
                before=step_title(before.step.id),
            ),
            why=WHY,
            remedy=_("Is it meant? Otherwise leave two working days between them."),
        )


def _working_days_between(first: date, last: date) -> int:
    """Return how many working days after `first` lie up to `last`, counting at most `PATIENCE`."""
    return sum(working_days_after(first, count) <= last for count in range(1, PATIENCE + 1))
