"""What comes back, and what the team is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.event import DeliveryEvent, MailingEvent, RefusalCounts
    from mailer.model.inbox import Cursor, DeadLetter, PostId, WebhookPost
    from mailer.model.mailing import MailingId
    from mailer.model.message import DeliveryId
    from mailer.model.progress import Notice
    from mailer.model.suppression import Suppression


class Events(Protocol):
    """What comes back: stored first, judged after."""

    def record(self, event: DeliveryEvent) -> bool:
        """`take_in` of one fact; False when it was known already."""

    def store(
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

    def unprocessed(self, *, limit: int = 1000, after: str = "") -> Sequence[DeliveryEvent]:
        """Facts not yet judged, in the order they were stored, after the one with that key."""

    def close_silent(self, kinds: Sequence[str], *, at: datetime) -> int:
        """Closes at once all waiting facts of these kinds whose delivery is known; how many."""

    def close(
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
    ) -> RefusalCounts:
        """Count the deliveries of a mailing (or its part to `domain`) that were refused for these
        reasons since then, refused at any time, and tried.
        """

    def page(self, *, after: str = "", limit: int = 100) -> Sequence[DeliveryEvent]:
        """Return at most `limit` events, the newest first; those stored before the one with key
        `after`.
        """

    def all(
        self, *, campaign: str = "", delivery_id: DeliveryId | None = None
    ) -> Iterator[DeliveryEvent]: ...

    def unreached(self, *, since: datetime, campaign: str = "") -> Iterator[MailingEvent]:
        """Yield, in the order they were stored, the events that may call for a person: failures
        at any time, and since then automatic replies, challenges and wishes to be left alone.
        """


class Inbox(Protocol):
    """What comes in and is not yet understood."""

    def cursor(self, mailbox: str) -> Cursor | None: ...

    def keep_posts(self, bodies: Sequence[bytes], *, provider: str, at: datetime) -> None:
        """Makes verified posts durable, before it returns."""

    def posts(self, *, limit: int = 20, after: int = 0) -> Sequence[WebhookPost]: ...

    def record_failure(self, raw: bytes, *, source: str, why: str, at: datetime) -> int:
        """Counts a failure to read `raw`, keeping it; how many there were."""

    def dead_letters(self) -> Sequence[DeadLetter]: ...

    def dead_letter_bytes(self, key: str) -> bytes | None: ...


class Notices(Protocol):
    """What the team is told, each thing once."""

    def insert(self, notices: Sequence[Notice]) -> frozenset[str]:
        """Writes down those whose key is new; the keys of which this caller was the first."""

    def take(self, *, now: datetime, until: datetime) -> Sequence[Notice]:
        """Those that nobody has told, for this caller alone until that instant."""

    def postpone(self, keys: Sequence[str], *, until: datetime) -> None:
        """Still to be told, and not to be tried before that instant."""

    def mark_told(self, keys: Sequence[str], *, at: datetime) -> None:
        """The team has been told."""
