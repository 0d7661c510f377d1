"""Signing in at the identity provider: the way there, and the way back.

Both are followed links, because browsers hold back a form that leads to another site. The way
back acts on GET, as OpenID Connect has it, and only for the browser that went there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse

from mailer.config.web_sections import GroupSettings
from mailer.errors import BackendUnavailable, ContentError, Place, Problem, RuleError
from mailer.model.team.openid import ProviderAnswer
from mailer.openid.settings import OidcSettings
from mailer.operations.team.enter_by_identity import Entrance
from mailer.operations.team.provider_sign_in import (
    LASTS,
    AskedSignIn,
    SignInPurpose,
    begin_sign_in,
    begun_sign_in,
    finish_sign_in,
    kept_as,
)
from mailer.web.sessions import is_token, safe_path
from mailer.web.views.account.entrance import agent_of, with_cookie
from mailer.web.views.account.entrance import show as show_entrance
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.team.provider_sign_in import BegunSignIn
    from mailer.ports import IdentityProvider
    from mailer.web.visit import Visit

_RETURN = "/entrer/retour"


def depart(visit: Visit) -> Response:
    """Lead the browser to the provider, and let it keep what belongs to this sign-in."""
    if visit.request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        # Another site may link here, and begins no sign-in: its reader sees the button first.
        return visit.done("/entrer", suite=safe_path(visit.query("suite")))
    departure = begin_sign_in(
        _asked(visit),
        visitor=visit.request.state.visitor,
        provider=_provider(visit),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    response = RedirectResponse(departure.url, status_code=303)
    visit.request.state.cookie.keep(response, departure.kept_as, departure.sealed, lasts=LASTS)
    return response


def arrive(visit: Visit) -> Response:
    """Finish the sign-in, and lead to where it was begun; or show again how to sign in, and why."""
    try:
        return _arrived(visit)
    except (RuleError, BackendUnavailable) as refused:
        if visit.person.id:
            raise
        return show_entrance(replace(visit, problems=refused.problems))


def _arrived(visit: Visit) -> Response:
    answer = ProviderAnswer(
        state=visit.query("state"),
        code=visit.query("code"),
        issuer=visit.query("iss"),
        error=visit.query("error"),
    )
    cookie, name = visit.request.state.cookie, kept_as(answer.state)
    begun = begun_sign_in(
        cookie.kept(name, visit.request.headers), ledger=visit.app.ledger, now=visit.now
    )
    signed_in = finish_sign_in(
        begun,
        answer,
        entrance=entrance_of(visit, invitation=begun.asked.invitation),
        visitor=visit.request.state.visitor,
        provider=_provider(visit),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    response = _led_back(visit, begun)
    cookie.drop(response, name)
    return with_cookie(visit, response, signed_in) if signed_in else response


def entrance_of(visit: Visit, *, invitation: str = "") -> Entrance:
    """Return how somebody comes in whom the provider has recognised."""
    settings = visit.app.settings
    return Entrance(
        agent=agent_of(visit),
        place=visit.place_of_reader,
        lasts=settings.part(OidcSettings).lasts,
        invitation=invitation,
        roles_by_group=settings.part(GroupSettings).roles_by_group,
    )


def _asked(visit: Visit) -> AskedSignIn:
    invitation, kept = visit.query("invitation"), visit.query("garde")
    purpose = SignInPurpose.ENTER
    if visit.query("preuve"):
        purpose = SignInPurpose.PROVE
    elif visit.request.url.path == "/moi/relier":
        purpose = SignInPurpose.LINK
    elif invitation:
        purpose = SignInPurpose.INVITATION
    return AskedSignIn(
        redirect_uri=f"{visit.base}{_RETURN}",
        purpose=purpose,
        back_to=safe_path(visit.query("suite")),
        kept=kept if is_token(kept) else "",
        invitation=invitation if is_token(invitation) else "",
    )


def _led_back(visit: Visit, begun: BegunSignIn) -> Response:
    """Return the redirection to the page that was asked for, or to the text that was held."""
    if begun.asked.purpose is SignInPurpose.LINK:
        return visit.done("/moi", "identity-linked")
    if begun.asked.kept:
        return visit.done(f"/repris/{quote(begun.asked.kept)}")
    return RedirectResponse(safe_path(begun.asked.back_to), status_code=303)


def _provider(visit: Visit) -> IdentityProvider:
    provider = visit.app.identity_provider
    if provider is None:
        what = _("this desk knows no other place to sign in")
        raise ContentError(Problem(Place(""), what, _("Sign in with your name and password.")))
    return provider
