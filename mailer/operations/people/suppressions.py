"""Suppress an address, or erase a person, on somebody's request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.contacts.suppression import EVERYWHERE, Suppression, SuppressionReason
from mailer.model.team.permission import Act, lists_seen, require, require_recent
from mailer.operations.sight import sight_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.contacts.list_file import ListFile
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


def suppress(
    address: Address,
    *,
    reason: SuppressionReason = SuppressionReason.OPT_OUT,
    scope: str = EVERYWHERE,
    actor: Actor,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> bool:
    """Suppress an address. Returns False when an existing suppression already covers it.

    Journalled. Raises RuleError when the actor may not do this. A limit to lists is no matter: a
    refusal holds, no matter who heard it.
    """
    suppression = bar_of(address, reason=reason, scope=scope, actor=actor, why=why, now=now)
    return ledger.suppressions.add(suppression, actor=actor)


def bar_of(
    address: Address,
    *,
    reason: SuppressionReason = SuppressionReason.OPT_OUT,
    scope: str = EVERYWHERE,
    actor: Actor,
    why: str,
    now: datetime,
) -> Suppression:
    """Return the suppression that the actor asks for, to be added with what it follows from.

    Raises RuleError when the actor may not suppress an address.
    """
    require(actor, Act.SUPPRESS)
    return Suppression(address, reason, now, scope, evidence=why, by=actor.name)


def suppressions_page(
    *, search: str, after: str, limit: int, actor: Actor, ledger: Ledger
) -> Sequence[Suppression]:
    """Return at most `limit` suppressions by address key, after the one with the key `after`.

    `search` is a part of the address. Those that have ended are among them. Whoever is limited to
    lists sees those of the people there.
    """
    if lists_seen(actor) is None:
        return ledger.suppressions.page(search=search, after=after, limit=limit)
    sight = sight_of(actor, ledger=ledger)
    asked = search.casefold().strip()
    return [
        each
        for each in ledger.suppressions.all()
        if each.address.key > after and asked in each.address.key and sight.shows(each.address)
    ][:limit]


def forget(address: Address, *, actor: Actor, why: str, ledger: Ledger, now: datetime) -> bool:
    """Erase a person's data, and remember a hash so that no import brings the address back.

    Returns whether anything was known of the address. Journalled. Raises RuleError when the
    actor may not do this, or with each uploaded list that waits: it may hold the person, whose
    colleague would lose it with them.
    """
    require(actor, Act.FORGET)
    require_recent(actor, now=now)
    if waiting := ledger.list_files.waiting():
        raise RuleError(*map(_waits, waiting))
    return ledger.erasure.forget(address, actor=actor, why=why, at=now)


def _waits(file: ListFile) -> Problem:
    return Problem(
        Place(""),
        _("the file {file} waits to be taken in, and may hold this person", file=file.name),
        _("Take it in or remove it, on the page that imports contacts; then erase the person."),
    )
