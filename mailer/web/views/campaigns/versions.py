"""The versions of a campaign: who changed what, the comparison of two, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.drafts.revision import EditConflict
from mailer.operations.campaigns.revisions.revisions import Keep
from mailer.operations.campaigns.sign_offs.sign_offs import sign_offs_by_revision
from mailer.web.forms import whole_number
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show a page of the history, the newest first, and files on which a person has to decide."""
    opened = visit.app.revisions.open_campaign(visit.slug)
    return visit.page(
        "editing/versions.html.j2",
        title=title_of(visit),
        opened=opened,
        lines=visit.app.revisions.history(visit.slug, before=visit.query_number("avant")),
        signed=sign_offs_by_revision(
            visit.slug, partner_people=visit.app.roster.partners(), ledger=visit.app.ledger
        ),
    )


def compare(visit: Visit) -> Response:
    """Show what differs between two versions."""
    first, second = (_number(visit.path(name)) for name in ("first", "second"))
    revisions = visit.app.revisions
    return visit.page(
        "editing/compare.html.j2",
        title=title_of(visit),
        first=first,
        second=second,
        newest=revisions.revision(visit.slug, second),
        head=revisions.open_campaign(visit.slug),
        files=revisions.compare(visit.slug, first, second),
    )


def take_back(visit: Visit, form: Form) -> Response:
    """Take an earlier version back, or decide about a file that was changed on both sides."""
    if form.text("keep"):
        visit.app.revisions.choose_version(
            visit.slug, form.text("path"), keep=Keep(form.text("keep")), actor=visit.actor
        )
        return visit.done(page_of(visit, "versions"), "saved")
    number, base = form.number("number") or 0, form.number("base") or 0
    taken = visit.app.revisions.take_back(visit.slug, number, base=base, actor=visit.actor)
    is_new = not isinstance(taken, EditConflict) and taken.number != base
    return visit.done(page_of(visit, "versions"), "taken-back" if is_new else "unchanged")


def _number(text: str) -> int:
    if (number := whole_number(text)) is not None:
        return number
    raise RuleError(
        Problem(
            Place("", key="number"),
            _("“{text}” is not the number of a version", text=text),
            _("Choose one from the list of versions."),
        )
    )
