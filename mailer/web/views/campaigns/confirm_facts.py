"""Confirm facts that were read in a document, on the page of the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.drafts.revision import EditConflict
from mailer.web.views.campaign import page_of
from mailer.web.views.campaigns.facts import show

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit

__all__ = ["confirm", "show"]


def confirm(visit: Visit, form: Form) -> Response:
    """Confirm the facts that were ticked."""
    keys = [key for keys in form.all("fact") for key in keys.split()]
    if not keys:
        return visit.done(page_of(visit, "faits"), "nothing-ticked")
    saved = visit.app.editing.confirm_facts(
        visit.slug, base=form.number("base") or 0, actor=visit.actor, keys=keys
    )
    notice = "changed-meanwhile" if isinstance(saved, EditConflict) else "facts-confirmed"
    return visit.done(page_of(visit, "faits"), notice)
