"""A way to send that answers what a test has written: `ports.Backend` without a network."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from mailer.model.mailings.delivery import Accepted, Outcome
from mailer.model.mailings.message import DeliveryId, Message


class ScriptedBackend:
    """Answers the messages by `answer(number, message)`, in their order.

    It has room for `depth` at a time, and takes as many at once unless `takes` says fewer.
    """

    name = "scripted"

    def __init__(
        self,
        answer: Callable[[int, Message], Outcome] = lambda _number, _message: Accepted("250 ok"),
        *,
        depth: int = 1,
        takes: int | None = None,
    ) -> None:
        self.depth, self.taken, self._answer = depth, [], answer
        self._takes = takes or depth

    def connect(self) -> "ScriptedBackend":
        return self

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        source = iter(messages)
        while batch := list(islice(source, self._takes)):
            for message in batch:
                number = len(self.taken)
                self.taken.append(message.delivery_id)
                yield message.delivery_id, self._answer(number, message)

    def close(self) -> None:
        """Nothing is open."""
