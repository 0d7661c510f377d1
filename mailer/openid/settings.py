"""`[web.oidc]`: the OpenID provider at which the people of the office sign in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from mailer.errors import ConfigError, Place, Problem, Unreadable
from mailer.model.team.secret import Secret
from mailer.wording import _

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_safe_address(url: str) -> bool:
    """Return whether what is sent to an address is encrypted, or stays on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return (
        bool(parts.hostname) and (parts.scheme == "https" or is_local) and "@" not in parts.netloc
    )


def _issuer(text: str) -> str:
    if text and (not is_safe_address(text) or "?" in text or "#" in text):
        raise Unreadable(_("“{text}” is not an address that begins with https://.", text=text))
    return text


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """Where people sign in, as what we are known there, and what it says of them.

    `issuer` is compared letter by letter with what the provider says of itself. `groups_claim` may
    lead into a table of claims: `realm_access.roles`. With `acr_values` only a sign-in of one of
    these strengths is accepted.
    """

    issuer: Annotated[str, AfterValidator(_issuer)] = ""
    client_id: str = ""
    client_secret: Secret | None = None
    label: str = ""
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    groups_claim: str = ""
    acr_values: tuple[str, ...] = ()
    session_hours: Annotated[int, Field(ge=1, le=24)] = 8

    @property
    def lasts(self) -> timedelta:
        """How long a session stays open before the provider is asked again."""
        return timedelta(hours=self.session_hours)

    @property
    def name(self) -> str:
        """What the button calls the provider."""
        return self.label or urlsplit(self.issuer).hostname or ""

    def check(self) -> None:
        """Raise ConfigError when a provider is named and what it needs is missing."""
        if not self.issuer:
            return
        problems = []
        if not self.client_id:
            what = _("The provider knows this desk by no name.")
            remedy = _("Write client_id as the provider’s administrator gave it to you.")
            problems.append(Problem(Place("", key="web.oidc.client_id"), what, remedy))
        if "openid" not in self.scopes:
            what = _("Without the scope “openid” the provider says nothing of who signs in.")
            problems.append(
                Problem(Place("", key="web.oidc.scopes"), what, _("Add it to the list."))
            )
        if problems:
            raise ConfigError(*problems)
