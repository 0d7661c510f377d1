"""The launch: the last look, and the number of recipients typed by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailer.operations.campaigns.launching.launch import launch_campaign
from mailer.operations.campaigns.launching.launch_summary import summary_of
from mailer.operations.campaigns.overviews.board import board
from mailer.operations.sending.answers_seen import look_needed
from mailer.pages.received import read_back
from mailer.web.views.campaign import page_of
from mailer.wiring.examining import refused_at_launch

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show, a sentence for each step, when it leaves and to how many people of which list."""
    app = visit.app
    shown = board(
        visit.slug,
        signatures_required=app.settings.team.signatures_required,
        drafts=app.page_drafts,
    )
    is_ready = shown.draft is not None and not shown.is_launched and not shown.draft.problems
    summary = (
        summary_of(shown.draft, actor=visit.actor, composer=app.composer)
        if is_ready and shown.draft
        else None
    )
    return visit.page(
        "campaigns/launch.html.j2",
        board=shown,
        summary=summary,
        read_back=read_back,
        destination=app.destination,
        look_needed=partial(look_needed, hours=app.drafts.look_holds_hours),
    )


def launch(visit: Visit, form: Form) -> Response:
    """Launch the version whose fingerprint the form carries, to the number that was typed."""
    app = visit.app
    app.settings.require_secrets()  # the mailing leaves later, when nobody is there to help
    launch_campaign(
        visit.slug,
        confirm=form.number("confirm"),
        signatures_required=app.settings.team.signatures_required,
        actor=visit.actor,
        drafts=replace(app.drafts, refused_mail=partial(refused_at_launch, app)),
        again=bool(form.text("again")),
        version=form.text("fingerprint") or "-",
    )
    return visit.done(page_of(visit, "en-cours"), "launched")
