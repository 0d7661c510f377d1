"""The pages that add a step to the calendar, with its text, and take one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.writing.steps import (
    add_step,
    offered_steps,
    remove_step,
    step_removal,
)
from mailer.web.views.campaign import page_of
from mailer.web.views.campaigns.facts import steps_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the steps that there are, and the form of a further one."""
    edited = visit.app.editing.facts(visit.slug)
    steps = steps_of(edited)
    return visit.page(
        "editing/new_step.html.j2",
        edited=edited,
        steps=steps,
        offers=offered_steps(edited.opened, editing=visit.app.editing, today=visit.now.date()),
        lists=edited.fields[f"steps.{steps[0]}.to"] if steps else "press",
    )


def add(visit: Visit, form: Form) -> Response:
    """Add the step, and lead to its own form."""
    added = add_step(
        visit.slug,
        form.text("like"),
        send=form.text("send").strip(),
        to=[name for line in form.text("to").split("\n") if (name := line.strip())],
        base=form.number("base") or 0,
        editing=visit.app.editing,
        actor=visit.actor,
        today=visit.now.date(),
    )
    return visit.done(page_of(visit, f"calendrier/{added.id}"), "step-added")


def ask(visit: Visit) -> Response:
    """Show what goes with a step, before it is taken out."""
    edited = visit.app.editing.facts(visit.slug)
    step = visit.path("step")
    return visit.page(
        "editing/remove_step.html.j2",
        edited=edited,
        step=step,
        removal=step_removal(visit.slug, step, opened=edited.opened, editing=visit.app.editing),
        is_only=len(steps_of(edited)) == 1,
    )


def remove(visit: Visit, form: Form) -> Response:
    """Take the step out."""
    remove_step(
        visit.slug,
        visit.path("step"),
        base=form.number("base") or 0,
        editing=visit.app.editing,
        actor=visit.actor,
    )
    return visit.done(page_of(visit, "calendrier"), "step-removed")
