"""The form of a step: when it leaves, whom it is for, and what else only this step says."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from mailer.calendar.timetable import plan
from mailer.errors import ContentError, Place, Problem
from mailer.files.campaigns.campaign_file import KIND_OF_STEP
from mailer.labels import label_of
from mailer.model.drafts.revision import EditConflict
from mailer.web.fact_fields import label_of_field, options_of
from mailer.web.views.campaign import page_of, signed_before
from mailer.web.views.campaigns.conflict import facts_conflict
from mailer.web.views.campaigns.facts import notice_of, steps_of
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.model.drafts.draft import PlannedStep
    from mailer.operations.campaigns.revisions.edited import EditedFacts
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

TARGET_KEYS = ("outlets", "beats", "regions", "media", "languages", "received", "not_received")
"""The conditions of a step that are words; its lists stand apart."""
FURTHER_KEYS = ("kind", "fixed", "calendar", "reason")
"""What few steps say."""


def show(visit: Visit) -> Response:
    """Show the form with what is saved, or what was typed when it was refused."""
    edited = visit.app.editing.facts(visit.slug)
    step, steps = visit.path("step"), steps_of(edited)
    if step not in steps:
        where, what = Place(""), _("the campaign has no step of this name")
        raise ContentError(Problem(where, what, _("Choose a step of the calendar.")))
    return visit.page(
        "editing/step.html.j2",
        edited=edited,
        step=step,
        steps=steps,
        base=visit.typed.number("base") or edited.opened.head.number,
        values=edited.fields,
        label=partial(label_of_field, visit.say),
        options=partial(options_of, visit.say),
        target_keys=TARGET_KEYS,
        further_keys=FURTHER_KEYS,
        usual_kind=_usual_kind(visit, edited),
        planned=_planned(visit, edited),
        signed_before=signed_before(visit, edited.opened.head),
    )


def save(visit: Visit, form: Form) -> Response:
    """Save the fields of the step. A conflict is shown with both."""
    base = form.number("base") or 0
    own = [name for name in form.fields if name.startswith(f"steps.{visit.path('step')}.")]
    typed = {name: "\n".join(filter(None, form.all(name))) for name in own}
    here = page_of(visit, f"calendrier/{visit.path('step')}")
    saved = visit.app.editing.save_facts(visit.slug, typed, base=base, actor=visit.actor)
    if isinstance(saved, EditConflict):
        return facts_conflict(visit, saved, typed, base=base, here=here)
    return visit.done(here, notice_of(saved, base))


def _planned(visit: Visit, edited: EditedFacts) -> PlannedStep | None:
    """Return when the step leaves; None for one that an answer triggers, or that cannot be planned."""
    if edited.campaign is None:
        return None
    with suppress(ContentError):  # the page says what is wrong
        for planned in plan(edited.campaign, office=visit.app.settings.office):
            if planned.step.id == visit.path("step") and not planned.step.on:
                return planned
    return None


def _usual_kind(visit: Visit, edited: EditedFacts) -> str:
    """Return the kind that the document has when the step says nothing of it."""
    kind = KIND_OF_STEP.get(visit.path("step")) or (edited.campaign and edited.campaign.kind)
    return visit.say(label_of(kind)) if kind else ""
