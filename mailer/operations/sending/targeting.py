"""Reads from the ledger what the target of a rule asks: traits, what people received, how often."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.selection import NO_TARGETING, Targeting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from mailer.model.contacts.contact import ContactId
    from mailer.model.mailings.mailing import AudienceRule
    from mailer.ports import Ledger

WEEK = timedelta(days=7)
"""The time over which mailings to a person are counted."""


def targeting_of(
    rule: AudienceRule,
    *,
    ledger: Ledger,
    now: datetime,
    traits: Callable[[], Mapping[ContactId, tuple[str, str, str, str]]] = dict,
) -> Targeting:
    """Return the target of a rule with what the ledger knows at `now`.

    `traits` is asked only if the target needs them, and not needed for whole contacts.
    """
    target = rule.target
    if NO_TARGETING.target == target:
        return NO_TARGETING
    often = (
        ledger.history.often_contacted(since=now - WEEK, at_least=1) if target.most_per_week else {}
    )
    return Targeting(
        target=target,
        traits=traits() if target.asks_for_traits else {},
        received=frozenset(key for step in target.received for key in _received(step, ledger)),
        not_received={key: step for step in target.not_received for key in _received(step, ledger)},
        often=often,
    )


def _received(step: str, ledger: Ledger) -> Iterator[ContactId]:
    campaign, _slash, name = step.rpartition("/")
    return iter(ledger.history.received(campaign, name))
