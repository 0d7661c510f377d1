"""The OpenID provider of the office: the authorization code flow with PKCE, and the sign-out."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from mailer.model.team.identity import ProvenIdentity, ProviderIdentity, SignInMethod
from mailer.openid.claims import address_in, groups_in, name_in
from mailer.openid.fetching import ProviderHttp, unavailable
from mailer.openid.settings import is_safe_address
from mailer.openid.tokens import (
    LEEWAY_S,
    ProviderKeys,
    checked_id_token,
    checked_userinfo,
    refused,
)
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.team.openid import ProviderAnswer, ProviderRequest
    from mailer.openid.settings import OidcSettings

_DISCOVERY = "/.well-known/openid-configuration"
_KEPT_FOR = timedelta(hours=1)
_JWT = "application/jwt"
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_FURTHER = ("userinfo_endpoint", "end_session_endpoint")


@dataclass(frozen=True, slots=True)
class _Tokens:
    id_token: str
    access_token: str


class OpenIdProvider:
    """One provider, as its discovery document describes it. Safe for several threads."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._http = ProviderHttp()
        self._keys = ProviderKeys(lambda: self._http.get(self._metadata["jwks_uri"]).json())
        self._metadata: Mapping[str, Any] = {}
        self._read_at: datetime | None = None
        self._lock = Lock()

    def close(self) -> None:
        self._http.close()

    def authorization_url(self, request: ProviderRequest) -> str:
        """Return where the browser goes to sign in."""
        further: dict[str, str] = {"nonce": request.nonce}
        further["code_challenge"] = create_s256_code_challenge(request.verifier)
        further["code_challenge_method"] = "S256"
        if self._settings.acr_values:
            further["acr_values"] = " ".join(self._settings.acr_values)
        if request.proves:
            further |= {"prompt": "login", "max_age": "0"}
        url: str = prepare_grant_uri(
            self._discovered(request.begun_at)["authorization_endpoint"],
            self._settings.client_id,
            "code",
            redirect_uri=request.redirect_uri,
            scope=" ".join(self._settings.scopes),
            state=request.state,
            **further,
        )
        return url

    def proven(
        self, answer: ProviderAnswer, request: ProviderRequest, *, now: datetime
    ) -> ProvenIdentity:
        """Return who has signed in, once the answer is proved to be the provider's, to us, to this
        request.

        Raises RuleError when it is not, and BackendUnavailable when the provider cannot be asked.
        """
        self._require_answer(answer, request, now=now)
        tokens = self._tokens(answer.code, request)
        claims = checked_id_token(
            self._keys.verified(tokens.id_token, now=now),
            issuer=self._settings.issuer,
            client_id=self._settings.client_id,
            nonce=request.nonce,
            access_token=tokens.access_token,
            now=now,
        )
        self._require_strength(claims)
        proved_at = _proved_at(claims, request, now=now)
        told = {**claims, **self._told_of(claims["sub"], tokens.access_token, now=now)}
        return ProvenIdentity(
            identity=ProviderIdentity(self._settings.issuer, claims["sub"]),
            method=SignInMethod.PROVIDER,
            name=name_in(told),
            address=address_in(told),
            groups=groups_in(told, self._settings.groups_claim),
            proved_at=proved_at,
            id_token=tokens.id_token,
        )

    def logout_url(self, id_token: str, *, back_to: str, now: datetime) -> str:
        """Return where the browser signs out at the provider too; "" if it knows no such place.

        OpenID Connect RP-Initiated Logout 1.0 §2.
        """
        endpoint = self._discovered(now).get("end_session_endpoint", "")
        if not endpoint:
            return ""
        fields = {"id_token_hint": id_token, "client_id": self._settings.client_id}
        fields["post_logout_redirect_uri"] = back_to
        url: str = add_params_to_uri(endpoint, list(fields.items()))
        return url

    def _discovered(self, now: datetime) -> Mapping[str, Any]:
        """Return what the provider says of itself, at most an hour old."""
        with self._lock:
            if self._read_at is None or not timedelta() <= now - self._read_at < _KEPT_FOR:
                self._metadata = self._read_metadata()
                self._read_at = now
            return self._metadata

    def _read_metadata(self) -> Mapping[str, Any]:
        issuer = self._settings.issuer
        found = self._http.get(issuer.rstrip("/") + _DISCOVERY).json()
        if found.get("issuer") != issuer:
            raise unavailable(_("it calls itself by another name than web.oidc.issuer"))
        for name in (*_NEEDED, *(each for each in _FURTHER if found.get(each))):
            if not isinstance(found.get(name), str) or not is_safe_address(found[name]):
                raise unavailable(_("it names no https address for “{name}”", name=name))
        return found

    def _require_answer(
        self, answer: ProviderAnswer, request: ProviderRequest, *, now: datetime
    ) -> None:
        if not hmac.compare_digest(answer.state.encode(), request.state.encode()):
            raise refused(_("it belongs to another sign-in"))
        # Which provider answers is told by itself, so that none answers for another (RFC 9207).
        says_who = self._discovered(now).get("authorization_response_iss_parameter_supported")
        if answer.issuer != self._settings.issuer and (answer.issuer or says_who):
            raise refused(_("it comes from another provider"))
        if answer.error == "access_denied":
            raise refused(_("the sign-in was refused there, or broken off"))
        if answer.error or not answer.code:
            raise refused(_("the sign-in did not succeed there"))

    def _tokens(self, code: str, request: ProviderRequest) -> _Tokens:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": request.redirect_uri,
            "code_verifier": request.verifier,
        }
        login = self._login(fields)
        answer = self._http.post(self._metadata["token_endpoint"], fields, login=login)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise unavailable(_("it cannot be reached"))
        if answer.status != HTTPStatus.OK:
            raise refused(_("its code was used already, or has ended"))
        found = answer.json()
        id_token, access_token = found.get("id_token"), found.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise refused(_("it names nobody"))
        return _Tokens(id_token, access_token)

    def _login(self, fields: dict[str, str]) -> tuple[str, str] | None:
        """Return how this desk says who it is; the form says it where the provider wants that."""
        settings = self._settings
        secret = settings.client_secret.value if settings.client_secret else ""
        methods = self._metadata.get("token_endpoint_auth_methods_supported")
        is_basic = methods is None or "client_secret_basic" in methods
        if secret and is_basic:
            # RFC 6749 §2.3.1: both are encoded as a form would.
            return quote(settings.client_id, safe=""), quote(secret, safe="")
        fields["client_id"] = settings.client_id
        if secret:
            fields["client_secret"] = secret
        return None

    def _told_of(self, subject: str, access_token: str, *, now: datetime) -> Mapping[str, Any]:
        """Return what the provider says of a person beside the ID token, signed or not."""
        endpoint = self._metadata.get("userinfo_endpoint")
        if not endpoint:
            return {}
        answer = self._http.get(endpoint, token=access_token)
        if answer.status != HTTPStatus.OK:
            raise unavailable(_("it says nothing of who signed in"))
        told: Mapping[str, Any]
        if answer.kind == _JWT:
            signed = self._keys.verified(answer.body.decode("ascii", "replace").strip(), now=now)
            settings = self._settings
            told = checked_userinfo(
                signed, issuer=settings.issuer, client_id=settings.client_id, now=now
            )
        else:
            told = answer.json()
        if told.get("sub") != subject:
            # Core §5.3.2: otherwise it may be about somebody else.
            raise refused(_("it speaks of two people"))
        return {name: value for name, value in told.items() if name not in _OF_THE_TOKEN}

    def _require_strength(self, claims: Mapping[str, Any]) -> None:
        wanted = self._settings.acr_values
        if wanted and claims.get("acr") not in wanted:
            raise refused(_("this desk asks for a stronger sign-in"))


_OF_THE_TOKEN = frozenset({"iss", "aud", "exp", "iat", "nonce", "auth_time", "acr", "amr", "azp"})
"""What only the ID token says."""


def _proved_at(
    claims: Mapping[str, Any], request: ProviderRequest, *, now: datetime
) -> datetime | None:
    """Return when the person proved there who they are; None when that is not said.

    A request that asks for a proof accepts none from before: otherwise anybody who sits at the open
    screen passes by the session that the person has at the provider.
    """
    told = claims.get("auth_time")
    at = datetime.fromtimestamp(told, UTC) if isinstance(told, int | float) else None
    if request.proves and (at is None or at < request.begun_at - timedelta(seconds=LEEWAY_S)):
        raise refused(_("it does not say that you proved again who you are"))
    return min(at, now) if at else None
