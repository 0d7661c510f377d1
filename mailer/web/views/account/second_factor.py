"""Setting up the code of a telephone and passkeys, and using them to come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from mailer.operations.team.passkeys import (
    challenge_to_use,
    enter_by_passkey,
    register_passkey,
    remove_passkey,
)
from mailer.operations.team.second_factor import (
    is_required,
    offer_generator,
    remove_generator,
    set_up_generator,
)
from mailer.operations.team.sign_in import sign_in_with_code
from mailer.web.views.account.entrance import agent_of, led_back, party_of, with_cookie

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.team.passkeys import PasskeyChallenge
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_PAGE = "/moi"


def show(visit: Visit) -> Response:
    """Show the square code of a new secret, and the field for its first code."""
    offered = offer_generator(
        visit.visitor,
        office=visit.app.settings.office.name,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.page(
        "team/second_factor.html.j2",
        codes=(),
        offered=offered,
        square=_square(offered.address),
        must=is_required(visit.person, visit.app.gate.second_factor_for),
    )


def set_up(visit: Visit, form: Form) -> Response:
    """Store the secret, and show the recovery codes this once."""
    codes = set_up_generator(
        visit.visitor,
        form.text("code"),
        form.text("sealed"),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.page("team/second_factor.html.j2", codes=codes)


def remove(visit: Visit, form: Form) -> Response:
    """Do without the code from now on."""
    del form
    remove_generator(visit.visitor, ledger=visit.app.ledger, now=visit.now)
    return visit.done(_PAGE, "second-factor-removed")


def show_code(visit: Visit) -> Response:
    """Ask again for the code after the password."""
    if not visit.typed.text("ticket"):
        return visit.done("/entrer")
    return visit.page("team/code.html.j2", ticket=visit.typed.text("ticket"))


def enter_with_code(visit: Visit, form: Form) -> Response:
    """Sign in with the code that follows the password."""
    signed_in = sign_in_with_code(
        form.text("ticket"),
        form.text("code"),
        agent=agent_of(visit),
        place=visit.place_of_reader,
        gate=visit.app.gate,
        now=visit.now,
    )
    path = led_back(form.text("garde"), form.text("suite"))
    return with_cookie(visit, visit.done(path), signed_in)


def enter_with_passkey(visit: Visit, form: Form) -> Response:
    """Sign in with a passkey."""
    signed_in = enter_by_passkey(
        form.text("credential"),
        form.text("sealed"),
        party=party_of(visit),
        agent=agent_of(visit),
        place=visit.place_of_reader,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    path = led_back(form.text("garde"), form.text("suite"))
    return with_cookie(visit, visit.done(path), signed_in)


def register(visit: Visit, form: Form) -> Response:
    """Add a passkey to one's account."""
    register_passkey(
        visit.visitor,
        form.text("credential"),
        form.text("sealed"),
        name=form.text("passkey-name"),
        party=party_of(visit),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(_PAGE, "passkey-added")


def forget_passkey(visit: Visit, form: Form) -> Response:
    """Remove one of one's own passkeys."""
    remove_passkey(
        form.text("passkey"), visitor=visit.visitor, ledger=visit.app.ledger, now=visit.now
    )
    return visit.done(_PAGE, "passkey-removed")


def challenge_for(visit: Visit) -> PasskeyChallenge | None:
    """Return what a form needs to use a passkey; None where the desk has no host name."""
    if not visit.has_host_name:
        return None
    return challenge_to_use(party_of(visit), ledger=visit.app.ledger, now=visit.now)


def _square(address: str) -> Markup:
    """Return the square code as a drawing in the page, which the page's policy allows."""
    import segno  # noqa: PLC0415 - one page needs it

    drawing = segno.make(address, error="m").svg_inline(scale=5, light="#fff", omitsize=False)
    return Markup(drawing)  # noqa: S704 - drawn by the library, of letters and figures
