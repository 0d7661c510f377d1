"""How a person of the office comes into the desk: sessions and links that work once.

The ledger has only the SHA-256 of a token, so that a copy of it opens no door.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.team.identity import ProviderIdentity, SignInMethod

if TYPE_CHECKING:
    from datetime import datetime

RECENT = timedelta(minutes=10)
"""How long a password that was typed counts for an act that asks for it again."""
IDLE = timedelta(hours=12)
"""How long a session stays open without being used."""
LONGEST = timedelta(days=14)
"""How long a session stays open at most."""


@dataclass(frozen=True, slots=True)
class DeskSession:
    """A browser in which a person is signed in. `token_hash` is the SHA-256 of its cookie.

    `proved_at` is when the person last proved who they are; `agent` names the browser in short,
    and `place` is the network address from which they came, where it is known. `issuer`, `subject`
    and `id_token` say by which identity somebody came in, where it was not by a password.
    """

    token_hash: str
    person: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    proved_at: datetime
    agent: str = ""
    ended_at: datetime | None = None
    method: SignInMethod = SignInMethod.PASSWORD
    place: str = ""
    issuer: str = ""
    subject: str = ""
    id_token: str = field(default="", repr=False)

    @property
    def identity(self) -> ProviderIdentity:
        """The identity by which the person came in; empty after a password."""
        return ProviderIdentity(self.issuer, self.subject)

    def is_open(self, *, now: datetime) -> bool:
        """Return whether the session may still be used."""
        is_idle = now - self.seen_at >= IDLE
        return self.ended_at is None and now < self.expires_at and not is_idle


def is_recent(proved_at: datetime, *, now: datetime) -> bool:
    """Return whether a proof of who somebody is still counts for an act that asks for one."""
    return timedelta() <= now - proved_at < RECENT


class LinkPurpose(StrEnum):
    """What a link that works once is for."""

    FIRST_ADMINISTRATOR = "first-administrator"
    INVITATION = "invitation"
    SIGN_IN = "sign-in"
    """Signs in without a password. It is made only by who can start the desk on this machine."""


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link that works once. `person` is empty where the person chooses who they are."""

    token_hash: str
    purpose: LinkPurpose
    person: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def is_open(self, *, now: datetime) -> bool:
        """Return whether the link may still be used."""
        return self.used_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What a person sent after their session had ended, kept until they are signed in again.

    It is shown again to that person, and never acted on by itself.
    """

    id: str
    person: str
    path: str
    fields: tuple[tuple[str, str], ...]
    kept_at: datetime
