"""The page on which an administrator says who the office is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.languages import CODES
from mailer.operations.office_identity import CALLED, signed_in_preparation
from mailer.web.forms import Form
from mailer.wiring.office_identity import office_identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from mailer.web.visit import Visit

_STARTS_WITHIN_S = 30
"""After how long a browser without scripts asks a desk that is starting: on a busy machine it takes
that long, and a browser that is refused asks no more."""
_WAS = "was."
"""What the names of the fields begin with that hold what the page has shown."""


def show(visit: Visit) -> Response:
    """Show who the office is, with the form for those who may change it."""
    identity, app = office_identity(visit.app), visit.app
    stored = identity.fields()
    signed = signed_in_preparation(app.campaigns.names(), ledger=app.ledger)
    return replace(visit, typed=_still_typed(visit.typed, stored)).page(
        "identity.html.j2",
        stored=stored,
        called=CALLED,
        was=_WAS,
        is_writable=identity.is_writable(),
        is_in_use=identity.is_in_use(),
        borrowed=[visit.say(each) for each in identity.borrowed()],
        can_restart=visit.start_again is not None,
        languages=CODES,
        signed=[(slug, app.drafts.title(slug)) for slug in signed],
    )


def change(visit: Visit, form: Form) -> Response:
    """Write what was changed into the configuration, or start the desk again to go by it."""
    if form.text("start_again") and visit.start_again is not None:
        office_identity(visit.app).note_restart(actor=visit.actor)
        visit.start_again()
        answer = visit.page("starting.html.j2", seconds=_STARTS_WITHIN_S)
        answer.headers["Refresh"] = f"{_STARTS_WITHIN_S};url=/reglages/bureau"
        return answer
    changed = office_identity(visit.app).change(
        {key: form.text(key).strip() for key in CALLED},
        shown={key: form.text(f"{_WAS}{key}") for key in CALLED},
        actor=visit.actor,
    )
    return visit.done("/reglages/bureau", "office-changed" if changed else "unchanged")


def _still_typed(typed: Form, stored: Mapping[str, str]) -> Form:
    """Return what somebody has changed in a refused form; the rest stands as it is stored now."""
    own = {
        key: typed.all(key)
        for key in stored
        if key in typed.fields and typed.text(key).strip() != typed.text(f"{_WAS}{key}")
    }
    return Form(own)
