"""A launched campaign: what leaves, and how to stop it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.operations.campaigns.launching.following import follow, people_of_step
from mailer.operations.campaigns.sign_offs.open_amendments import open_draft
from mailer.operations.sending.answers_seen import look_needed
from mailer.operations.sending.hold import (
    cancel_campaign,
    pause_campaign,
    require_confirmation,
    resume_campaign,
    send_by,
    what_a_cancellation_stops,
)
from mailer.web.views.campaign import page_of, title_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_PER_PAGE = 100


def show(visit: Visit) -> Response:
    """Show each mailing with its counts, and the button that stops everything."""
    fresh_for = visit.app.settings.answers.fresh_for
    following = follow(visit.slug, ledger=visit.app.ledger, now=visit.now, fresh_for=fresh_for)
    provider = visit.app.settings.provider.name
    template = (
        "campaigns/sending_live.html.j2" if visit.query("vif") else "campaigns/sending.html.j2"
    )
    return visit.page(
        template,
        title=title_of(visit),
        following=following,
        drafted=open_draft(visit.slug, ledger=visit.app.ledger),
        provider=provider,
        other_providers=sorted(following.left_to_others(provider)),
        look_needed=partial(look_needed, hours=visit.app.drafts.look_holds_hours),
    )


def people(visit: Visit) -> Response:
    """Show what became of the mail of each person of one step."""
    people = people_of_step(
        visit.slug,
        visit.query("etape"),
        after=visit.query("apres"),
        limit=_PER_PAGE,
        actor=visit.actor,
        ledger=visit.app.ledger,
    )
    return visit.page(
        "campaigns/people.html.j2",
        title=title_of(visit),
        mailing=people.mailing,
        deliveries=people.deliveries,
        came_back=people.came_back,
        more=len(people.deliveries) == _PER_PAGE,
    )


def pause(visit: Visit, form: Form) -> Response:
    """Hold every step at once: a pause costs little, and anybody may ask for it."""
    pause_campaign(
        visit.slug,
        actor=visit.actor,
        why=form.text("why"),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(page_of(visit, "en-cours"), "paused")


def resume(visit: Visit, form: Form) -> Response:
    """Let a paused campaign go on; with the name of the provider, by that one from now on."""
    if provider := form.text("provider"):
        send_by(
            provider,
            visit.slug,
            configured=visit.app.settings.provider.name,
            actor=visit.actor,
            why=form.text("why"),
            ledger=visit.app.ledger,
            now=visit.now,
        )
    resume_campaign(
        visit.slug,
        actor=visit.actor,
        why=form.text("why"),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(page_of(visit, "en-cours"), "resumed")


def ask(visit: Visit) -> Response:
    """Show what a cancellation would stop, of all or of one step, and ask for the number of steps."""
    step = visit.query("etape")
    return visit.page(
        "campaigns/cancel.html.j2",
        title=title_of(visit),
        stopped=what_a_cancellation_stops(visit.slug, ledger=visit.app.ledger, step=step),
        step=step,
    )


def cancel(visit: Visit, form: Form) -> Response:
    """Cancel what has not left, or one step, if the number of steps was typed."""
    step = form.text("etape")
    stopped = what_a_cancellation_stops(visit.slug, ledger=visit.app.ledger, step=step)
    require_confirmation(stopped, form.number("confirm"))
    cancel_campaign(
        visit.slug,
        actor=visit.actor,
        why=form.text("why"),
        ledger=visit.app.ledger,
        now=visit.now,
        step=step,
    )
    return visit.done(page_of(visit, "en-cours"), "cancelled")
