"""The clock, the providers, and the engine that runs the workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.feedback.inbox import WebhookRefusal
    from mailer.model.feedback.provider import ProviderSuppression
    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.model.service.trusted_time import ClockReading, TrustedTime
    from mailer.model.team.identity import ProvenIdentity
    from mailer.model.team.openid import ProviderAnswer, ProviderRequest


class Clock(Protocol):
    """Returns the time and waits: a wall clock in the service, simulated in rehearsal and tests."""

    def now(self) -> datetime:
        """Return the current instant, aware and in UTC."""

    def possible_times(self) -> tuple[datetime, ...]:
        """Return what the time may be: `now()`, and while a jump is held what the clock says.

        Nobody knows yet which of the two is right.
        """

    def wait_until(self, instant: datetime) -> None:
        """Wait until `instant`; return at once if it has passed. A simulated clock jumps there.

        A clock that is set back meanwhile makes no wait longer.
        """

    def check(self, observe: Callable[[ClockReading], TrustedTime]) -> None:
        """Ask `observe` what is trusted now, the first time and when the clock has jumped.

        A jump that is held is not followed: `now` goes on as before.
        """

    def follow(self, known: Callable[[ClockReading], TrustedTime | None]) -> None:
        """Ask `known` now, and whenever the clock seems to have jumped, what is trusted.

        So a process that does not `check` says the same time as the service, which does. Where
        nothing is known, it goes by what it has seen itself.
        """


class Connection(Protocol):
    """One connection to a relay or provider, used by one thread."""

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Send each message and yield its outcome: one outcome for every message taken.

        A message is taken (`next()`) only when it is about to be sent. The caller marks it
        durably as `sending` before handing it over, so a message taken without an outcome is
        uncertain. No more than the backend's `depth` messages are taken and unanswered at once.
        Outcomes may come in another order than the messages.

        Raises BackendMisconfigured or BackendUnavailable after it has yielded an outcome for
        every message taken (`Deferred` where nothing of the message was sent).
        """

    def close(self) -> None:
        """Close the connection politely (SMTP: QUIT); never raises."""


class Backend(Protocol):
    """A way to send messages."""

    name: str
    """The provider's name: the source of the events that store its refusals."""
    depth: int
    """How many messages one connection may have taken and unanswered at once."""

    def connect(self) -> Connection:
        """Open a connection. Raises BackendUnavailable or BackendMisconfigured."""


class WebhookVerifier(Protocol):
    """Decides whether a webhook post comes from the provider.

    It is separate from `ReadPost` because the receiver verifies and stores posts, and the
    service reads them later.
    """

    largest_bytes: int
    """The size in bytes beyond which a post is refused unread."""

    def refusal(
        self, body: bytes, *, headers: Mapping[str, str], now: datetime
    ) -> WebhookRefusal | None:
        """Return why a post is refused; None when it is genuine and fresh enough.

        `body` holds the octets as they came; they are not parsed before they are verified.
        `headers` finds names in any case.
        """


class OpenWebhook(NamedTuple):
    """The webhook of the provider that reports events."""

    provider: str
    verifier: WebhookVerifier


class ReadPost(Protocol):
    """Reads a verified webhook post and returns its events in order, or why it is refused.

    An event of a type that we do not know has the kind `unknown`.
    """

    def __call__(
        self, body: bytes, *, received_at: datetime
    ) -> Sequence[DeliveryEvent] | WebhookRefusal: ...


class IdentityProvider(Protocol):
    """Where the people of the office sign in: an OpenID provider."""

    def authorization_url(self, request: ProviderRequest) -> str:
        """Return where the browser goes to sign in. Raises BackendUnavailable."""

    def proven(
        self, answer: ProviderAnswer, request: ProviderRequest, *, now: datetime
    ) -> ProvenIdentity:
        """Return who has signed in. Raises RuleError unless the answer is the provider's, to us
        and to this request, and BackendUnavailable when the provider cannot be asked.
        """

    def logout_url(self, id_token: str, *, back_to: str, now: datetime) -> str:
        """Return where the browser signs out there too; "" when there is no such place."""


class ProviderLists(Protocol):
    """A provider's own suppression lists: addresses that it refuses to mail."""

    name: str
    """The provider's name, which becomes the source of its entries."""

    def listed(self) -> Iterator[ProviderSuppression]: ...

    def remove(self, address: Address) -> int:
        """Remove an address from every list; returns from how many it was removed."""


class Engine(Protocol):
    """Runs the workers that send chunks."""

    def drain(self, run_chunk: Callable[[], bool]) -> int:
        """Call `run_chunk` on the workers until no chunk is left; returns how many were sent.

        `run_chunk` claims one chunk and sends it. It returns False when there was none.
        """
