"""The form of a step: when it leaves, whom it is for, and what else only this step says."""

from __future__ import annotations

import secrets
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from mailer.calendar.timetable import plan
from mailer.errors import ContentError, Place, Problem
from mailer.files.campaigns.campaign_file import KIND_OF_STEP
from mailer.labels import label_of
from mailer.model.drafts.revision import EditConflict
from mailer.operations.campaigns.revisions.edited import scratch_of_facts
from mailer.operations.campaigns.writing.editing import FACTS
from mailer.web.fact_fields import label_of_field, options_of
from mailer.web.views.campaign import page_of, signed_before
from mailer.web.views.campaigns.conflict import facts_conflict
from mailer.web.views.campaigns.facts import is_unsaved, notice_of, steps_of, with_kept
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


_PICKED = (".only", ".unless")
"""The ends of the names of fields with a box for each value."""


def show(visit: Visit) -> Response:
    """Show the form with what is saved, what was typed when it was refused, or what was kept."""
    edited = visit.app.editing.facts(visit.slug)
    step, steps = visit.path("step"), steps_of(edited)
    if step not in steps:
        where, what = Place(""), _("the campaign has no step of this name")
        raise ContentError(Problem(where, what, _("Choose a step of the calendar.")))
    scratches = visit.app.editing.scratches.own(visit.slug, _kept_as(visit), actor=visit.actor)
    visit = with_kept(visit, scratches, picked=_PICKED)
    return visit.page(
        "editing/step.html.j2",
        tab=visit.typed.text("tab") or secrets.token_urlsafe(12),
        scratches=[
            each
            for each in scratches
            if each.tab != visit.query("brouillon") and is_unsaved(each, edited)
        ],
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
    typed = _typed(visit, form)
    here = page_of(visit, f"calendrier/{visit.path('step')}")
    saved = visit.app.editing.save_facts(visit.slug, typed, base=base, actor=visit.actor)
    if isinstance(saved, EditConflict):
        if form.text("tab"):  # found again if the page of the conflict is left
            keep(visit, form)
        return facts_conflict(visit, saved, typed, base=base, here=here)
    if tab := form.text("tab"):
        visit.app.editing.scratches.discard(visit.slug, _kept_as(visit), tab=tab, actor=visit.actor)
    return visit.done(here, notice_of(saved, base))


def keep(visit: Visit, form: Form) -> Response:
    """Keep what is being typed, for this browser tab (called by the script)."""
    kept = visit.app.editing.scratches.save(
        visit.slug,
        _kept_as(visit),
        scratch_of_facts(_typed(visit, form)),
        base=form.number("base") or 0,
        tab=form.text("tab"),
        actor=visit.actor,
    )
    return JSONResponse({"at": kept.at.isoformat()})


def discard(visit: Visit, form: Form) -> Response:
    """Throw an unsaved version away."""
    visit.app.editing.scratches.discard(
        visit.slug, _kept_as(visit), tab=form.text("scratch"), actor=visit.actor
    )
    return visit.done(page_of(visit, f"calendrier/{visit.path('step')}"), "discarded-text")


def _typed(visit: Visit, form: Form) -> dict[str, str]:
    own = [name for name in form.fields if name.startswith(f"steps.{visit.path('step')}.")]
    return {name: "\n".join(filter(None, form.all(name))) for name in own}


def _kept_as(visit: Visit) -> str:
    """Return under what the unsaved versions of this form are kept, apart from those of the facts."""
    return f"{FACTS}#{visit.path('step')}"


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
