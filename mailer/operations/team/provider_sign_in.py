"""Begin a sign-in at the identity provider, and finish it when the browser comes back.

Each sign-in has its own state, kept by the browser that began it: several tabs may sign in at
once, and nobody can be led to finish what somebody else began.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.identity import LinkedIdentity
from mailer.model.team.openid import ProviderRequest
from mailer.model.team.permission import require_recent
from mailer.operations.team.enter_by_identity import enter_by_identity
from mailer.operations.team.sealed import seal, unseal
from mailer.operations.team.tokens import hash_of, new_token
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.model.team.identity import ProvenIdentity
    from mailer.model.team.openid import ProviderAnswer
    from mailer.operations.team.enter_by_identity import Entrance
    from mailer.operations.team.visitors import SignedIn, Visitor
    from mailer.ports import IdentityProvider, Ledger

LASTS = timedelta(minutes=10)
_PURPOSE = "provider-sign-in"


class SignInPurpose(StrEnum):
    """What a sign-in at the provider is for."""

    ENTER = "enter"
    INVITATION = "invitation"
    PROVE = "prove"
    """Prove again who one is, for an act that asks for it."""
    LINK = "link"
    """Add the identity to the account in which one is signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSignIn:
    """What a browser asks for: a sign-in, why, and where it leads at the end (`back_to`, `kept`).

    `redirect_uri` is where the provider sends the browser back, and `invitation` the token of a
    link.
    """

    redirect_uri: str
    purpose: SignInPurpose = SignInPurpose.ENTER
    back_to: str = ""
    kept: str = ""
    invitation: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BegunSignIn:
    """A sign-in under way. `session` is the hash of the session that proves or links."""

    asked: AskedSignIn
    request: ProviderRequest
    session: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and what it keeps meanwhile under a name of its own."""

    url: str
    kept_as: str
    sealed: str = field(repr=False)


def begin_sign_in(
    asked: AskedSignIn,
    *,
    visitor: Visitor | None,
    provider: IdentityProvider,
    ledger: Ledger,
    now: datetime,
) -> Departure:
    """Return where to sign in. Raises RuleError when nobody is signed in who could prove or link,
    ProofNeeded for a link without a recent proof, and BackendUnavailable without the provider.
    """
    session = ""
    if asked.purpose in {SignInPurpose.PROVE, SignInPurpose.LINK}:
        if visitor is None or not visitor.is_open:
            raise RuleError(_ENDED)
        if asked.purpose is SignInPurpose.LINK:
            require_recent(visitor.actor, now=now)
        session = visitor.session.token_hash
    request = ProviderRequest(
        state=new_token(),
        nonce=new_token(),
        verifier=new_token(),
        redirect_uri=asked.redirect_uri,
        begun_at=now.replace(microsecond=0),
        proves=asked.purpose is SignInPurpose.PROVE,
    )
    values = _as_values(BegunSignIn(asked, request, session))
    sealed = seal(values, purpose=_PURPOSE, ledger=ledger, now=now)
    return Departure(provider.authorization_url(request), kept_as(request.state), sealed)


def kept_as(state: str) -> str:
    """Return the name under which the browser keeps the sign-in with this state."""
    return hash_of(state)[:16]


def begun_sign_in(sealed: str, *, ledger: Ledger, now: datetime) -> BegunSignIn:
    """Return the sign-in that this browser began. Raises RuleError when it began none lately."""
    values = unseal(sealed, purpose=_PURPOSE, lasts=LASTS, ledger=ledger, now=now)
    if values is None:
        raise RuleError(_ENDED)
    return _from_values(values)


def finish_sign_in(
    begun: BegunSignIn,
    answer: ProviderAnswer,
    *,
    entrance: Entrance,
    visitor: Visitor | None,
    provider: IdentityProvider,
    ledger: Ledger,
    now: datetime,
) -> SignedIn | None:
    """Do what the sign-in was for; returns the new session, None where the old one goes on.

    Raises RuleError when the answer proves nothing, or not the person who has to prove or link.
    """
    proven = provider.proven(answer, begun.request, now=now)
    state = hash_of(begun.request.state)
    if not ledger.identities.use_once(state, until=begun.request.begun_at + LASTS, at=now):
        raise RuleError(_ENDED)
    if begun.asked.purpose in {SignInPurpose.ENTER, SignInPurpose.INVITATION}:
        return enter_by_identity(proven, entrance, ledger=ledger, now=now)
    if visitor is None or not visitor.is_open or visitor.session.token_hash != begun.session:
        raise RuleError(_ENDED)
    if begun.asked.purpose is SignInPurpose.LINK:
        _link(proven, visitor, ledger=ledger, now=now)
    else:
        _prove(proven, visitor, ledger=ledger, now=now)
    return None


def _prove(proven: ProvenIdentity, visitor: Visitor, *, ledger: Ledger, now: datetime) -> None:
    linked = ledger.identities.of(proven.identity)
    if linked is None or linked.person != visitor.person.id:
        raise RuleError(_SOMEBODY_ELSE)
    ledger.sign_ins.note_proof(visitor.session.token_hash, actor=visitor.actor, at=now)


def _link(proven: ProvenIdentity, visitor: Visitor, *, ledger: Ledger, now: datetime) -> None:
    linked = LinkedIdentity(
        identity=proven.identity,
        person=visitor.person.id,
        address=proven.address,
        granted=frozenset(),
        linked_at=now,
        seen_at=now,
    )
    known = ledger.identities.of(proven.identity)
    if known is not None and known.person == visitor.person.id:
        return
    if not ledger.identities.link(linked, actor=visitor.actor):
        raise RuleError(_TAKEN)


def _as_values(begun: BegunSignIn) -> dict[str, str]:
    request = begun.request
    return {
        **asdict(begun.asked),
        "purpose": begun.asked.purpose.value,
        "state": request.state,
        "nonce": request.nonce,
        "verifier": request.verifier,
        "begun_at": request.begun_at.isoformat(),
        "session": begun.session,
    }


def _from_values(values: dict[str, str]) -> BegunSignIn:
    asked = AskedSignIn(
        redirect_uri=values["redirect_uri"],
        purpose=SignInPurpose(values["purpose"]),
        back_to=values["back_to"],
        kept=values["kept"],
        invitation=values["invitation"],
    )
    request = ProviderRequest(
        state=values["state"],
        nonce=values["nonce"],
        verifier=values["verifier"],
        redirect_uri=asked.redirect_uri,
        begun_at=datetime.fromisoformat(values["begun_at"]),
        proves=asked.purpose is SignInPurpose.PROVE,
    )
    return BegunSignIn(asked, request, values["session"])


def _problem(what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key="provider"), what, remedy)


_ENDED = _problem(
    _("This sign-in was not begun in this browser, was finished already, or took too long."),
    _("Begin again on this page."),
)
_SOMEBODY_ELSE = _problem(
    _("Somebody else signed in at the provider than the person who is signed in here."),
    _("Sign in there as yourself, or sign out here first."),
)
_TAKEN = _problem(
    _("This identity is that of somebody else of the team."),
    _("Ask an administrator of the team."),
)
