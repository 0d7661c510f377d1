"""Add people to the team, change their roles, close their accounts and invite them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailer.addresses import read_address
from mailer.errors import Place, Problem, RuleError, Unreadable
from mailer.model.team.permission import Act, require, require_recent
from mailer.model.team.person import Person, PersonChange, Role, name_key
from mailer.model.team.sign_in import LinkPurpose
from mailer.operations.team.links import LASTS, make_link
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.team.actor import Actor
    from mailer.model.team.sign_in import DeskSession
    from mailer.ports import Ledger

_LONGEST_NAME = 120


def add_person(
    name: str,
    address: str,
    roles: Iterable[Role],
    *,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Person:
    """Add somebody to the team. Journalled. Raises RuleError with every problem of the fields."""
    _require_management(actor, now=now)
    person = new_person(name, address, roles, known=ledger.team.people())
    if not ledger.team.add([person], actor=actor, at=now):
        raise RuleError(_problem("address", *_ADDRESS_TAKEN))
    return person


def new_person(
    name: str, address: str, roles: Iterable[Role], *, known: Sequence[Person]
) -> Person:
    """Return a person with an id made from the name.

    Raises RuleError when the name is empty or that of somebody else, when the address cannot be
    read, or when no role is chosen, or that of a partner beside others.
    """
    name = " ".join(name.split())
    problems = [*_problems_of_name(name, known)]
    chosen, read = frozenset(roles), None
    try:
        read = _address(address)
    except Unreadable as error:
        problems.append(_problem("address", error.reason, _("Correct the address.")))
    if read and any(each.address and each.address.key == read.key for each in known):
        problems.append(_problem("address", *_ADDRESS_TAKEN))
    problems += _problems_of_roles(chosen)
    if problems:
        raise RuleError(*problems)
    return Person(_new_id(name, known), name, chosen, read)


def change_roles(
    person_id: str,
    roles: Iterable[Role],
    *,
    before: Collection[Role],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Person:
    """Give a person other roles than those they had `before`. Journalled.

    Raises RuleError when somebody changed them meanwhile, when no administrator would be left, or
    for a role that nobody has who is limited to lists.
    """
    _require_management(actor, now=now)
    old, chosen = person_with_id(person_id, ledger), frozenset(roles)
    if problems := _problems_of_roles(chosen, lists=old.lists):
        raise RuleError(*problems)
    if old.roles != frozenset(before):
        raise RuleError(_refusal(PersonChange.STALE, "roles"))
    new = replace(old, roles=chosen)
    if new != old:
        detail = f"{old.id}: {', '.join(sorted(chosen))}"
        _replace(
            old, new, action="change-roles", detail=detail, actor=actor, ledger=ledger, now=now
        )
    return new


def disable_person(
    person_id: str, *, why: str = "", actor: Actor, ledger: Ledger, now: datetime
) -> Person:
    """Close a person's account: from now on they may do nothing, here or on the command line.

    Their sessions and links end. Journalled. Raises RuleError for the last administrator.
    """
    _require_management(actor, now=now)
    old = person_with_id(person_id, ledger)
    if not old.is_enabled:
        return old
    new, detail = replace(old, disabled_at=now), f"{old.id}: {why}" if why else old.id
    _replace(old, new, action="disable-person", detail=detail, actor=actor, ledger=ledger, now=now)
    return new


def enable_person(person_id: str, *, actor: Actor, ledger: Ledger, now: datetime) -> Person:
    """Open the account of a disabled person again. Journalled."""
    _require_management(actor, now=now)
    old = person_with_id(person_id, ledger)
    if old.is_enabled:
        return old
    new = replace(old, disabled_at=None)
    _replace(old, new, action="enable-person", detail=old.id, actor=actor, ledger=ledger, now=now)
    return new


def sessions_of(
    person_id: str, *, actor: Actor, ledger: Ledger, now: datetime
) -> Sequence[DeskSession]:
    """Return the open sessions of a person, the last used first."""
    require(actor, Act.MANAGE_PEOPLE)
    return ledger.sign_ins.sessions(person_id, now=now)


def end_sessions_of(
    person_id: str, *, only: str = "", actor: Actor, ledger: Ledger, now: datetime
) -> int:
    """End the sessions of a person, or only the one with this hash; returns how many. Journalled."""
    _require_management(actor, now=now)
    return ledger.sign_ins.end_sessions(person_id, only=only, actor=actor, at=now)


def invite(person_id: str, *, actor: Actor, ledger: Ledger, now: datetime) -> str:
    """Make a link with which a person sets their password; returns its token. Journalled.

    The token is shown once: the ledger has only its hash. An earlier invitation ends.
    """
    _require_management(actor, now=now)
    person = person_with_id(person_id, ledger)
    if not person.is_enabled:
        raise RuleError(_problem("person", *_DISABLED))
    return make_link(LinkPurpose.INVITATION, person=person.id, by=actor, ledger=ledger, now=now)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody is given to come in with: the token of a link that works once, until then."""

    person: Person
    token: str = field(repr=False)
    until: datetime


def invite_called(
    name: str,
    *,
    address: str = "",
    roles: Collection[Role] = (),
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Invitation:
    """Invite the person of this name or id; somebody new is added first, with these roles.

    Raises RuleError as `add_person` and `invite` do.
    """
    person = _called(name, ledger) or add_person(
        name, address, roles, actor=actor, ledger=ledger, now=now
    )
    token = invite(person.id, actor=actor, ledger=ledger, now=now)
    return Invitation(person, token, now + LASTS[LinkPurpose.INVITATION])


def member_called(name: str, *, ledger: Ledger) -> Person:
    """Return the person of the team with this name or id. Raises RuleError when there is none."""
    person = _called(name, ledger)
    if person is None:
        raise RuleError(_not_one(name, ledger.team.people()))
    return person


def _called(name: str, ledger: Ledger) -> Person | None:
    """Return the one person who is meant; raises RuleError when several may be."""
    people = ledger.team.people()
    exact = [each for each in people if name_key(name) in {name_key(each.id), name_key(each.name)}]
    meant = exact[:1] or [each for each in people if each.is_called(name)]
    if len(meant) > 1:
        raise RuleError(_not_one(name, meant))
    return meant[0] if meant else None


def _not_one(name: str, people: Sequence[Person]) -> Problem:
    names = ", ".join(f"{each.name} ({each.id})" for each in people)
    what = _("“{name}” names nobody of the team, or several.", name=name)
    return _problem("person", what, _("Choose one of them: {names}.", names=names))


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the team, and since when they have a password; None when they have none."""

    person: Person
    password_since: datetime | None


def members(*, actor: Actor, ledger: Ledger) -> Sequence[Member]:
    """Return everybody of the team, disabled people included, by name."""
    require(actor, Act.MANAGE_PEOPLE)
    since = ledger.sign_ins.with_password()
    return [Member(each, since.get(each.id)) for each in ledger.team.people()]


def has_administrator_with_password(*, ledger: Ledger) -> bool:
    """Return whether somebody can sign in who manages the team."""
    since = ledger.sign_ins.with_password()
    return any(each.is_administrator and each.id in since for each in ledger.team.people())


def has_invited_administrator(*, ledger: Ledger, now: datetime) -> bool:
    """Return whether somebody who manages the team may still choose a password."""
    invited = ledger.sign_ins.invited(now=now)
    return any(each.is_administrator and each.id in invited for each in ledger.team.people())


def _require_management(actor: Actor, *, now: datetime) -> None:
    require(actor, Act.MANAGE_PEOPLE)
    require_recent(actor, now=now)


def _replace(
    old: Person,
    new: Person,
    *,
    action: str,
    detail: str,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> None:
    change = ledger.team.replace(old, new, action=action, detail=detail, actor=actor, at=now)
    if change is not PersonChange.DONE:
        raise RuleError(_refusal(change, "person"))


def person_with_id(person_id: str, ledger: Ledger) -> Person:
    """Return the person of the team with this id. Raises RuleError when there is none."""
    found = next((each for each in ledger.team.people() if each.id == person_id), None)
    if found is None:
        raise RuleError(_problem("person", *_UNKNOWN))
    return found


def _address(text: str) -> Address | None:
    return read_address(text.strip()) if text.strip() else None


def _problems_of_name(name: str, known: Sequence[Person]) -> Iterable[Problem]:
    if not name_key(name) or len(name) > _LONGEST_NAME:
        yield _problem("name", _("A name is expected here."), _("Write the given and family name."))
    elif any(name_key(name) in {name_key(each.id), name_key(each.name)} for each in known):
        yield _problem(
            "name",
            _("“{name}” is the name of somebody of the team.", name=name),
            _("Tell them apart: an act is signed with one name."),
        )


def _problems_of_roles(
    chosen: frozenset[Role], *, lists: frozenset[str] = frozenset()
) -> list[Problem]:
    if not chosen:
        return [_problem("roles", *_NO_ROLE)]
    if Role.PARTNER in chosen and len(chosen) > 1:
        return [_problem("roles", *_PARTNER_AND_MORE)]
    if lists and chosen & {Role.ADMINISTRATOR, Role.PARTNER}:
        return [_problem("roles", *_LIMITED)]
    return []


def _new_id(name: str, known: Sequence[Person]) -> str:
    """Return an id from the name: `claire.delmas`, or `claire.delmas.2` if that is taken."""
    taken = {name_key(each.id) for each in known}
    plain = ".".join(name_key(name).split())
    candidates = (plain, *(f"{plain}.{number}" for number in range(2, len(known) + 3)))
    return next(each for each in candidates if name_key(each) not in taken)


def _problem(field: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key=field), what, remedy)


_UNKNOWN = _("Nobody of the team has this id."), _("Choose somebody of the list.")
_NO_ROLE = _("At least one role is expected here."), _("Choose what this person does here.")
_PARTNER_AND_MORE = (
    _("A partner belongs to another institution, and has no other role here."),
    _("Choose the role “partner” alone, or roles of the office."),
)
_LIMITED = (
    _("This person is limited to some lists, which an administrator or a partner cannot be."),
    _("Give them every list first."),
)
_DISABLED = _("This account is closed."), _("Open it again first.")
_ADDRESS_TAKEN = (
    _("Somebody else of the team has this address."),
    _("Give each person their own address."),
)
_STALE = (
    _("Somebody else changed this person meanwhile."),
    _("Look at the roles shown now, then decide again."),
)
_LAST = (
    _("This is the last administrator: nobody could manage the team."),
    _("Make somebody else an administrator first."),
)


def _refusal(change: PersonChange, field: str) -> Problem:
    match change:
        case PersonChange.ADDRESS_TAKEN:
            return _problem("address", *_ADDRESS_TAKEN)
        case PersonChange.LAST_ADMINISTRATOR:
            return _problem(field, *_LAST)
        case _:
            return _problem(field, *_STALE)
