"""What somebody sees who is limited to some contact lists: their people, and everybody's counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.campaigns.audience import Audience
from mailer.model.team.permission import may_see
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.address import Address
    from mailer.model.contacts.contact import Addressee, AnyContact, Contact
    from mailer.model.drafts.draft import Draft
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose addresses somebody sees; `keys` is None for those of everybody."""

    keys: frozenset[str] | None = None

    def shows(self, address: Address) -> bool:
        """Return whether the owner of this address is on one of the lists, under any address."""
        return self.shows_key(address.key)

    def shows_key(self, key: str) -> bool:
        """Return the same of an address that is given by its key."""
        return self.keys is None or key in self.keys


def sight_of(actor: Actor, *, ledger: Ledger) -> Sight:
    """Return what the actor sees of the people whom the ledger knows by their addresses."""
    if not actor.lists:
        return Sight()
    return Sight(_keys(ledger.contacts.all(sorted(actor.lists))))


def hidden_from(actor: Actor, *, ledger: Ledger) -> frozenset[str]:
    """Return the address keys of the contacts whom the actor may not see; none without a limit."""
    if not actor.lists:
        return frozenset()
    hidden = (each for each in ledger.contacts.summaries() if not may_see(actor, each.lists))
    return _keys(hidden) - _keys(ledger.contacts.all(sorted(actor.lists)))


def require_free(actor: Actor, addresses: Iterable[Address], *, ledger: Ledger) -> None:
    """Raise RuleError when an address is that of somebody whom the actor may not see."""
    hidden = hidden_from(actor, ledger=ledger)
    if problems := [_problem(each, actor) for each in addresses if each.key in hidden]:
        raise RuleError(*problems)


def draft_within(draft: Draft, lists: frozenset[str]) -> Draft:
    """Return the draft with only the people on these lists, or with everybody if there is none.

    It is for pages that name somebody; `lists` are those to which the reader is limited.
    """
    if not lists:
        return draft  # as it is: pages keep what they worked out of it
    audiences = {
        step: audience_within(audience, lists) for step, audience in draft.audiences.items()
    }
    return replace(draft, audiences=audiences)


def audience_within(audience: Audience[AnyContact], lists: frozenset[str]) -> Audience[AnyContact]:
    """Return the audience with only the people on these lists, or all of it if there is none."""
    if not lists:
        return audience
    return Audience(
        tuple(e for e in audience.recipients if not lists.isdisjoint(e.contact.lists)),
        tuple(e for e in audience.exclusions if not lists.isdisjoint(e.contact.lists)),
    )


def _keys(contacts: Iterable[Contact] | Iterable[Addressee]) -> frozenset[str]:
    return frozenset(
        key
        for each in contacts
        for key in (each.key, *(other.key for other in (*each.alternates, *each.former)))
    )


def _problem(address: Address, actor: Actor) -> Problem:
    return Problem(
        Place(str(address), key="address"),
        _("this person is on other lists only, and not on yours"),
        _(
            "Ask somebody who is not limited to lists to put them on one of these: {lists}.",
            lists=", ".join(sorted(actor.lists)),
        ),
    )
