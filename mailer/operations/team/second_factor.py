"""The second factor beside a password: codes of a telephone, and recovery codes on paper."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.permission import Act, require, require_recent
from mailer.model.team.second_factor import CodeGenerator
from mailer.operations.team.sealed import seal, unseal
from mailer.operations.team.tokens import hash_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person, Role
    from mailer.operations.team.visitors import Gate, Visitor
    from mailer.ports import Ledger

_PURPOSE = "code-generator"
_TO_SET_UP = timedelta(minutes=30)
_STEP_S = 30
_RECOVERY_CODES = 8
# Without letters that look like others.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class OfferedGenerator:
    """A secret for somebody's telephone, until its first code proves that it arrived there.

    `address` is what the square code says (otpauth://), and `sealed` comes back with the code.
    """

    secret: str = field(repr=False)
    address: str = field(repr=False)
    sealed: str = field(repr=False)


def offer_generator(
    visitor: Visitor, *, office: str, ledger: Ledger, now: datetime
) -> OfferedGenerator:
    """Return a new secret to put into a telephone; nothing is stored yet."""
    import pyotp  # noqa: PLC0415 - few pages need it

    secret = pyotp.random_base32()
    name, person = office or "mailer", visitor.person
    address = pyotp.TOTP(secret).provisioning_uri(name=person.name, issuer_name=name)
    values = {"secret": secret, "person": person.id}
    return OfferedGenerator(secret, address, seal(values, purpose=_PURPOSE, ledger=ledger, now=now))


def set_up_generator(
    visitor: Visitor, code: str, sealed: str, *, ledger: Ledger, now: datetime
) -> Sequence[str]:
    """Store the secret once a code shows that the telephone has it; returns the recovery codes,
    which are known only now. Journalled.

    Raises RuleError for a wrong code. In the place of an earlier one it takes a recent proof.
    """
    if has_generator(visitor.person, ledger=ledger):
        require_recent(visitor.actor, now=now)
    offered = unseal(sealed, purpose=_PURPOSE, lasts=_TO_SET_UP, ledger=ledger, now=now)
    if offered is None or offered["person"] != visitor.person.id:
        raise RuleError(_problem("code", _TOO_LATE, _TYPE_AGAIN))
    step = _step_of(code, offered["secret"], now=now)
    if step is None:
        raise RuleError(_problem("code", _WRONG_CODE, _TYPE_AGAIN))
    codes = [_recovery_code() for _number in range(_RECOVERY_CODES)]
    ledger.second_factors.set_up(
        CodeGenerator(visitor.person.id, offered["secret"], now, last_step=step),
        [hash_of(_plain(each)) for each in codes],
        session=visitor.session.token_hash,
        actor=visitor.actor,
    )
    return codes


def remove_generator(visitor: Visitor, *, ledger: Ledger, now: datetime) -> None:
    """Do without a second factor. It takes a recent proof. Journalled."""
    require_recent(visitor.actor, now=now)
    ledger.second_factors.remove(visitor.person.id, actor=visitor.actor, at=now)


def reset_second_factor(person_id: str, *, actor: Actor, ledger: Ledger, now: datetime) -> None:
    """Remove the code generator and the passkeys of somebody who has lost the telephone.

    Journalled. Their sessions end, and they sign in with the password alone, once, to set up another.
    """
    require(actor, Act.MANAGE_PEOPLE)
    require_recent(actor, now=now)
    ledger.second_factors.reset(person_id, actor=actor, at=now)


def has_generator(person: Person, *, ledger: Ledger) -> bool:
    """Return whether a person's password needs a code beside it."""
    return ledger.second_factors.generator(person.id) is not None


def recovery_left(person: Person, *, ledger: Ledger) -> int:
    """Return how many recovery codes a person still has."""
    return ledger.second_factors.recovery_left(person.id)


def is_required(person: Person, required_for: Collection[Role]) -> bool:
    """Return whether one of the person's roles asks for a second factor."""
    return bool(person.roles & frozenset(required_for))


def check_code(person: Person, code: str, *, actor: Actor, gate: Gate, now: datetime) -> None:
    """Raise RuleError unless this is the code of the present half minute, or a recovery code.

    Neither works twice. Wrong ones are counted, and slow the next try down.
    """
    key = f"code {person.id}"
    if wait_s := gate.attempts.begin(key, now=now):
        remedy = _("Try again in {count} s.", count=max(round(wait_s), 1))
        raise RuleError(_problem("code", _SEVERAL, remedy))
    generator = gate.ledger.second_factors.generator(person.id)
    if generator is None or not _is_right(generator, code, actor=actor, gate=gate, now=now):
        raise RuleError(_problem("code", _WRONG_CODE, _TYPE_AGAIN))
    gate.attempts.forget(key)


def require_set_up(person: Person, gate: Gate) -> None:
    """Raise RuleError for somebody who needs a second factor and has none yet."""
    if is_required(person, gate.second_factor_for) and not has_generator(
        person, ledger=gate.ledger
    ):
        raise RuleError(_problem("password", _NEEDED, _SET_UP))


def _is_right(
    generator: CodeGenerator, code: str, *, actor: Actor, gate: Gate, now: datetime
) -> bool:
    factors = gate.ledger.second_factors
    step = _step_of(code, generator.secret, now=now)
    if step is not None:
        return factors.use_step(generator.person, step)
    return factors.use_recovery(generator.person, hash_of(_plain(code)), actor=actor, at=now)


def _step_of(code: str, secret: str, *, now: datetime) -> int | None:
    """Return the half minute whose code this is; clocks may be one apart (RFC 6238 §5.2)."""
    import pyotp  # noqa: PLC0415 - few pages need it

    digits, present = "".join(code.split()), int(now.timestamp()) // _STEP_S
    for step in (present, present - 1, present + 1):
        if secrets.compare_digest(pyotp.HOTP(secret).at(step).encode(), digits.encode()):
            return step
    return None


def _recovery_code() -> str:
    parts = ("".join(secrets.choice(_SIGNS) for _sign in range(5)) for _part in range(4))
    return "-".join(parts)


def _plain(code: str) -> str:
    """Return a recovery code as it is compared."""
    return "".join(sign for sign in code.casefold() if sign.isalnum())


def _problem(field: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key=field), what, remedy)


_WRONG_CODE = _("This code is not the present one, or was used already.")
_TYPE_AGAIN = _("Type the code that your telephone shows now.")
_TOO_LATE = _("This page was open for too long.")
_SEVERAL = _("There were several wrong codes.")
_NEEDED = _("Your role asks for a second factor, and you have none yet.")
_SET_UP = _("Sign in at the desk, and set it up under “My account”.")
