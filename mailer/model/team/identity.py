"""Who somebody is for an identity provider, and who that is here.

The key is what the provider never changes: its own name (the issuer) and the person's id there
(the subject). Names and addresses change, and are given to somebody else: they identify nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.team.person import Role


class SignInMethod(StrEnum):
    """How a session began."""

    PASSWORD = "password"  # noqa: S105 - the word, not a secret
    PASSWORD_AND_CODE = "password-and-code"  # noqa: S105 - the words, not a secret
    PASSKEY = "passkey"
    LINK = "link"
    PROVIDER = "provider"
    PROXY = "proxy"


STRONG_METHODS = frozenset(
    {
        SignInMethod.PASSWORD_AND_CODE,
        SignInMethod.PASSKEY,
        SignInMethod.PROVIDER,
        SignInMethod.PROXY,
    }
)
"""The methods that count as two factors. What a provider or proxy asks for is its own affair."""


@dataclass(frozen=True, slots=True)
class ProviderIdentity:
    """The key of somebody at an identity provider."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenIdentity:
    """What a provider or a trusted proxy says of somebody who has just signed in there.

    `groups` is None when nothing is said about groups. `proved_at` is when the person last proved
    there who they are, None when that is not said: then it counts for no act that asks for a proof.
    """

    identity: ProviderIdentity
    method: SignInMethod
    name: str = ""
    address: str = ""
    groups: frozenset[str] | None = None
    proved_at: datetime | None = None
    id_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedIdentity:
    """An identity whose person we know. One person may have several.

    `granted` are the roles that the person has only because of groups there: they go with them.
    """

    identity: ProviderIdentity
    person: str
    address: str
    granted: frozenset[Role]
    linked_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingIdentity:
    """Somebody who came in with the address of a person of the team, and may be somebody else.

    An administrator says who it is. `person` is the one who has the address.
    """

    identity: ProviderIdentity
    name: str
    address: str
    person: str
    asked_at: datetime
