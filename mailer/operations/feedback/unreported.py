"""Find the deliveries that a provider took over and has not reported on since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.mailings.delivery import Delivery
    from mailer.ports import Ledger

PATIENCE = timedelta(minutes=30)
"""How long a provider may report nothing about a message. It usually reports every 30 seconds."""


def queued_without_events(
    ledger: Ledger, *, now: datetime, older_than: timedelta = PATIENCE
) -> Sequence[Delivery]:
    """Return deliveries that a provider queued `older_than` ago and has not reported on since.

    A message that was lost there gives no other sign. Nothing is resent, because a person looks.
    """
    return ledger.deliveries.queued_without_events(before=now - older_than)
