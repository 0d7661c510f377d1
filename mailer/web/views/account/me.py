"""One's own account: language, password and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.files.catalogues import SPOKEN
from mailer.model.team.identity import ProviderIdentity
from mailer.model.team.permission import ROLE_NAMES
from mailer.operations.team import identities, sign_in
from mailer.operations.team.passkeys import own_passkeys, registration_challenge
from mailer.operations.team.second_factor import has_generator, recovery_left
from mailer.web.labels import METHODS
from mailer.web.views.account.entrance import party_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.team.passkeys import PasskeyChallenge
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_PAGE = "/moi"


def show(visit: Visit) -> Response:
    """Show the account of who is signed in."""
    ledger = visit.app.ledger
    return visit.page(
        "team/me.html.j2",
        languages=SPOKEN,
        role_names=ROLE_NAMES,
        has_password=sign_in.has_password(visit.person, ledger=ledger),
        sessions=sign_in.open_sessions(visit.visitor, ledger=ledger, now=visit.now),
        methods=METHODS,
        has_generator=has_generator(visit.person, ledger=ledger),
        recovery_left=recovery_left(visit.person, ledger=ledger),
        passkeys=own_passkeys(visit.visitor, ledger=ledger),
        challenge=_challenge(visit),
        identities=identities.own_identities(visit.visitor, ledger=ledger),
    )


def _challenge(visit: Visit) -> PasskeyChallenge | None:
    """Return what a new passkey needs; None where the desk has no host name."""
    if not visit.has_host_name:
        return None
    party, ledger = party_of(visit), visit.app.ledger
    return registration_challenge(visit.visitor, party, ledger=ledger, now=visit.now)


def choose_language(visit: Visit, form: Form) -> Response:
    """Choose the language of one's pages."""
    language = form.text("language")
    if language in SPOKEN:
        sign_in.choose_language(visit.visitor, language, ledger=visit.app.ledger, now=visit.now)
    return visit.done(_PAGE, "language")


def change_password(visit: Visit, form: Form) -> Response:
    """Set one's own password."""
    sign_in.change_password(
        visit.visitor,
        current=form.text("current"),
        new=form.text("new"),
        again=form.text("again"),
        gate=visit.app.gate,
        now=visit.now,
    )
    return visit.done(_PAGE, "password")


def end_sessions(visit: Visit, form: Form) -> Response:
    """Sign out in the browser that was chosen, or in every other one."""
    ledger, chosen = visit.app.ledger, form.text("session")
    if chosen:
        sign_in.end_own_session(visit.visitor, chosen, ledger=ledger, now=visit.now)
        return visit.done(_PAGE, "session-ended")
    sign_in.end_other_sessions(visit.visitor, ledger=ledger, now=visit.now)
    return visit.done(_PAGE, "others-out")


def unlink(visit: Visit, form: Form) -> Response:
    """Sign in by this identity no longer."""
    identities.unlink(
        ProviderIdentity(form.text("issuer"), form.text("subject")),
        visit.person.id,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(_PAGE, "identity-unlinked")
