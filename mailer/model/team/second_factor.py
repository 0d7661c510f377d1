"""What proves a person beside a password: a code of a telephone, or a passkey."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CodeGenerator:
    """The secret that a person's telephone shares with us (TOTP, RFC 6238).

    `last_step` is the half minute whose code was used last: none is accepted twice.
    """

    person: str
    secret: str = field(repr=False)
    set_at: datetime
    last_step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A key of a person's device (WebAuthn). We have its public half only."""

    id: str
    person: str
    public_key: bytes = field(repr=False)
    sign_count: int
    name: str
    made_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who the desk is for passkeys: they are made for its host name and for no other."""

    host: str
    origin: str
    name: str
