"""Sign somebody in whom an identity provider or a trusted proxy has recognised.

Only the pair of issuer and subject says who somebody is. A name or an address that we know is a
reason to ask an administrator, and never a key.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailer.addresses import read_address
from mailer.errors import Place, Problem, RuleError, Unreadable
from mailer.model.team.actor import PROGRAM
from mailer.model.team.identity import LinkedIdentity, ProvenIdentity, WaitingIdentity
from mailer.model.team.person import Person, PersonChange, Role, name_key
from mailer.model.team.sign_in import LONGEST, RECENT, LinkPurpose
from mailer.operations.team.links import link_of
from mailer.operations.team.people import new_person
from mailer.operations.team.sign_in import new_session
from mailer.operations.team.tokens import hash_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from mailer.model.address import Address
    from mailer.operations.team.visitors import SignedIn, Visitor
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """How somebody comes in: by which browser, from where, for how long, with which invitation.

    `roles_by_group` says which roles each group gives.
    """

    agent: str = ""
    place: str = ""
    lasts: timedelta = LONGEST
    invitation: str = field(default="", repr=False)
    roles_by_group: Mapping[str, frozenset[Role]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _KnownPerson:
    """Who somebody is, as the ledger has them (None for a newcomer), and with today's roles."""

    before: Person | None
    person: Person
    linked: LinkedIdentity


def enter_by_identity(
    proven: ProvenIdentity, entrance: Entrance, *, ledger: Ledger, now: datetime
) -> SignedIn:
    """Sign in the person of an identity, with the roles that its groups give today. Journalled.

    A newcomer whom a group admits is added to the team. Raises RuleError for anybody else; who has
    the name or the address of somebody of the team then waits until an administrator says who it
    is.
    """
    found = _recognised(proven, entrance, ledger=ledger, now=now)
    if not found.person.roles:
        _shut_out(found, ledger=ledger, now=now)
    signed_in = _session(found.person, proven, entrance, now=now)
    change = ledger.identities.enter(
        signed_in.session,
        found.linked,
        before=found.before,
        person=found.person,
        link=hash_of(entrance.invitation) if entrance.invitation else "",
        actor=signed_in.actor,
    )
    if change is PersonChange.LAST_ADMINISTRATOR:
        raise _refusal(_LAST, _LAST_REMEDY)
    if change is not PersonChange.DONE:
        raise _refusal(_CHANGED, _AGAIN)
    return signed_in


def recognised_roles(
    groups: frozenset[str], roles_by_group: Mapping[str, frozenset[Role]]
) -> frozenset[Role]:
    """Return the roles that somebody in these groups has through them."""
    return frozenset(role for group in groups for role in roles_by_group.get(group, ()))


def as_proxied(
    visitor: Visitor,
    proven: ProvenIdentity | None,
    *,
    roles_by_group: Mapping[str, frozenset[Role]],
    ledger: Ledger,
) -> Visitor:
    """Return the visitor of a session that a proxy began, whose headers come with each request.

    The session counts as ended as soon as they name nobody, somebody else, or other groups: the
    next sign-in, which the reader does not notice, sees to the rest.
    """
    if proven is None or proven.identity != visitor.session.identity:
        return replace(visitor, is_open=False)
    linked = ledger.identities.of(proven.identity)
    if linked is None or linked.person != visitor.person.id:
        return replace(visitor, is_open=False)
    if proven.groups is None:
        return visitor
    by_hand = visitor.person.roles - linked.granted
    granted = recognised_roles(proven.groups, roles_by_group) - by_hand
    return visitor if granted == linked.granted else replace(visitor, is_open=False)


def _recognised(
    proven: ProvenIdentity, entrance: Entrance, *, ledger: Ledger, now: datetime
) -> _KnownPerson:
    people = ledger.team.people()
    linked = ledger.identities.of(proven.identity)
    if linked is None:
        linked = _invited(proven, entrance, ledger=ledger, now=now)
    if linked is None:
        return _newcomer(proven, entrance, people=people, ledger=ledger, now=now)
    before = next(each for each in people if each.id == linked.person)
    if not before.is_enabled:
        raise _refusal(_CLOSED, _ASK)
    return _with_roles_of_today(before, linked, proven, entrance, people=people, now=now)


def _with_roles_of_today(
    before: Person,
    linked: LinkedIdentity,
    proven: ProvenIdentity,
    entrance: Entrance,
    *,
    people: Sequence[Person],
    now: datetime,
) -> _KnownPerson:
    """Return the person with the roles given by hand, and those that the groups give today.

    Where nothing is said of groups, what they had given is from now on given by hand.
    """
    by_hand, granted = before.roles, frozenset[Role]()
    if proven.groups is not None:
        by_hand = before.roles - linked.granted
        granted = recognised_roles(proven.groups, entrance.roles_by_group) - by_hand
    address = _new_address(before, linked, proven, people=people)
    return _KnownPerson(
        before,
        replace(before, roles=by_hand | granted, address=address),
        replace(linked, granted=granted, address=proven.address, seen_at=now),
    )


def _new_address(
    person: Person, linked: LinkedIdentity, proven: ProvenIdentity, *, people: Sequence[Person]
) -> Address | None:
    """Return the person's address, which follows the provider where it came from there.

    It stays as it is when an administrator wrote another one, or somebody else has the new one.
    """
    new = _readable(proven.address)
    came_from_there = not person.address or person.address == _readable(linked.address)
    if new is None or not came_from_there or _has_address(people, new, but=person.id):
        return person.address
    return new


def _invited(
    proven: ProvenIdentity, entrance: Entrance, *, ledger: Ledger, now: datetime
) -> LinkedIdentity | None:
    """Return the identity as that of the person who was invited, None without an invitation."""
    if not entrance.invitation:
        return None
    link = link_of(entrance.invitation, ledger=ledger, now=now)
    if link is None or link.purpose is not LinkPurpose.INVITATION:
        raise _refusal(_NO_LINK, _ASK)
    return _unlinked(proven, link.person, now=now)


def _newcomer(
    proven: ProvenIdentity,
    entrance: Entrance,
    *,
    people: Sequence[Person],
    ledger: Ledger,
    now: datetime,
) -> _KnownPerson:
    """Return a new person whom a group admits. Raises RuleError for anybody else."""
    if (double := _known_as(proven, people)) is not None:
        ledger.identities.wait(
            WaitingIdentity(
                identity=proven.identity,
                name=proven.name,
                address=proven.address,
                person=double.id,
                asked_at=now,
            )
        )
        raise _refusal(_WAITS, _WAITS_REMEDY)
    roles = recognised_roles(proven.groups or frozenset(), entrance.roles_by_group)
    if not roles:
        raise _refusal(_UNKNOWN, _UNKNOWN_REMEDY)
    address = str(_readable(proven.address) or "")
    name = proven.name or address.partition("@")[0] or proven.identity.subject
    person = new_person(name, address, roles, known=people)
    linked = replace(_unlinked(proven, person.id, now=now), granted=roles)
    return _KnownPerson(None, person, linked)


def _known_as(proven: ProvenIdentity, people: Sequence[Person]) -> Person | None:
    """Return the person of the team who has this address or this very name."""
    address, name = _readable(proven.address), name_key(proven.name)
    for each in people:
        if address and each.address and each.address.key == address.key:
            return each
    return next((each for each in people if name and name == name_key(each.name)), None)


def _unlinked(proven: ProvenIdentity, person: str, *, now: datetime) -> LinkedIdentity:
    return LinkedIdentity(
        identity=proven.identity,
        person=person,
        address=proven.address,
        granted=frozenset(),
        linked_at=now,
        seen_at=now,
    )


def _session(
    person: Person, proven: ProvenIdentity, entrance: Entrance, *, now: datetime
) -> SignedIn:
    """Return a new session. It proves who somebody is only if they proved it there just now."""
    opened = new_session(
        person, method=proven.method, agent=entrance.agent, place=entrance.place, now=now
    )
    session = replace(
        opened.session,
        expires_at=min(opened.session.expires_at, now + entrance.lasts),
        proved_at=proven.proved_at or now - RECENT,
        issuer=proven.identity.issuer,
        subject=proven.identity.subject,
        id_token=proven.id_token,
    )
    return replace(opened, session=session)


def _shut_out(found: _KnownPerson, *, ledger: Ledger, now: datetime) -> None:
    """Take the roles of somebody whom no group admits any more, then refuse them."""
    assert found.before is not None, "a newcomer without a role is refused before"
    change = ledger.identities.shut_out(
        found.linked, before=found.before, person=found.person, actor=PROGRAM, at=now
    )
    if change is PersonChange.LAST_ADMINISTRATOR:
        raise _refusal(_LAST, _LAST_REMEDY)
    raise _refusal(_UNKNOWN, _UNKNOWN_REMEDY)


def _readable(text: str) -> Address | None:
    try:
        return read_address(text.strip()) if text.strip() else None
    except Unreadable:
        return None


def _has_address(people: Sequence[Person], address: Address, *, but: str) -> bool:
    return any(
        each.address and each.address.key == address.key for each in people if each.id != but
    )


def _refusal(what: Text, remedy: Text) -> RuleError:
    return RuleError(Problem(Place("desk", key="provider"), what, remedy))


_UNKNOWN = _("You are signed in there, but nobody has let you in here.")
_UNKNOWN_REMEDY = _("Ask an administrator of the press office to add you to the team.")
_WAITS = _(
    "Somebody of the team has your name or your address; whether you are that person, an administrator has to say."
)
_WAITS_REMEDY = _("Ask an administrator to look at the page Team, then sign in again.")
_CLOSED = _("This account is closed.")
_ASK = _("Ask an administrator of the team.")
_LAST = _("You are the last administrator, and your groups no longer make you one.")
_LAST_REMEDY = _("Make somebody else an administrator first, or put the group back.")
_CHANGED = _("Somebody changed your account at this moment.")
_AGAIN = _("Sign in again.")
_NO_LINK = _("This link was used already, or its time is over.")
