"""Was the folder changed after the campaign was launched?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.errors import Place
from mailer.labels import change_in_words, step_title
from mailer.model.mailings.since_launch import written
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text

if TYPE_CHECKING:
    from mailer.model.mailings.since_launch import SinceLaunch

_SHOWN = 8

WHY = _("What leaves is what was signed off, not what the folder says now.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield one error that names what the folder says otherwise, and what leaves all the same."""
    launch = draft.since_launch
    if launch is None or not launch.changes:
        return
    yield error(
        Place(draft.campaign.file),
        what=_(
            "launched on {at} by {name}; the folder says otherwise since: {changes}",
            at=written(launch.at),
            name=launch.by or "-",
            changes=_joined([change_in_words(each) for each in launch.changes[:_SHOWN]]),
        ),
        why=_what_leaves(launch),
        remedy=what_to_do(launch),
        act=act_after(launch),
    )


def _what_leaves(launch: SinceLaunch) -> Text:
    if not launch.to_come:
        return _("Every step has ended or left: nothing of this folder will leave.")
    return _(
        "What leaves is what was signed off, not this folder: {steps}.",
        steps=tuple(
            _("{step} ({at})", step=step_title(each.step), at=written(each.local_time))
            for each in launch.to_come
        ),
    )


def what_to_do(launch: SinceLaunch) -> Text:
    """Say how what is still to come is changed."""
    if not launch.to_come:
        return _(
            "Tell people what has changed: correct, move or cancel this campaign. If it was a"
            " mistake, put the folder back."
        )
    if len(launch.to_come) == len(launch.steps):
        return _(
            "Nothing has left yet: cancel the launch, sign this version off and launch it. To stop"
            " first, pause it."
        )
    return _(
        "Pause it to hold what is to come. Then tell people what has changed: correct, move or"
        " cancel this campaign, and the coming steps leave in their new version."
    )


def act_after(launch: SinceLaunch) -> Remedy:
    """Return the act that begins to change it."""
    if len(launch.to_come) < len(launch.steps):
        return Remedy(RemedyAct.AMEND, {"campaign": launch.campaign})
    return Remedy(RemedyAct.PAUSE, {"campaign": launch.campaign})


def _joined(texts: list[Text]) -> Text:
    first, *others = texts
    for each in others:
        first = Text("{first} · {other}", {"first": first, "other": each})
    return first
