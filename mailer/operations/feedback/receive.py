"""Store what the receiver takes from the network: webhook posts and unsubscribe requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.feedback.event import EVERYTHING, DeliveryEvent, EventKind, Match
from mailer.model.mailings.message import is_proof_id
from mailer.model.team.actor import PROGRAM
from mailer.operations.feedback.record import record
from mailer.signed_links.unsubscribe import named_delivery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.mailings.message import DeliveryId
    from mailer.ports import Ledger


def keep_posts(bodies: Sequence[bytes], *, provider: str, ledger: Ledger, now: datetime) -> None:
    """Store verified posts durably. The service reads them later."""
    ledger.inbox.keep_posts(bodies, provider=provider, at=now)


UNSUBSCRIBE_KEYS = "unsubscribe.keys"
"""The subject of the journal's lines about links that could not be obeyed, one for each delivery."""


def unsubscribe(
    delivery_id: DeliveryId, *, means_everything: bool, ledger: Ledger, now: datetime
) -> bool:
    """Record that the recipient of a delivery unsubscribes, from its list or from everything.

    The event is processed at once, because the next step may leave within a second. Returns
    False when the ledger does not know the delivery: then nobody is barred, and the team is told,
    unless it is a test, which no ledger knows.
    """
    reason = EVERYTHING if means_everything else ""
    event = DeliveryEvent(
        kind=EventKind.OPTED_OUT,
        at=now,
        source="unsubscribe",
        key=f"unsubscribe:{delivery_id}:{reason}",
        delivery_id=delivery_id,
        match=Match.DELIVERY_ID,
        reason=reason,
        rule="unsubscribe-link",
    )
    record(event, ledger=ledger, now=now)
    if ledger.deliveries.find(delivery_id) is not None:
        return True
    if not is_proof_id(delivery_id):
        _note(delivery_id, "no such delivery", ledger=ledger, now=now)
    return False


def note_unknown_key(url: str, *, ledger: Ledger, now: datetime) -> None:
    """Journal a link of a delivery of ours that is signed with a key we do not have, once.

    Nobody guesses the id of a delivery: somebody has our message, and its key was removed from
    the configuration.
    """
    delivery_id = named_delivery(url)
    if delivery_id is not None and ledger.deliveries.find(delivery_id) is not None:
        _note(delivery_id, "no such key", ledger=ledger, now=now)


def _note(delivery_id: DeliveryId, why: str, *, ledger: Ledger, now: datetime) -> None:
    ledger.journal.add_if_changed(
        at=now,
        actor=PROGRAM,
        action="unsubscribe-failed",
        subject=f"{UNSUBSCRIBE_KEYS}/{delivery_id}",
        detail=why,
    )
