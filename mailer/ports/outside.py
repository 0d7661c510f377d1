"""Time, the ways to send, and who runs the sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.delivery import Outcome
    from mailer.model.event import DeliveryEvent
    from mailer.model.inbox import WebhookRefusal
    from mailer.model.message import DeliveryId, Message
    from mailer.model.provider import ProviderSuppression


class Clock(Protocol):
    """Tells the time, and rings. Wall clock for the service, simulated for rehearsal and tests."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""

    def wait_until(self, instant: datetime) -> None:
        """Returns at `instant`, at once if it has passed; the simulated clock jumps there."""


class Connection(Protocol):
    """One line to the peer, used by one thread."""

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Sends each message and yields its outcome; one outcome for every message taken.

        Promises to take (`next()`) a message only when it is about to be sent: the caller
        marks it durably `sending` before handing it over, and whatever was taken without
        an outcome is uncertain. Never holds more than the backend's depth taken and
        unanswered. Outcomes may come in another order than the messages.

        Raises BackendMisconfigured or BackendUnavailable, before which it has yielded an
        outcome for everything taken (`Deferred` where nothing of the message had left).
        """

    def close(self) -> None:
        """Takes leave of the peer; never raises."""


class Backend(Protocol):
    """A way to send."""

    name: str
    """The provider's, which becomes the source of the events that store its refusals."""
    depth: int
    """How many messages one connection may have taken and unanswered at once."""

    def connect(self) -> Connection:
        """Raises BackendUnavailable or BackendMisconfigured."""


class WebhookVerifier(Protocol):
    """Decides whether a post comes from the provider.

    Separate from `ReadPost`: the receiver verifies and stores posts, the service reads them later.
    """

    largest_bytes: int
    """A larger post is refused unread."""

    def refusal(
        self, body: bytes, *, headers: Mapping[str, str], now: datetime
    ) -> WebhookRefusal | None:
        """None when `body`, the octets as they came, is genuine and fresh enough.

        `headers` finds names in any case. The body is not read before it is verified.
        """


class ReadPost(Protocol):
    """Reads a verified post: its facts, in order; what a provider invents later as `unknown`."""

    def __call__(
        self, body: bytes, *, received_at: datetime
    ) -> Sequence[DeliveryEvent] | WebhookRefusal: ...


class ProviderLists(Protocol):
    """The addresses a provider refuses to mail by itself."""

    name: str
    """The provider's name, which becomes the source of its entries."""

    def listed(self) -> Iterator[ProviderSuppression]: ...

    def remove(self, address: Address) -> int:
        """Takes it off every list; from how many."""


class Engine(Protocol):
    """Who runs the chunks."""

    def drain(self, run_chunk: Callable[[], bool]) -> int:
        """Calls `run_chunk` (claim one chunk, deliver it; False when there was none) on its
        workers until none is left; how many chunks were run.
        """
