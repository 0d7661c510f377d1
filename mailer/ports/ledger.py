"""The ledger, one protocol for each of its subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from mailer.model.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.audience import Exclusion
    from mailer.model.contact import Contact, ContactId
    from mailer.model.delivery import Claim, Delivery, Outcome
    from mailer.model.earlier import Alike
    from mailer.model.event import DeliveryEvent
    from mailer.model.inbox import Cursor, Parked, Post, PostId
    from mailer.model.mailing import Mailing, MailingId, MailingState, SignOff, Tally
    from mailer.model.message import DeliveryId
    from mailer.model.pace import Limit
    from mailer.model.standing import Notice, Standing
    from mailer.model.suppression import Suppression


class Directory(Protocol):
    """The contacts."""

    def save_contacts(self, contacts: Iterable[Contact], *, at: datetime) -> Mapping[str, int]:
        """Adds or changes contacts by address key, joining list memberships; never lifts a
        suppression. Counts `added`, `changed`, `unchanged`, and `forgotten` if any: those are
        not taken in. One transaction.
        """

    def contacts(self, lists: Sequence[str] = ()) -> Sequence[Contact]:
        """Contacts of any of these lists, or all, in a stable order (by address key)."""

    def contact(self, contact_id: ContactId) -> Contact | None: ...

    def suppress(self, suppression: Suppression) -> bool:
        """Adds the bar unless an equal or stronger one stands; says whether it was added."""

    def correct_address(
        self, old: Address, new: Address, *, by: str, why: str, at: datetime
    ) -> Contact | None:
        """The contact of `old`, from now on under `new`; None when nobody has `old`. Journalled."""

    def forget(self, address: Address, *, by: str, why: str, at: datetime) -> bool:
        """Erases what names the person, everywhere; counts stay, and a mark that keeps every
        import from bringing the address back. Whether anything was known. Journalled.
        """

    def is_forgotten(self, address: Address) -> bool: ...

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

    def alike(
        self, *, contents: Collection[str], headlines: Collection[str], since: datetime
    ) -> Sequence[Alike]:
        """Mailings with one of these contents at any time, or one of these headlines since then;
        those that will never begin left out.
        """

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

    def reschedule(self, mailing: Mailing, *, by: str, why: str, at: datetime) -> bool:
        """Gives a scheduled mailing the times of `mailing`, journalled; False when it has begun."""

    def move(
        self, mailing_id: MailingId, *, to: MailingState, by: str, why: str, at: datetime
    ) -> bool:
        """A conditional change of state, journalled; False when the present state forbids it.

        Cancelling turns the pending and deferred deliveries into `cancelled`.
        """

    def finish(self, now: datetime) -> Sequence[MailingId]:
        """Active → done wherever nothing is pending, sending or deferred; which ones."""

    def turned(self, *, at: datetime) -> None:
        """The service has taken a turn."""

    def last_turn(self) -> datetime | None:
        """When that was, to the minute; None: never."""


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

    def put_off(self, claim: Claim, until: Mapping[DeliveryId, datetime], *, now: datetime) -> None:
        """Offers these, which wait, no earlier than that."""

    def deliveries(self, mailing_id: MailingId) -> Iterator[Delivery]: ...

    def find_delivery(self, delivery_id: DeliveryId) -> Delivery | None: ...

    def exclusions(self, mailing_id: MailingId) -> Sequence[Exclusion]: ...

    def reached(self, mailing_id: MailingId) -> frozenset[str]:
        """Address keys of those a mailing has come to, or may have, or still will."""

    def resolve(
        self,
        delivery_ids: Sequence[DeliveryId],
        *,
        resend: bool,
        by: str,
        why: str,
        at: datetime,
    ) -> frozenset[DeliveryId]:
        """A person's word on uncertain deliveries: accepted, or pending again; each journalled.

        Not among those returned, and left as they are: what is not uncertain, and what is to
        be sent again for a mailing that is cancelled or has expired.
        """

    def add_delivery(self, delivery: Delivery, *, by: str, why: str, at: datetime) -> bool:
        """One more recipient for a mailing that has begun and is still useful; False when it
        is not, or when the address has its row already. Journalled.
        """

    def latest_delivery(self, address: Address, *, since: datetime) -> Delivery | None:
        """What was last sent to this address since then."""

    def tally(self, mailing_id: MailingId) -> Tally: ...


class Paces(Protocol):
    """The pace, held for all workers and across restarts."""

    def reserve(
        self, limits: Sequence[Limit], *, patience_s: float, now: datetime
    ) -> tuple[float, str]:
        """Takes the next slot that all of `limits` leave free: the seconds until then, and the
        limit that makes it so. Takes nothing when that is more than `patience_s` away.
        """

    def slow_down(self, key: str, *, now: datetime) -> None:
        """Halves the pace of a limit; it comes back by itself."""

    def slowed(self, *, now: datetime) -> frozenset[str]:
        """The limits that are still slower than usual."""


class Events(Protocol):
    """What comes back: stored first, judged after."""

    def record(self, event: DeliveryEvent) -> bool:
        """`take_in` of one fact; False when it was known already."""

    def take_in(
        self,
        events: Sequence[DeliveryEvent],
        *,
        at: datetime,
        read: Cursor | None = None,
        post: PostId | None = None,
    ) -> int:
        """Stores facts, moves the deliveries they name up their rank, and with them sets the
        cursor or drops the post they came from, in one transaction; how many were new.
        """

    def waiting(self, *, limit: int = 1000, after: str = "") -> Sequence[DeliveryEvent]:
        """Facts not yet judged, in the order they were stored, after the one with that key."""

    def close_silent(self, kinds: Sequence[str], *, at: datetime) -> int:
        """Closes at once all waiting facts of these kinds whose delivery is known; how many."""

    def judged(
        self, event: DeliveryEvent, *, bars: Sequence[Suppression] = (), at: datetime
    ) -> bool:
        """Closes a fact with what was found out about it and the bars that follow, in one
        transaction; False when it was closed before.
        """

    def earlier(
        self, address: Address, *, since: datetime, besides: str = ""
    ) -> Sequence[DeliveryEvent]:
        """What else came back about an address since then."""

    def refusals(
        self, mailing_id: MailingId, *, reasons: Sequence[str], since: datetime, domain: str = ""
    ) -> tuple[int, int, int]:
        """Deliveries of a mailing (or its part to `domain`) refused for these reasons since
        then, refused at all, and tried.
        """

    def events(
        self, *, campaign: str = "", delivery_id: DeliveryId | None = None
    ) -> Iterator[DeliveryEvent]: ...


class Inbox(Protocol):
    """What comes in and is not yet understood."""

    def cursor(self, mailbox: str) -> Cursor | None: ...

    def keep_posts(self, bodies: Sequence[bytes], *, at: datetime) -> None:
        """Makes verified posts durable, before it returns."""

    def posts(self, *, limit: int = 20, after: int = 0) -> Sequence[Post]: ...

    def count_posts(self) -> int: ...

    def strike(self, raw: bytes, *, source: str, why: str, at: datetime) -> int:
        """Counts a failure to read `raw`, keeping it; how many there were."""

    def parked(self) -> Sequence[Parked]: ...

    def parked_bytes(self, key: str) -> bytes | None: ...


class Journal(Protocol):
    """Append-only: who did what, when."""

    def note(
        self, *, at: datetime, by: str, action: str, subject: str, detail: str = ""
    ) -> None: ...

    def journal(self, subject: str = "") -> Sequence[tuple[datetime, str, str, str, str]]:
        """(at, by, action, subject, detail), oldest first."""


class Notices(Protocol):
    """What should worry the team, and what it was told."""

    def standings(
        self, *, since: datetime, unheard_before: datetime | None = None
    ) -> Sequence[Standing]:
        """The mailings under way, and those due since then that have ended or were missed.

        With `unheard_before`, counts what was taken over HTTP before it and never heard of.
        """

    def owe(self, notices: Sequence[Notice]) -> frozenset[str]:
        """Writes down those whose key is new; the keys of which this caller was the first."""

    def take_notices(self, *, now: datetime, until: datetime) -> Sequence[Notice]:
        """Those that nobody has told, for this caller alone until that instant."""

    def put_off_notices(self, keys: Sequence[str], *, until: datetime) -> None:
        """Still to be told, and not to be tried before that instant."""

    def told(self, keys: Sequence[str], *, at: datetime) -> None:
        """The team has been told."""


class Ledger(
    Directory, Register, Diary, Deliveries, Paces, Events, Inbox, Journal, Notices, Protocol
):
    """What happened. Every method is one transaction; rows leave it as frozen values."""

    def back_up(self, *, at: datetime, unless_within: timedelta | None = None) -> str:
        """A verified copy of it all, beside it; its file. Empty when there was one so lately, or
        where the database has an administrator. Raises LedgerError: damaged, no room.
        """

    def close(self) -> None: ...
