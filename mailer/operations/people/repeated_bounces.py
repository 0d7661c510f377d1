"""Finds addresses to verify: our messages of several campaigns in a row came back from them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mailer.feedback.policy import REFUSALS, SOFT_REASONS
from mailer.model.mailings.delivery import DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.model.feedback.event import MailingEvent
    from mailer.model.mailings.message import DeliveryId
    from mailer.ports import Ledger

IN_A_ROW = 3
"""Campaigns. Fewer may be one full mailbox during one holiday."""

_SENT = {
    DeliveryStatus.ACCEPTED,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.BOUNCED,
    DeliveryStatus.REJECTED,
    DeliveryStatus.COMPLAINED,
}


class CameBack(NamedTuple):
    """A message of ours that came back and might not have on another day."""

    address_key: str
    delivery_id: DeliveryId
    campaign: str


def came_back(found: MailingEvent) -> CameBack | None:
    """Return the message of which an event proves that it came back for a reason that may pass:
    mailbox full, server unreachable.
    """
    event = found.event
    is_soft = event.kind in REFUSALS and event.reason in SOFT_REASONS and event.is_proven
    if is_soft and event.address and event.delivery_id and found.campaign:
        return CameBack(event.address.key, event.delivery_id, found.campaign)
    return None


def to_verify(messages: Iterable[CameBack], *, ledger: Ledger) -> frozenset[str]:
    """Return the keys of the addresses whose newest messages, of at least three campaigns, are
    among `messages`, which are those of all campaigns.

    One message that arrived since begins the count again.
    """
    by_address: dict[str, dict[DeliveryId, str]] = defaultdict(dict)
    for each in messages:
        by_address[each.address_key][each.delivery_id] = each.campaign
    return frozenset(
        key
        for key, campaigns in by_address.items()
        if len({*campaigns.values()}) >= IN_A_ROW and _are_newest(key, campaigns, ledger)
    )


def _are_newest(key: str, campaigns: Mapping[DeliveryId, str], ledger: Ledger) -> bool:
    in_a_row = set()
    for delivery in ledger.deliveries.to_addresses({key}):
        if delivery.status not in _SENT:
            continue
        if delivery.id not in campaigns:
            break
        in_a_row.add(campaigns[delivery.id])
    return len(in_a_row) >= IN_A_ROW
