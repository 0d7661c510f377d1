"""What somebody typed after their session had ended, shown to them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.operations.team.kept_forms import drop_form, files_of, kept_form, typed_in
from mailer.web.kept_fields import kept_fields
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show what was typed, with a button that sends it. Nothing was done with it yet."""
    form = kept_form(visit.path("form"), visitor=visit.visitor, ledger=visit.app.ledger)
    if form is None:
        what = _("what you had typed is no longer here")
        raise ContentError(Problem(Place(""), what, _("Go back to the start page.")))
    fields = kept_fields(typed_in(form))
    return visit.page("team/kept.html.j2", form=form, fields=fields, files=files_of(form))


def drop(visit: Visit, form: Form) -> Response:
    """Throw away what was typed."""
    del form
    drop_form(visit.path("form"), visitor=visit.visitor, ledger=visit.app.ledger)
    return visit.done("/", "dropped")
