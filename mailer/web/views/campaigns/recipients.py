"""The recipients of a step: who receives it, and why the others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.model.team.permission import lists_seen
from mailer.operations.people.kept_lists import waiting_lists
from mailer.operations.sight import draft_within
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit

SHOWN = 50
"""How many people one page names."""


def show(visit: Visit) -> Response:
    """Show the counts by list and language, and everybody who is left out with the reason."""
    draft = visit.app.page_drafts.draft(visit.slug)
    planned = next((each for each in draft.plan if each.step.id == visit.path("step")), None)
    if planned is None:
        where, what = Place(""), _("the campaign has no step of this name")
        raise ContentError(Problem(where, what, _("Choose a step of the calendar.")))
    audience = draft.audiences[planned.step.id]
    seen = draft_within(draft, lists_seen(visit.actor)).audiences[planned.step.id]
    page = max(visit.query_number("page") or 1, 1)
    begin = (page - 1) * SHOWN
    return visit.page(
        "campaigns/recipients.html.j2",
        campaign=draft.campaign,
        planned=planned,
        steps=[each.step.id for each in draft.plan],
        count=len(audience.recipients),
        versions=sorted(
            (str(variant), len(readers)) for variant, readers in audience.readers_by_variant.items()
        ),
        reasons=audience.excluded_count.most_common(),
        left_out=seen.exclusions[:SHOWN],
        left_out_count=len(audience.exclusions),
        recipients=seen.recipients[begin : begin + SHOWN],
        to_decide=[
            each
            for each in waiting_lists(actor=visit.actor, ledger=visit.app.ledger)
            if each.list_name in planned.step.to
        ],
        page=page,
        more=begin + SHOWN < len(seen.recipients),
    )
