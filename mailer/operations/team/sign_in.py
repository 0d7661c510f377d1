"""Sign in, stay signed in, prove who one is again, and sign out."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.errors import Busy, LedgerError, Place, Problem, RuleError
from mailer.model.team.actor import Via, actor_for
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import name_key
from mailer.model.team.sign_in import LONGEST, DeskSession
from mailer.operations.team.passwords import weakness_of
from mailer.operations.team.sealed import seal, unseal
from mailer.operations.team.second_factor import check_code, has_generator, require_set_up
from mailer.operations.team.tokens import hash_of, new_token
from mailer.operations.team.visitors import SignedIn, Visitor
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person
    from mailer.operations.team.visitors import Gate
    from mailer.ports import Ledger

_NOTED_EVERY = timedelta(minutes=1)
_AGENT_LENGTH = 120


class CodeNeeded(Exception):
    """The password was right, and a code has to follow; `ticket` comes back with it."""

    def __init__(self, ticket: str) -> None:
        super().__init__()
        self.ticket = ticket


def sign_in(
    name: str,
    password: str,
    *,
    agent: str = "",
    place: str = "",
    known_token: str = "",
    gate: Gate,
    now: datetime,
) -> SignedIn:
    """Sign a person in by id, name or address. Journalled.

    Raises CodeNeeded when the password is right and a code has to follow it, and RuleError for a wrong name or password, without saying which, and for a try too soon
    after wrong ones. `known_token` is the cookie of an earlier session in this browser.
    """
    person = _called(name, gate.ledger)
    key = f"name {name_key(name)}" if person is None else f"person {person.id}"
    if person and known_token:
        earlier = gate.ledger.sign_ins.session(hash_of(known_token))
        if earlier and earlier.person == person.id:
            key = f"session {earlier.token_hash}"
    with _counted_by_place(place, gate, now=now):
        _check_password(person, password, key=key, field="password", gate=gate, now=now)
    assert person is not None, "nobody's password is never right"
    if has_generator(person, ledger=gate.ledger):
        raise CodeNeeded(_ticket_for(person, gate.ledger, now=now))
    method = SignInMethod.PASSWORD
    signed_in = new_session(person, method=method, agent=agent, place=place, now=now)
    gate.ledger.sign_ins.open_session(signed_in.session, actor=signed_in.actor)
    return signed_in


def sign_in_with_code(
    ticket: str, code: str, *, agent: str = "", place: str = "", gate: Gate, now: datetime
) -> SignedIn:
    """Sign in the person of a ticket, whose password was right, with their code. Journalled.

    Raises RuleError for a wrong code, and for a ticket that has ended or was used.
    """
    ledger = gate.ledger
    values = unseal(ticket, purpose=_CODE, lasts=_CODE_LASTS, ledger=ledger, now=now)
    people = ledger.team.people()
    known = values and next((each for each in people if each.id == values["person"]), None)
    has_changed = (
        values and hash_of(ledger.sign_ins.password_hash(values["person"])) != values["of"]
    )
    if not known or not known.is_enabled or has_changed:
        raise RuleError(Problem(Place("desk", key="code"), _TOO_LONG, _WRONG_REMEDY))
    method = SignInMethod.PASSWORD_AND_CODE
    signed_in = new_session(known, method=method, agent=agent, place=place, now=now)
    check_code(known, code, actor=signed_in.actor, gate=gate, now=now)
    ledger.sign_ins.open_session(signed_in.session, actor=signed_in.actor)
    return signed_in


def _ticket_for(person: Person, ledger: Ledger, *, now: datetime) -> str:
    """Return what says that a person's password was right. Another password ends it."""
    values = {"person": person.id, "of": hash_of(ledger.sign_ins.password_hash(person.id))}
    return seal(values, purpose=_CODE, ledger=ledger, now=now)


def new_session(
    person: Person, *, method: SignInMethod, agent: str, place: str = "", now: datetime
) -> SignedIn:
    """Return a new session of a person with its token; it is not stored yet."""
    token = new_token()
    session = DeskSession(
        token_hash=hash_of(token),
        person=person.id,
        created_at=now,
        seen_at=now,
        expires_at=now + LONGEST,
        proved_at=now,
        agent=" ".join(agent.split())[:_AGENT_LENGTH],
        method=method,
        place=place,
    )
    return SignedIn(person, session, token)


def visitor_of(token: str, *, ledger: Ledger, now: datetime) -> Visitor | None:
    """Return whose browser has this token, and whether they are still signed in."""
    session = ledger.sign_ins.session(hash_of(token)) if token else None
    if session is None:
        return None
    person = next((each for each in ledger.team.people() if each.id == session.person), None)
    if person is None:
        return None
    is_open = person.is_enabled and session.is_open(now=now)
    if is_open and now - session.seen_at >= _NOTED_EVERY:
        # A ledger that cannot be written must not keep anybody from looking.
        with suppress(LedgerError):
            ledger.sign_ins.note_use(session.token_hash, at=now)
    return Visitor(person, session, is_open)


def sign_out(visitor: Visitor, *, ledger: Ledger, now: datetime) -> None:
    """End this session. Journalled."""
    session = visitor.session
    ledger.sign_ins.end_sessions(
        session.person, only=session.token_hash, actor=visitor.actor, at=now
    )


def end_other_sessions(visitor: Visitor, *, ledger: Ledger, now: datetime) -> int:
    """End the person's sessions in other browsers; returns how many. Journalled."""
    return ledger.sign_ins.end_sessions(
        visitor.person.id, but=visitor.session.token_hash, actor=visitor.actor, at=now
    )


def end_own_session(visitor: Visitor, token_hash: str, *, ledger: Ledger, now: datetime) -> int:
    """End one of the person's own sessions; returns how many ended. Journalled."""
    return ledger.sign_ins.end_sessions(
        visitor.person.id, only=token_hash, actor=visitor.actor, at=now
    )


def open_sessions(visitor: Visitor, *, ledger: Ledger, now: datetime) -> Sequence[DeskSession]:
    """Return the person's open sessions, the last used first."""
    return ledger.sign_ins.sessions(visitor.person.id, now=now)


def has_password(person: Person, *, ledger: Ledger) -> bool:
    """Return whether a person has set a password."""
    return bool(ledger.sign_ins.password_hash(person.id))


def prove_identity(
    visitor: Visitor, password: str, *, code: str = "", gate: Gate, now: datetime
) -> None:
    """Check the password of somebody who is signed in, and the code of who has a second factor,
    for the acts that ask for a proof.

    Journalled. Raises RuleError when it is wrong.
    """
    key = f"session {visitor.session.token_hash}"
    _check_password(visitor.person, password, key=key, field="password", gate=gate, now=now)
    if has_generator(visitor.person, ledger=gate.ledger):
        check_code(visitor.person, code, actor=visitor.actor, gate=gate, now=now)
    gate.ledger.sign_ins.note_proof(visitor.session.token_hash, actor=visitor.actor, at=now)


def prove_by_link(
    person: Person, password: str, *, code: str = "", gate: Gate, now: datetime
) -> Actor:
    """Return somebody who came by a link in a mail as the one who acts, if the password is theirs.

    They are not signed in by it. Wrong passwords are counted apart from those of the sign-in, so
    that who holds a forwarded mail does not slow the person down. Raises RuleError when it is wrong.
    """
    key = f"link {person.id}"
    _check_password(person, password, key=key, field="password", gate=gate, now=now)
    require_set_up(person, gate)
    actor = actor_for(person, via=Via.LINK, proved_at=now)
    if has_generator(person, ledger=gate.ledger):
        check_code(person, code, actor=actor, gate=gate, now=now)
    return actor


def change_password(
    visitor: Visitor, *, current: str, new: str, again: str, gate: Gate, now: datetime
) -> None:
    """Set one's own password; the other sessions end. Journalled.

    Raises RuleError when the current one is wrong, or when the new one cannot be used. Somebody
    who has none yet, and came in by a link, need not give a current one.
    """
    problems = problems_of_password(new, again, person=visitor.person)
    if problems:
        raise RuleError(*problems)
    if has_password(visitor.person, ledger=gate.ledger):
        key = f"session {visitor.session.token_hash}"
        _check_password(visitor.person, current, key=key, field="current", gate=gate, now=now)
    gate.ledger.sign_ins.set_password(
        visitor.person.id,
        gate.passwords.hash(new),
        keep=visitor.session.token_hash,
        actor=visitor.actor,
        at=now,
    )


def choose_language(visitor: Visitor, language: str, *, ledger: Ledger, now: datetime) -> None:
    """Choose the language of one's own pages. Journalled."""
    new = replace(visitor.person, language=language)
    if new != visitor.person:
        ledger.team.replace(
            visitor.person,
            new,
            action="choose-language",
            detail=language,
            actor=visitor.actor,
            at=now,
        )


def problems_of_password(password: str, again: str, *, person: Person) -> list[Problem]:
    """Return why a new password cannot be used."""
    names = (person.id, person.name, str(person.address or ""))
    problems = []
    if weakness := weakness_of(password, names=names):
        remedy = _("Choose a longer one, for example four words.")
        problems.append(Problem(Place("desk", key="new"), weakness, remedy))
    if password != again:
        what = _("The two passwords differ.")
        problems.append(Problem(Place("desk", key="again"), what, _("Type the same twice.")))
    return problems


@contextmanager
def _counted_by_place(place: str, gate: Gate, *, now: datetime) -> Iterator[None]:
    """Count a wrong password for the network address it came from, where that is known.

    Whoever tries many names from one place is slowed down; a right password does not count, so
    that an office behind one address is not.
    """
    if not place:
        yield
        return
    if wait_s := gate.places.begin(place, now=now):
        raise RuleError(Problem(Place("desk", key="password"), _FROM_THERE, _wait(wait_s)))
    try:
        yield
    except Busy:
        gate.places.take_back(place)
        raise
    gate.places.take_back(place)


def _called(name: str, ledger: Ledger) -> Person | None:
    """Return the enabled person with exactly this id, name or address."""
    key, address = name_key(name), name.strip().casefold()
    found = [
        each
        for each in ledger.team.people()
        if (key and key in {name_key(each.id), name_key(each.name)})
        or (each.address and address in {each.address.key, str(each.address).casefold()})
    ]
    return found[0] if len(found) == 1 and found[0].is_enabled else None


def _check_password(
    person: Person | None, password: str, *, key: str, field: str, gate: Gate, now: datetime
) -> None:
    """Raise RuleError unless the password is this person's. It takes as long for nobody."""
    if wait_s := gate.attempts.begin(key, now=now):
        raise RuleError(Problem(Place("desk", key=field), _TOO_SOON, _wait(wait_s)))
    password_hash = gate.ledger.sign_ins.password_hash(person.id) if person else ""
    try:
        is_right = gate.passwords.matches(password_hash, password)
    except Busy:
        gate.attempts.take_back(key)
        raise
    if not is_right:
        raise RuleError(Problem(Place("desk", key=field), _WRONG, _WRONG_REMEDY))
    gate.attempts.forget(key)
    if person and gate.passwords.is_weaker(password_hash):
        better = gate.passwords.hash(password)
        gate.ledger.sign_ins.strengthen(person.id, old=password_hash, new=better)


def _wait(wait_s: float) -> Text:
    return _("Try again in {count} s.", count=max(round(wait_s), 1))


_CODE, _CODE_LASTS = "code-after-password", timedelta(minutes=5)
_TOO_LONG = _("The code came too late after the password.")
_FROM_THERE = _("There were many wrong passwords from your network address.")
_TOO_SOON = _("There were several wrong passwords for this name.")
_WRONG = _("This name and this password do not go together.")
_WRONG_REMEDY = _("Type them again, or ask an administrator for a new invitation.")
