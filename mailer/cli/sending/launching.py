"""Show what a launch would send, before its number is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.cli.terminal import show
from mailer.labels import step_title
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.operations.campaigns.launching.launch_summary import LaunchSummary

_LINES = 12
"""How many lines of a sample are printed: its first screen."""


def print_launch_summary(summary: LaunchSummary) -> None:
    """Print the counts by list, the first and last hour, the reminders and the samples."""
    from mailer.pages.received import read_back

    show.table(
        (_("Step"), _("Through the list"), _("Recipients"), _("Left out")),
        (
            (step_title(each.planned.step.id), name or _("asked to come"), count, each.left_out)
            for each in summary.steps
            for name, count in each.by_list.items()
        ),
    )
    show.print_line(
        _(
            "First send: {first}; last: {last} (hours of {zone}).",
            first=show.wall_time(summary.first),
            last=show.wall_time(summary.last),
            zone=summary.time_zone,
        )
    )
    if summary.reminders:
        names = (show.translated(step_title(e.planned.step.id)) for e in summary.reminders)
        show.print_line(
            _n(
                "{count} reminder: {names}.",
                "{count} reminders: {names}.",
                count=len(summary.reminders),
                names=", ".join(names),
            )
        )
    else:
        show.print_line(_("No reminder."))
    for sample in summary.samples:
        person, shown = sample.message.recipient, read_back(sample.message.raw)
        name = person.name or person.address
        show.print_line(_("{person}: {subject}", person=name, subject=shown.subject))
        for line in shown.text.splitlines()[:_LINES]:
            show.print_line(f"    {line}")
