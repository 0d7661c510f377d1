"""The calendar of a campaign: when each mailing leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.campaigns.plans.plan_for_person import plan_for
from mailer.web.views.campaign import signed_before

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show every step with its date, its distance to the event and the reason of a move."""
    is_changed = visit.query("fait")
    head = visit.app.revisions.open_campaign(visit.slug).head if is_changed else None
    plan = plan_for(visit.actor, visit.slug, drafts=visit.app.page_drafts)
    event = plan.campaign.event
    starts_on = event.starts_at.date() if event and event.starts_at else None
    return visit.page(
        "campaigns/calendar.html.j2",
        plan=plan,
        signed_before=signed_before(visit, head) if head else (),
        days_before={
            each.planned.step.id: (starts_on - each.planned.local.date()).days
            for each in plan.steps
            if starts_on
        },
    )
