"""Find the person who acts, by id or name, among the people of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.actor import PROGRAM, Actor, actor_for
from mailer.model.team.person import Role, name_key
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.team.actor import Via
    from mailer.model.team.person import Person
    from mailer.ports import Ledger

_EVERY_ROLE = frozenset(Role)


def actor_called(name: str, *, people: Sequence[Person], via: Via) -> Actor:
    """Return the actor with this id, or with a name that is spelled like this.

    If the workspace names nobody (`people` is empty), any name is accepted and has every role.
    Raises RuleError when no name is given, when the workspace does not know it, when two people
    may be meant, or when the account of this person is closed.
    """
    wanted = " ".join(name.split())
    if not people and wanted:
        return Actor(person="", name=wanted, via=via, roles=_EVERY_ROLE)
    exact = [
        each for each in people if name_key(wanted) in {name_key(each.id), name_key(each.name)}
    ]
    meant = exact[:1] or [each for each in people if each.is_called(wanted)]
    if len(meant) != 1:
        raise RuleError(_unknown(wanted, meant or people))
    (person,) = meant
    if not person.is_enabled:
        raise RuleError(_disabled(person))
    return actor_for(person, via=via)


def note_people(people: Sequence[Person], *, ledger: Ledger, now: datetime) -> bool:
    """Journal the people of the workspace if they changed. Returns whether they did."""
    return ledger.journal.add_if_changed(
        at=now,
        actor=PROGRAM,
        action="configure-people",
        subject="team",
        detail="; ".join(sorted(map(_in_short, people))),
    )


def _in_short(person: Person) -> str:
    return f"{person.id} ({person.name}): {', '.join(sorted(person.roles))}"


def _disabled(person: Person) -> Problem:
    what = _("the account of {name} is closed", name=person.name)
    remedy = _("An administrator can open it again, in the desk.")
    return Problem(Place("config.toml", key="team.people"), what, remedy)


def _unknown(name: str, people: Sequence[Person]) -> Problem:
    what = (
        _("this workspace knows nobody called “{name}”", name=name)
        if name
        else _("an act needs the name of the person who does it")
    )
    act = Remedy(RemedyAct.NAME_ACTOR)
    if not people:
        return Problem(Place("config.toml", key="team.people"), what, _("Give the name."), act)
    enabled = [person for person in people if person.is_enabled]
    names = ", ".join(f"{person.name} ({person.id})" for person in enabled)
    remedy = _("Name one of them, or write one in [team] me: {names}.", names=names)
    return Problem(Place("config.toml", key="team.people"), what, remedy, act)
