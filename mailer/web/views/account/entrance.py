"""Signing in and out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mailer.config.web_sections import GroupSettings, ProxySettings
from mailer.errors import BackendUnavailable, RuleError
from mailer.model.team.identity import SignInMethod
from mailer.model.team.second_factor import RelyingParty
from mailer.operations.team.enter_by_identity import Entrance, enter_by_identity
from mailer.operations.team.passkeys import challenge_to_use
from mailer.operations.team.sign_in import CodeNeeded, sign_in, sign_out
from mailer.web.sessions import is_token, safe_path

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.model.team.identity import ProvenIdentity
    from mailer.model.team.sign_in import DeskSession
    from mailer.operations.team.visitors import SignedIn
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the ways to sign in. Whom a trusted proxy has recognised is signed in at once."""
    if visit.proven is None or visit.request.method != "GET":
        return _page(visit)
    try:
        return _recognised(visit, visit.proven)
    except RuleError as refused:
        return _page(replace(visit, problems=refused.problems))


def _page(visit: Visit) -> Response:
    """Return the page with the ways to sign in; passkeys need a desk that has a host name."""
    challenge = None
    if visit.has_host_name:
        party = party_of(visit)
        challenge = challenge_to_use(party, ledger=visit.app.ledger, now=visit.now)
    return visit.page("team/enter.html.j2", challenge=challenge)


def _recognised(visit: Visit, proven: ProvenIdentity) -> Response:
    settings = visit.app.settings
    entrance = Entrance(
        agent=agent_of(visit),
        place=visit.place_of_reader,
        roles_by_group=settings.part(GroupSettings).roles_by_group,
    )
    signed_in = enter_by_identity(proven, entrance, ledger=visit.app.ledger, now=visit.now)
    path = led_back(visit.query("garde"), visit.query("suite"))
    return with_cookie(visit, visit.done(path), signed_in)


def party_of(visit: Visit) -> RelyingParty:
    """Return who the desk is for passkeys."""
    origin = urlsplit(visit.base)
    return RelyingParty(
        host=origin.hostname or "",
        origin=f"{origin.scheme}://{origin.netloc}",
        name=visit.app.settings.office.name or "mailer",
    )


def led_back(kept: str, back_to: str) -> str:
    """Return the page that was asked for, or that of the text that was held."""
    return f"/repris/{kept}" if is_token(kept) else safe_path(back_to)


def enter(visit: Visit, form: Form) -> Response:
    """Sign in, then lead back to the page that was asked for, or to what was typed."""
    cookie, request = visit.request.state.cookie, visit.request
    try:
        signed_in = sign_in(
            form.text("name"),
            form.text("password"),
            agent=agent_of(visit),
            place=visit.place_of_reader,
            known_token=cookie.token(request.headers),
            gate=visit.app.gate,
            now=visit.now,
        )
    except CodeNeeded as needed:
        return replace(visit, typed=form).page("team/code.html.j2", ticket=needed.ticket)
    path = led_back(form.text("garde"), form.text("suite"))
    return with_cookie(visit, visit.done(path), signed_in)


def ask_to_leave(visit: Visit) -> Response:
    """Show the button that signs out, for those who type the address."""
    return visit.page("team/leave.html.j2")


def leave(visit: Visit, form: Form) -> Response:
    """End this session, then lead to where the provider's or the proxy's ends too."""
    del form
    session = visit.visitor.session
    sign_out(visit.visitor, ledger=visit.app.ledger, now=visit.now)
    address = _sign_out_elsewhere(visit, session)
    # A page, because browsers hold back a form whose answer leads to another site.
    return visit.page("team/left.html.j2", address=address) if address else _left(visit)


def _left(visit: Visit) -> Response:
    return visit.done("/entrer", "left")


def _sign_out_elsewhere(visit: Visit, session: DeskSession) -> str:
    """Return where somebody signs out of the provider or the proxy; "" where that is nowhere."""
    if session.method is SignInMethod.PROXY:
        return visit.app.settings.part(ProxySettings).logout_url
    provider = visit.app.identity_provider
    if not session.id_token or provider is None:
        return ""
    back_to = f"{visit.base}/entrer"
    with suppress(BackendUnavailable):  # signed out here all the same
        return provider.logout_url(session.id_token, back_to=back_to, now=visit.now)
    return ""


def with_cookie(visit: Visit, response: Response, signed_in: SignedIn) -> Response:
    """Return the response with the cookie of the new session."""
    given: Response = visit.request.state.cookie.give(response, signed_in)
    return given


def agent_of(visit: Visit) -> str:
    """Return the browser and the system, in short, so that people recognise their sessions."""
    text = visit.request.headers.get("user-agent", "")
    browser = next((name for name in _BROWSERS if name in text), "")
    system = next((name for name in _SYSTEMS if name in text), "")
    return ", ".join(filter(None, (browser.strip("/"), system)))


# In this order: Chromium names Safari too, and the others name Chromium.
_BROWSERS = ("Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/")
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "CrOS", "Linux")
