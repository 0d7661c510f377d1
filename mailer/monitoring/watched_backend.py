"""A backend that tells the metrics, the log and the watchdog what becomes of each message."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from mailer.log_context import log_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.monitoring.metrics import Metrics
    from mailer.ports import Backend, Connection


class WatchedBackend:
    """A `ports.Backend` that wraps another, and changes nothing of what it does."""

    def __init__(self, backend: Backend, *, metrics: Metrics, beat: Callable[[], None]) -> None:
        self._backend = backend
        self._metrics = metrics
        self._beat = beat
        self.name = backend.name
        self.depth = backend.depth

    def connect(self) -> Connection:
        return _WatchedConnection(self._backend.connect(), self._tell)

    def _tell(self, delivery_id: DeliveryId, outcome: Outcome, seconds: float) -> None:
        kind = type(outcome).__name__.lower()
        self._metrics.sent(outcome=kind, provider=self.name, seconds=seconds)
        log_event("delivery", delivery=delivery_id, outcome=kind, seconds=round(seconds, 4))
        self._beat()


class _WatchedConnection:
    def __init__(
        self, connection: Connection, tell: Callable[[DeliveryId, Outcome, float], None]
    ) -> None:
        self._connection = connection
        self._tell = tell

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        before_s = monotonic()
        for delivery_id, outcome in self._connection.deliver(messages):
            yield delivery_id, outcome
            self._tell(delivery_id, outcome, monotonic() - before_s)
            before_s = monotonic()

    def close(self) -> None:
        self._connection.close()
