"""Does the hour of each step exist, and only once?"""

from datetime import UTC

from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.places import place_of, step_key
from mailer.model.campaign import CalendarOffset
from mailer.model.draft import PlannedStep
from mailer.wording import Text


def check(draft: Draft) -> Findings:
    """Yield a warning for each local time that a clock change skips or repeats.

    The finding says at which instant the step leaves.
    """
    for planned in draft.plan:
        what = _what(planned)
        if what is not None:
            yield warning(
                place_of(draft.campaign, step_key(draft.campaign, planned.step, "send")),
                what=what,
                why=_("Clocks change in that night, between 2 and 3 in the morning."),
                remedy=_("Choose another hour."),
            )


def _what(planned: PlannedStep) -> Text | None:
    step, local = planned.step, planned.local
    names = {"step": step.id, "at": local.strftime("%H:%M"), "utc": _utc(planned)}
    if isinstance(step.send, CalendarOffset) and local.time() != step.send.at:
        return _(
            "The hour of the step “{step}” does not exist on that day; it leaves at {at} ({utc}).",
            **names,
        )
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        return _(
            "The hour of the step “{step}” exists twice on that day; it leaves at the {at} that"
            " is {utc}.",
            **names,
        )
    return None


def _utc(planned: PlannedStep) -> str:
    return planned.local.astimezone(UTC).strftime("%H:%M UTC")
