"""Limit a person of the team to some contact lists, or give them every list again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.permission import Act, require, require_recent
from mailer.model.team.person import PersonChange, Role
from mailer.operations.team.people import person_with_id
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person
    from mailer.ports import Ledger


def limit_to_lists(
    person_id: str,
    lists: Collection[str],
    *,
    before: Collection[str] | None = None,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Person:
    """Let a person see and change only the people of these lists, or of every list if there is
    none. It holds at once. Journalled.

    Raises RuleError for a list that is not in the directory, for somebody who manages the team or
    belongs to another institution, and when the limit is not what it was `before`.
    """
    require(actor, Act.MANAGE_PEOPLE)
    require_recent(actor, now=now)
    old, chosen = person_with_id(person_id, ledger), frozenset(lists)
    if problems := list(_problems(old, chosen, ledger)):
        raise RuleError(*problems)
    if before is not None and old.lists != frozenset(before):
        raise RuleError(_problem(*_STALE))
    new = replace(old, lists=chosen)
    if new == old:
        return old
    detail = f"{old.id}: {', '.join(sorted(chosen)) or '*'}"
    change = ledger.team.replace(
        old, new, action="limit-to-lists", detail=detail, actor=actor, at=now
    )
    if change is not PersonChange.DONE:
        raise RuleError(_problem(*_STALE))
    return new


def _problems(person: Person, lists: frozenset[str], ledger: Ledger) -> Iterator[Problem]:
    if lists and Role.ADMINISTRATOR in person.roles:
        yield _problem(*_ADMINISTRATOR)
    if lists and person.is_partner:
        yield _problem(*_PARTNER)
    known = known_lists(ledger=ledger)
    for name in sorted(lists - {*known, *person.lists}):
        remedy = _("Choose one of these: {lists}.", lists=", ".join(known) or "–")
        yield _problem(_("there is no list called “{list}”", list=name), remedy)


def known_lists(*, ledger: Ledger) -> list[str]:
    """Return the names of the lists of the directory."""
    found: list[str] = []
    while page := ledger.contacts.lists(after=found[-1] if found else ""):
        found += (each.name for each in page)
    return found


def _problem(what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key="lists"), what, remedy)


_ADMINISTRATOR = (
    _("An administrator keeps the ledger of everybody, and cannot be limited to lists."),
    _("Take the role of an administrator away first."),
)
_PARTNER = (
    _("A partner sees no list at all."),
    _("Leave every list unticked."),
)
_STALE = (
    _("Somebody else changed this person meanwhile."),
    _("Look at the lists shown now, then decide again."),
)
