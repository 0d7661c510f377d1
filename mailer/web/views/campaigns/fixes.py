"""Correct what has one right correction, after looking at the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.drafts.fixes import apply_fixes, propose_fixes
from mailer.web.views.campaign import page_of, title_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show what would change: for one finding, or for all of them."""
    only = visit.query("remarque")
    app = visit.app
    return visit.page(
        "campaigns/fixes.html.j2",
        title=title_of(visit),
        only=only,
        proposed=propose_fixes(
            visit.slug, only=only, drafts=app.page_drafts, revisions=app.revisions
        ),
    )


def apply(visit: Visit, form: Form) -> Response:
    """Save the corrected files as a revision."""
    apply_fixes(
        visit.slug,
        base=form.number("base") or 0,
        only=form.text("only"),
        actor=visit.actor,
        drafts=visit.app.drafts,
        revisions=visit.app.revisions,
    )
    return visit.done(page_of(visit, "verifications"), "fixed")
