"""A sign-in at an OpenID provider: what we ask, and what the browser brings back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRequest:
    """What a sign-in asks of the provider. Its secrets stay with the browser that began it.

    `state` and `nonce` bind the answer to this request, and `verifier` the code (PKCE, RFC 7636).
    With `proves` the person must prove again who they are, whatever session they have there.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str
    begun_at: datetime
    proves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAnswer:
    """What the provider sent back through the browser (RFC 6749 §4.1.2, RFC 9207)."""

    state: str = field(repr=False)
    code: str = field(default="", repr=False)
    issuer: str = ""
    error: str = ""
