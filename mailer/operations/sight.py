"""What somebody sees who is limited to some contact lists, or to none: their people, and
everybody's counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.campaigns.audience import Audience
from mailer.model.team.permission import Act, lists_seen, may, may_see
from mailer.wording import Personal, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.address import Address
    from mailer.model.contacts.contact import Addressee, AnyContact, Contact
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text


UNNAMED = "–"
"""What stands for somebody whom the reader of a page does not see, so that the counts stay true."""


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
    lists = lists_seen(actor)
    return Sight() if lists is None else Sight(_keys_on(lists, ledger=ledger))


def hidden_from(actor: Actor, *, ledger: Ledger) -> frozenset[str]:
    """Return the address keys of the contacts whom the actor may not see; none without a limit."""
    lists = lists_seen(actor)
    if lists is None:
        return frozenset()
    hidden = (each for each in ledger.contacts.summaries() if not may_see(actor, each.lists))
    return _keys(hidden) - _keys_on(lists, ledger=ledger)


def require_free(actor: Actor, addresses: Iterable[Address], *, ledger: Ledger) -> None:
    """Raise RuleError when an address is that of somebody whom the actor may not see."""
    hidden = hidden_from(actor, ledger=ledger)
    if problems := [_problem(each, actor) for each in addresses if each.key in hidden]:
        raise RuleError(*problems)


def draft_within(draft: Draft, lists: frozenset[str] | None) -> Draft:
    """Return the draft with only the people on these lists, or with everybody for None.

    It is for pages that name somebody; `lists` are those whose people are seen (see `lists_seen`).
    """
    if lists is None:
        return draft  # as it is: pages keep what they worked out of it
    audiences = {
        step: audience_within(audience, lists) for step, audience in draft.audiences.items()
    }
    return replace(draft, audiences=audiences)


def findings_within(findings: Iterable[Finding], actor: Actor) -> list[Finding]:
    """Return the findings, without whom one names to somebody who does not see everybody."""
    if may(actor, Act.SEE_EVERYBODY):
        return list(findings)
    return [replace(each, what=_unnamed(each.what)) for each in findings]


def audience_within(audience: Audience[AnyContact], lists: frozenset[str]) -> Audience[AnyContact]:
    """Return the audience with only the people on these lists."""
    return Audience(
        tuple(e for e in audience.recipients if not lists.isdisjoint(e.contact.lists)),
        tuple(e for e in audience.exclusions if not lists.isdisjoint(e.contact.lists)),
    )


def _unnamed(text: Text) -> Text:
    values = text.values.items()
    return replace(
        text, values={key: UNNAMED if isinstance(each, Personal) else each for key, each in values}
    )


def _keys_on(lists: frozenset[str], *, ledger: Ledger) -> frozenset[str]:
    return _keys(ledger.contacts.all(sorted(lists))) if lists else frozenset()


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
