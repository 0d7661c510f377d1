"""Say whose identity somebody's is who signed in at the provider, and take identities away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.identity import LinkedIdentity
from mailer.model.team.permission import Act, require, require_recent
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.model.team.identity import ProviderIdentity, WaitingIdentity
    from mailer.model.team.person import Person
    from mailer.operations.team.visitors import Visitor
    from mailer.ports import Ledger


def has_identity(person: Person, *, ledger: Ledger) -> bool:
    """Return whether somebody may sign in at a provider."""
    return bool(ledger.identities.of_person(person.id))


def own_identities(visitor: Visitor, *, ledger: Ledger) -> Sequence[LinkedIdentity]:
    """Return the identities by which one may sign in."""
    return ledger.identities.of_person(visitor.person.id)


def identities_of(person_id: str, *, actor: Actor, ledger: Ledger) -> Sequence[LinkedIdentity]:
    """Return the identities of a person of the team."""
    require(actor, Act.MANAGE_PEOPLE)
    return ledger.identities.of_person(person_id)


def waiting_identities(*, actor: Actor, ledger: Ledger) -> Sequence[WaitingIdentity]:
    """Return those of whom an administrator has to say who they are, the oldest first."""
    require(actor, Act.MANAGE_PEOPLE)
    return ledger.identities.waiting()


def recognise(
    identity: ProviderIdentity, person_id: str, *, actor: Actor, ledger: Ledger, now: datetime
) -> None:
    """Say that somebody who waits is this person of the team. Journalled.

    Raises RuleError when they no longer wait, or the person's account is closed.
    """
    _require_management(actor, now=now)
    waiting = _waiting(identity, ledger)
    linked = LinkedIdentity(
        identity=identity,
        person=person_id,
        address=waiting.address,
        granted=frozenset(),
        linked_at=now,
        seen_at=now,
    )
    if not ledger.identities.link(linked, actor=actor):
        raise RuleError(_problem(_("This account is closed."), _("Open it again first.")))


def dismiss(identity: ProviderIdentity, *, actor: Actor, ledger: Ledger, now: datetime) -> None:
    """Say that somebody who waits is nobody of the team. Journalled."""
    _require_management(actor, now=now)
    ledger.identities.dismiss(identity, actor=actor, at=now)


def unlink(
    identity: ProviderIdentity, person_id: str, *, actor: Actor, ledger: Ledger, now: datetime
) -> None:
    """Take an identity away from a person: one's own, or as an administrator. Journalled.

    The sessions that it began end.
    """
    if actor.person != person_id:
        require(actor, Act.MANAGE_PEOPLE)
    require_recent(actor, now=now)
    ledger.identities.unlink(identity, person=person_id, actor=actor, at=now)


def _waiting(identity: ProviderIdentity, ledger: Ledger) -> WaitingIdentity:
    for each in ledger.identities.waiting():
        if each.identity == identity:
            return each
    raise RuleError(_problem(_("Nobody waits with this identity."), _("Look at the list again.")))


def _require_management(actor: Actor, *, now: datetime) -> None:
    require(actor, Act.MANAGE_PEOPLE)
    require_recent(actor, now=now)


def _problem(what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key="person"), what, remedy)
