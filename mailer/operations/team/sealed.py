"""Values that a browser keeps for us, which nobody else can read or change.

What belongs to a sign-in under way is kept by the browser that began it: strangers then write
nothing into the ledger, and any desk of the office can go on with what another has begun.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mailer.operations.team.tokens import new_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from cryptography.fernet import Fernet

    from mailer.ports import Ledger


def seal(values: Mapping[str, str], *, purpose: str, ledger: Ledger, now: datetime) -> str:
    """Return the values as a text that `unseal` reads again, for this purpose only."""
    keys = ledger.sign_ins
    key = keys.link_key(purpose) or keys.make_link_key(purpose, new_token(), at=now)
    plain = json.dumps(dict(values)).encode()
    return _fernet(key).encrypt_at_time(plain, int(now.timestamp())).decode()


def unseal(
    text: str, *, purpose: str, lasts: timedelta, ledger: Ledger, now: datetime
) -> dict[str, str] | None:
    """Return the values; None when we did not seal them for this purpose, or too long ago."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - most commands seal nothing

    key = ledger.sign_ins.link_key(purpose)
    if not key:
        return None
    ttl, at = int(lasts.total_seconds()), int(now.timestamp())
    try:
        plain = _fernet(key).decrypt_at_time(text.encode("utf-8", "replace"), ttl, at)
    except InvalidToken:
        return None
    return {str(name): str(value) for name, value in json.loads(plain).items()}


def _fernet(key: str) -> Fernet:
    from cryptography.fernet import Fernet  # noqa: PLC0415 - most commands seal nothing

    return Fernet(f"{key}=")  # a token of 256 bits lacks the padding that Fernet wants
