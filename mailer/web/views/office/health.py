"""Health: what is wrong with the set-up, why it matters, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.health.health import (
    AREA_NAMES,
    NOTHING_TO_DO,
    VERDICT_NAMES,
    Area,
    HealthVerdict,
)
from mailer.wiring.examining import examine_workspace, refused_at_launch

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit

_CLASSES = {
    HealthVerdict.REFUSED: "error",
    HealthVerdict.WRONG: "warning",
    HealthVerdict.RIGHT: "accepted",
}


def show(visit: Visit) -> Response:
    """Show the page at once; its script asks for the answers, which take seconds.

    Without script a link asks for the page with the answers.
    """
    return _page(visit, "health.html.j2", is_asked=bool(visit.query("tout")))


def answers(visit: Visit) -> Response:
    """Examine the workspace, and show the answers alone."""
    return _page(visit, "health_answers.html.j2", is_asked=True)


def at_launch(visit: Visit) -> Response:
    """Show why receivers would refuse the mail of this campaign, if they would."""
    draft = visit.app.page_drafts.draft(visit.slug)
    return visit.page(
        "campaigns/launch_health.html.j2", refused=refused_at_launch(visit.app, draft)
    )


def _page(visit: Visit, template: str, *, is_asked: bool) -> Response:
    lines = list(examine_workspace(visit.app)) if is_asked else []
    return visit.page(
        template,
        is_asked=is_asked,
        groups=[
            (AREA_NAMES[area], [line for line in lines if line.question.area is area])
            for area in Area
            if any(line.question.area is area for line in lines)
        ],
        wrong=[line for line in lines if line.is_wrong],
        verdicts=VERDICT_NAMES,
        classes=_CLASSES,
        nothing_to_do=NOTHING_TO_DO,
    )
