"""What the connections ask of the writer's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from queue import SimpleQueue

    from mailer.model.delivery import Claim, Outcome
    from mailer.model.message import DeliveryId


class Mark(NamedTuple):
    """A request to make deliveries `sending`; `granted` tells which ones may go."""

    claim: Claim
    delivery_ids: Sequence[DeliveryId]
    now: datetime
    granted: SimpleQueue[frozenset[DeliveryId] | Exception]


class Settlement(NamedTuple):
    """An outcome to be recorded. Nobody waits for it, and nothing may lose it."""

    claim: Claim
    delivery_id: DeliveryId
    outcome: Outcome
    now: datetime


class Flush(NamedTuple):
    """A request to be told when everything before it is durable."""

    done: SimpleQueue[Exception | None]


Request = Mark | Settlement | Flush
