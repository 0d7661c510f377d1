"""Passkeys: register one, sign in with one, and prove by one who one is (WebAuthn).

A passkey asks its owner for a finger, a face or a code on the device, so that it counts as two
factors. It works for the desk's own host name alone: a page that only looks like the desk gets
nothing from it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.identity import SignInMethod
from mailer.model.team.permission import require_recent
from mailer.model.team.second_factor import Passkey
from mailer.operations.team.sealed import seal, unseal
from mailer.operations.team.sign_in import has_password, new_session
from mailer.operations.team.tokens import hash_of, new_token
from mailer.operations.team.visitors import actor_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mailer.model.team.second_factor import RelyingParty
    from mailer.operations.team.visitors import SignedIn, Visitor
    from mailer.ports import Ledger

LASTS = timedelta(minutes=15)
_LONGEST_NAME = 60
_REGISTER, _USE = "passkey-register", "passkey-use"


@dataclass(frozen=True, slots=True)
class PasskeyChallenge:
    """What the browser asks the device for, and the sealed text that comes back with the answer."""

    options: str
    sealed: str = field(repr=False)


def own_passkeys(visitor: Visitor, *, ledger: Ledger) -> Sequence[Passkey]:
    """Return the passkeys of who is signed in, the oldest first."""
    return ledger.second_factors.passkeys(visitor.person.id)


def registration_challenge(
    visitor: Visitor, party: RelyingParty, *, ledger: Ledger, now: datetime
) -> PasskeyChallenge:
    """Return what the browser needs to make a passkey. Nothing is stored yet."""
    import webauthn  # noqa: PLC0415 - few pages need it
    from webauthn.helpers import structs  # noqa: PLC0415 - few pages need it

    person, challenge = visitor.person, new_token()
    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        user_id=hash_of(person.id)[:32].encode(),
        user_name=person.id,
        user_display_name=person.name,
        challenge=challenge.encode(),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(webauthn.base64url_to_bytes(each.id))
            for each in own_passkeys(visitor, ledger=ledger)
        ],
    )
    sealed = seal(
        {"challenge": challenge, "person": person.id}, purpose=_REGISTER, ledger=ledger, now=now
    )
    return PasskeyChallenge(webauthn.options_to_json(options), sealed)


def register_passkey(
    visitor: Visitor,
    credential: str,
    sealed: str,
    *,
    name: str,
    party: RelyingParty,
    ledger: Ledger,
    now: datetime,
) -> None:
    """Store a passkey that the browser has just made. Journalled.

    It takes a recent proof of who has anything to prove it by; RuleError when the device's answer
    does not fit.
    """
    import webauthn  # noqa: PLC0415 - few pages need it

    if has_password(visitor.person, ledger=ledger) or own_passkeys(visitor, ledger=ledger):
        require_recent(visitor.actor, now=now)
    asked = _asked(sealed, _REGISTER, ledger=ledger, now=now)
    if asked["person"] != visitor.person.id:
        raise RuleError(_REFUSED)
    verified = _checked(
        webauthn.verify_registration_response,
        credential=credential,
        expected_challenge=asked["challenge"].encode(),
        expected_rp_id=party.host,
        expected_origin=party.origin,
        require_user_verification=True,
    )
    passkey = Passkey(
        id=webauthn.helpers.bytes_to_base64url(verified.credential_id),
        person=visitor.person.id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        name=" ".join(name.split())[:_LONGEST_NAME] or visitor.session.agent or "–",
        made_at=now,
    )
    if not ledger.second_factors.add_passkey(passkey, actor=visitor.actor):
        raise RuleError(_REFUSED)


def remove_passkey(passkey_id: str, *, visitor: Visitor, ledger: Ledger, now: datetime) -> None:
    """Remove one of one's own passkeys. It takes a recent proof. Journalled."""
    require_recent(visitor.actor, now=now)
    ledger.second_factors.remove_passkey(
        passkey_id, person=visitor.person.id, actor=visitor.actor, at=now
    )


def challenge_to_use(party: RelyingParty, *, ledger: Ledger, now: datetime) -> PasskeyChallenge:
    """Return what the browser needs to use a passkey; the device knows whose it is."""
    import webauthn  # noqa: PLC0415 - few pages need it
    from webauthn.helpers import structs  # noqa: PLC0415 - few pages need it

    challenge = new_token()
    options = webauthn.generate_authentication_options(
        rp_id=party.host,
        challenge=challenge.encode(),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    sealed = seal({"challenge": challenge}, purpose=_USE, ledger=ledger, now=now)
    return PasskeyChallenge(webauthn.options_to_json(options), sealed)


def enter_by_passkey(
    credential: str,
    sealed: str,
    *,
    party: RelyingParty,
    agent: str = "",
    place: str = "",
    ledger: Ledger,
    now: datetime,
) -> SignedIn:
    """Sign in the person whose passkey this is. Journalled. Raises RuleError when it is nobody's."""
    passkey = _used(credential, sealed, party=party, ledger=ledger, now=now)
    person = next((each for each in ledger.team.people() if each.id == passkey.person), None)
    if person is None or not person.is_enabled:
        raise RuleError(_REFUSED)
    opened = new_session(person, method=SignInMethod.PASSKEY, agent=agent, place=place, now=now)
    ledger.sign_ins.open_session(opened.session, actor=actor_of(person, opened.session))
    return opened


def prove_by_passkey(
    visitor: Visitor,
    credential: str,
    sealed: str,
    *,
    party: RelyingParty,
    ledger: Ledger,
    now: datetime,
) -> None:
    """Record that who is signed in has proved it by a passkey of theirs. Journalled."""
    passkey = _used(credential, sealed, party=party, ledger=ledger, now=now)
    if passkey.person != visitor.person.id:
        raise RuleError(_REFUSED)
    ledger.sign_ins.note_proof(visitor.session.token_hash, actor=visitor.actor, at=now)


def _used(
    credential: str, sealed: str, *, party: RelyingParty, ledger: Ledger, now: datetime
) -> Passkey:
    """Return the passkey that has answered the challenge, which is then used up."""
    import webauthn  # noqa: PLC0415 - few pages need it

    asked = _asked(sealed, _USE, ledger=ledger, now=now)
    passkey = ledger.second_factors.passkey(_id_in(credential))
    if passkey is None:
        raise RuleError(_REFUSED)
    verified = _checked(
        webauthn.verify_authentication_response,
        credential=credential,
        expected_challenge=asked["challenge"].encode(),
        expected_rp_id=party.host,
        expected_origin=party.origin,
        credential_public_key=passkey.public_key,
        credential_current_sign_count=passkey.sign_count,
        require_user_verification=True,
    )
    if not ledger.identities.use_once(hash_of(asked["challenge"]), until=now + LASTS, at=now):
        raise RuleError(_REFUSED)
    ledger.second_factors.note_passkey(passkey.id, sign_count=verified.new_sign_count, at=now)
    return passkey


def _checked(verify: Any, **given: Any) -> Any:
    """Call a check of the library. Raises RuleError when the device's answer does not pass."""
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 - few pages need it

    try:
        return verify(**given)
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise RuleError(_REFUSED) from error


def _asked(sealed: str, purpose: str, *, ledger: Ledger, now: datetime) -> Mapping[str, str]:
    asked = unseal(sealed, purpose=purpose, lasts=LASTS, ledger=ledger, now=now)
    if asked is None:
        raise RuleError(_REFUSED)
    return asked


def _id_in(credential: str) -> str:
    """Return the id that an answer names. It is not yet proved to be its own."""
    try:
        found = json.loads(credential)
    except ValueError:
        return ""
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def _problem(what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key="passkey"), what, remedy)


_REFUSED = _problem(
    _("This passkey does not open this desk."),
    _("Try again, or use your password."),
)
