"""The board of a campaign: its tasks in order, and what was launched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.launching.following import last_pause
from mailer.operations.campaigns.overviews.board import board
from mailer.operations.campaigns.sign_offs.open_amendments import open_draft
from mailer.web.labels import PROGRESS, TASKS

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the tasks of the campaign."""
    shown = board(
        visit.slug,
        signatures_required=visit.app.settings.team.signatures_required,
        drafts=visit.app.page_drafts,
    )
    return visit.page(
        "campaigns/board.html.j2",
        board=shown,
        tasks=TASKS,
        progress=PROGRESS,
        drafted=open_draft(visit.slug, ledger=visit.app.ledger) if shown.is_launched else None,
        pause=last_pause(visit.slug, ledger=visit.app.ledger) if shown.is_paused else None,
        remark=visit.app.revisions.first_remark(visit.slug) if visit.query("fait") else "",
    )
