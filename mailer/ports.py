"""Where the rooms meet: protocols, and what each promises.

`operations` knows only these; `mailer.app` hands it the real things. Every port has at
least two real implementations, and one contract suite runs on all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.audience import Exclusion
    from mailer.model.contact import Contact, ContactId
    from mailer.model.delivery import Claim, Delivery, Outcome
    from mailer.model.event import DeliveryEvent
    from mailer.model.mailing import Mailing, MailingId, MailingState, SignOff, Tally
    from mailer.model.message import DeliveryId, Message
    from mailer.model.suppression import Suppression


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
    depth: int
    """How many messages one connection may have taken and unanswered at once."""

    def connect(self) -> Connection:
        """Raises BackendUnavailable or BackendMisconfigured."""


class Directory(Protocol):
    """The contacts."""

    def save_contacts(self, contacts: Iterable[Contact], *, at: datetime) -> Mapping[str, int]:
        """Adds or changes contacts by address key, joining list memberships; never lifts a
        suppression. Counts `added`, `changed`, `unchanged`. One transaction.
        """

    def contacts(self, lists: Sequence[str] = ()) -> Sequence[Contact]:
        """Contacts of any of these lists, or all, in a stable order (by address key)."""

    def contact(self, contact_id: ContactId) -> Contact | None: ...

    def suppress(self, suppression: Suppression) -> bool:
        """Adds the bar unless an equal or stronger one stands; says whether it was added."""

    def lift(self, address: Address, *, scope: str, by: str, why: str, at: datetime) -> int:
        """Removes bars; how many. Journalled."""

    def suppressions(self) -> Sequence[Suppression]: ...


class Register(Protocol):
    """The accreditations."""

    def save_accreditation(self, accreditation: Accreditation) -> None:
        """One line for each (campaign, address key); the newest `at` wins."""

    def accreditations(self, campaign: str) -> Sequence[Accreditation]: ...


class Diary(Protocol):
    """The mailings: what was launched, and what is due."""

    def sign(self, sign_off: SignOff) -> None: ...

    def sign_offs(self, campaign: str) -> Sequence[SignOff]: ...

    def launch(self, mailings: Sequence[Mailing], *, by: str, at: datetime) -> bool:
        """Writes every mailing of a campaign as `scheduled`, in one transaction.

        False, writing nothing, when any (campaign, step) was launched before: two launches
        make one mailing.
        """

    def mailings(self, campaign: str = "") -> Sequence[Mailing]:
        """By due time. Without a campaign, all."""

    def mailing(self, mailing_id: MailingId) -> Mailing: ...

    def due(self, now: datetime) -> Sequence[Mailing]:
        """Scheduled mailings whose `due_at` has come."""

    def next_due_at(self) -> datetime | None:
        """When the next mailing or retry is due, or a lease ends."""

    def start(
        self,
        mailing_id: MailingId,
        *,
        deliveries: Iterable[Delivery],
        exclusions: Iterable[Exclusion],
        at: datetime,
    ) -> bool:
        """Scheduled → active with its deliveries, exclusions and chunks, in one transaction.

        False when somebody else started it first.
        """

    def move(
        self, mailing_id: MailingId, *, to: MailingState, by: str, why: str, at: datetime
    ) -> bool:
        """A conditional change of state, journalled; False when the present state forbids it.

        Cancelling turns the pending and deferred deliveries into `cancelled`.
        """

    def finish(self, now: datetime) -> Sequence[MailingId]:
        """Active → done wherever nothing is pending, sending or deferred; which ones."""


class Deliveries(Protocol):
    """The sending protocol: claim, mark, send, settle."""

    def claim(self, *, worker: str, now: datetime) -> Claim | None:
        """A chunk with work due, taken under a new epoch and a lease; None when there is none.

        Rows that an earlier epoch left `sending` become `uncertain` in the same transaction.
        """

    def renew(self, claim: Claim, *, now: datetime) -> bool:
        """Prolongs the lease; False when nothing more is to be sent under this claim: it is no
        longer ours, or its mailing is paused, cancelled or expired.
        """

    def mark(
        self, claim: Claim, delivery_ids: Sequence[DeliveryId], *, now: datetime
    ) -> frozenset[DeliveryId]:
        """Makes these `sending`, durably, before it returns; which ones may go.

        Not among them: those whose claim is stale, whose mailing is paused or cancelled
        (they stay as they are), and those suppressed since (they become `suppressed`).
        Safe from many threads; marks and settlements waiting together share a commit.
        """

    def settle(
        self, claim: Claim, delivery_id: DeliveryId, outcome: Outcome, *, now: datetime
    ) -> None:
        """Records an outcome; durable before any later mark of this caller returns.

        A superseded claim may still record what it knows.
        """

    def release(self, claim: Claim, *, now: datetime, hold_until: datetime | None = None) -> None:
        """Waits until everything settled is durable and gives the chunk back.

        What was marked and never settled becomes `uncertain`. With `hold_until` nothing of
        the mailing is offered before that instant: its peer cannot be reached.
        """

    def deliveries(self, mailing_id: MailingId) -> Iterator[Delivery]: ...

    def find_delivery(self, delivery_id: DeliveryId) -> Delivery | None: ...

    def exclusions(self, mailing_id: MailingId) -> Sequence[Exclusion]: ...

    def resolve(
        self, delivery_id: DeliveryId, *, resend: bool, by: str, why: str, at: datetime
    ) -> bool:
        """A person's word on an uncertain delivery: accepted, or pending again."""

    def tally(self, mailing_id: MailingId) -> Tally: ...


class Events(Protocol):
    """What comes back."""

    def record(self, event: DeliveryEvent) -> bool:
        """Stores the fact and moves the delivery up its rank; False when it was known already."""

    def events(
        self, *, campaign: str = "", delivery_id: DeliveryId | None = None
    ) -> Iterator[DeliveryEvent]: ...


class Journal(Protocol):
    """Append-only: who did what, when."""

    def note(
        self, *, at: datetime, by: str, action: str, subject: str, detail: str = ""
    ) -> None: ...

    def journal(self, subject: str = "") -> Sequence[tuple[datetime, str, str, str, str]]:
        """(at, by, action, subject, detail), oldest first."""


class Ledger(Directory, Register, Diary, Deliveries, Events, Journal, Protocol):
    """What happened. Every method is one transaction; rows leave it as frozen values."""

    def close(self) -> None: ...


class Engine(Protocol):
    """Who runs the chunks."""

    def drain(self, run_chunk: Callable[[], bool]) -> int:
        """Calls `run_chunk` (claim one chunk, deliver it; False when there was none) on its
        workers until none is left; how many chunks were run.
        """
