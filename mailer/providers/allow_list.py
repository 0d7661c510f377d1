"""Outside production, send to allow-listed addresses only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, Place, Problem
from mailer.model.mailings.delivery import Concern, Deferred
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mailer.model.address import Address
    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.ports import Backend, Connection


class AllowListBackend:
    """A `ports.Backend` that wraps another and sends only to addresses that `allows` accepts."""

    def __init__(self, backend: Backend, *, allows: Callable[[Address], bool]) -> None:
        self._backend = backend
        self._allows = allows
        self.name = backend.name
        self.depth = backend.depth

    def connect(self) -> Connection:
        return _GuardedConnection(self._backend.connect(), self._allows)


class _GuardedConnection:
    def __init__(self, connection: Connection, allows: Callable[[Address], bool]) -> None:
        self._connection = connection
        self._allows = allows

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Stop at the first address that is not on the list.

        That message is deferred, and BackendMisconfigured is raised for the operator.
        """
        not_allowed: list[Message] = []

        def allowed() -> Iterator[Message]:
            for message in messages:
                if not self._allows(message.recipient.address):
                    not_allowed.append(message)
                    return
                yield message

        yield from self._connection.deliver(allowed())
        for message in not_allowed:
            not_sent = "not on the allow-list; nothing was sent"
            yield message.delivery_id, Deferred(not_sent, concern=Concern.CONNECTION)
            raise BackendMisconfigured(
                Problem(
                    Place("config.toml", key="transport.allow_list"),
                    _("production is switched off, and a recipient is not on the allow-list"),
                    _("Set production = true under [transport] when everything is ready."),
                )
            )

    def close(self) -> None:
        self._connection.close()
