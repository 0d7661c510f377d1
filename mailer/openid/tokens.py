"""Verify what the provider has signed: the ID token, and its answer about a person.

Only public-key signatures are accepted, whatever algorithm the header of a token names: with
`none`, or with a shared secret (HS256), somebody else could forge a token.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from mailer.errors import Place, Problem, RuleError
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from joserfc.jwk import Key

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY_S = 60
"""How far our clock and the provider's may be apart."""
_MIN_BETWEEN_FETCHES = timedelta(seconds=30)
"""Tokens with made-up keys must not make us fetch the provider's keys at each request."""


class SignedClaims(NamedTuple):
    """What a verified token says, and how it was signed."""

    claims: Mapping[str, Any]
    header: Mapping[str, Any]


class ProviderKeys:
    """The provider's keys. They are fetched again when a token names one that we do not know."""

    def __init__(self, fetch: Callable[[], Mapping[str, Any]]) -> None:
        self._fetch = fetch
        self._keys: Sequence[Key] = ()
        self._fetched_at: datetime | None = None

    def verified(self, token: str, *, now: datetime) -> SignedClaims:
        """Verify a signed token and return what it says.

        Raises RuleError when none of the provider's keys has signed it.
        """
        try:
            key = self._key_of(jws.extract_compact(token.encode()).headers(), now=now)
            found = jwt.decode(token, key, algorithms=list(ALGORITHMS))
        except (JoseError, ValueError) as error:
            raise refused(_("the signature is not the provider’s")) from error
        return SignedClaims(found.claims, found.header)

    def _key_of(self, header: Mapping[str, Any], *, now: datetime) -> Key:
        """Return the key that a token names, after fetching the keys again if it is unknown."""
        key = self._known_key(header)
        if key is None and self._may_fetch(now):
            self._keys = _keys_in(self._fetch())
            self._fetched_at = now
            key = self._known_key(header)
        if key is None:
            raise refused(_("the signature is not the provider’s"))
        return key

    def _known_key(self, header: Mapping[str, Any]) -> Key | None:
        """Return the key that a token names; None when no known key, or more than one, matches."""
        matching = [
            key
            for key in self._keys
            if header.get("kid") in {None, key.kid} and key.key_type != "oct"
        ]
        return matching[0] if len(matching) == 1 else None

    def _may_fetch(self, now: datetime) -> bool:
        return self._fetched_at is None or now - self._fetched_at >= _MIN_BETWEEN_FETCHES


def _keys_in(document: Mapping[str, Any]) -> Sequence[Key]:
    """Return the keys that may verify signatures. Keys of unknown types are left out."""
    found: list[Key] = []
    for each in document.get("keys", ()):
        if isinstance(each, dict) and each.get("use", "sig") == "sig":
            try:
                found += KeySet.import_key_set({"keys": [each]}).keys
            except (JoseError, ValueError, KeyError, TypeError):
                continue
    return found


def checked_id_token(
    signed: SignedClaims,
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    access_token: str,
    now: datetime,
) -> Mapping[str, Any]:
    """Return the claims of an ID token for us (OpenID Connect Core 1.0 §3.1.3.7).

    Raises RuleError when another issuer wrote it, when it is for another client, has expired, or
    answers another request.
    """
    claims = CodeIDToken(
        dict(signed.claims),
        dict(signed.header),
        options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client_id},
            "sub": {"essential": True, "allow_blank": False},
        },
        params={"client_id": client_id, "nonce": nonce, "access_token": access_token},
    )
    try:
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_S)
    except (JoseError, TypeError, ValueError) as error:
        raise refused(_("it is not for this sign-in")) from error
    if not isinstance(claims["sub"], str):
        raise refused(_("it names nobody"))
    return dict(claims)


def checked_userinfo(
    signed: SignedClaims, *, issuer: str, client_id: str, now: datetime
) -> Mapping[str, Any]:
    """Return the claims of a signed answer about a person.

    Raises RuleError when another issuer wrote it, when it is for another client, or has expired.
    A missing claim is accepted: OpenID Connect Core 1.0 §5.3.2 only recommends `iss` and `aud`,
    and does not ask for `exp`.
    """
    claims = signed.claims
    audience = claims.get("aud", client_id)
    is_ours = client_id in (audience if isinstance(audience, list) else [audience])
    expires_at = claims.get("exp", now.timestamp())
    is_fresh = isinstance(expires_at, int | float) and now.timestamp() <= expires_at + LEEWAY_S
    if claims.get("iss", issuer) != issuer or not is_ours or not is_fresh:
        raise refused(_("it is not for this sign-in"))
    return claims


def refused(why: Text) -> RuleError:
    """Make the error for an answer of the provider that we do not accept."""
    what = _("The answer of the provider was not accepted: {why}.", why=why)
    remedy = _("Begin again on this page. If it happens again, tell an administrator.")
    return RuleError(Problem(Place("desk", key="provider"), what, remedy))
