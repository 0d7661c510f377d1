"""Random tokens: a browser or a link has the token, and the ledger only its SHA-256."""

from __future__ import annotations

import hashlib
import secrets

_TOKEN_BYTES = 32


def new_token() -> str:
    """Return a random token of 256 bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return the SHA-256 of a token. It needs no salt, because the token cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
