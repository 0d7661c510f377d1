"""The requests that workers pass to the writer's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from queue import SimpleQueue

    from mailer.model.mailings.delivery import Claim, Outcome
    from mailer.model.mailings.message import DeliveryId


class Mark(NamedTuple):
    """A request to mark deliveries as `sending`; `granted` receives the ids that may be sent."""

    claim: Claim
    delivery_ids: Sequence[DeliveryId]
    now: datetime
    granted: SimpleQueue[frozenset[DeliveryId] | Exception]


class Settlement(NamedTuple):
    """An outcome to be recorded. No thread waits for it, and it must not be lost."""

    claim: Claim
    delivery_id: DeliveryId
    outcome: Outcome
    now: datetime


class Flush(NamedTuple):
    """A request whose `done` receives None when all requests before it are durable."""

    done: SimpleQueue[Exception | None]


Request = Mark | Settlement | Flush
