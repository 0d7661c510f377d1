"""Delivery events, the mail and webhook posts they come from, and notices to the team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.feedback.event import DecidedEvent, DeliveryEvent, MailingEvent, RefusalCounts
    from mailer.model.feedback.inbox import Cursor, DeadLetter, PostId, WebhookPost
    from mailer.model.feedback.proposal import Decision, Proposal, ProposalTally
    from mailer.model.feedback.reply import Reply, ReplyTally
    from mailer.model.feedback.unknown_mail import MailOutcome, UnknownMail, UnknownTally
    from mailer.model.mailings.mailing import MailingId
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.mailings.progress import Notice
    from mailer.model.team.actor import Actor


class Events(Protocol):
    """Delivery events. They are stored first; the policy is applied to them later."""

    def record(self, event: DeliveryEvent) -> bool:
        """Store one event, like `store`; returns False when it was already known."""

    def store(
        self,
        events: Sequence[DeliveryEvent],
        *,
        at: datetime,
        cursor: Cursor | None = None,
        post: PostId | None = None,
    ) -> int:
        """Store events and advance the status of their deliveries; returns how many were new.

        The same transaction moves the mailbox `cursor` and deletes the webhook post that the
        events came from.
        """

    def unprocessed(self, *, limit: int = 1000, after: str = "") -> Sequence[DeliveryEvent]:
        """Return at most `limit` events to which the policy was not yet applied, in the order
        they were stored, after the one with the key `after`.
        """

    def close_all_of_kinds(self, kinds: Sequence[str], *, at: datetime) -> int:
        """Mark all unprocessed events of these kinds as processed if their delivery is known;
        returns how many.
        """

    def close(
        self,
        event: DeliveryEvent,
        *,
        suppressions: Sequence[Suppression] = (),
        proposed: Sequence[Suppression] = (),
        at: datetime,
    ) -> bool:
        """Store the event as the policy completed it, advance its delivery, add the suppressions
        that follow, and keep those that are `proposed` for a person to decide, in one
        transaction. Returns False when it was processed before.
        """

    def close_all(self, decided: Sequence[DecidedEvent], *, at: datetime) -> frozenset[str]:
        """Close several events like `close`, in one transaction; returns the keys of those that
        were not processed before.
        """

    def proven_about(
        self, address: Address, *, since: datetime, except_key: str = ""
    ) -> Sequence[DeliveryEvent]:
        """Return the proven events about an address since then, without the one with
        `except_key`.
        """

    def refusals(
        self, mailing_id: MailingId, *, reasons: Sequence[str], since: datetime, domain: str = ""
    ) -> RefusalCounts:
        """Count the deliveries of a mailing (or its part to `domain`) that were refused for these
        reasons since then, refused at any time, and tried.
        """

    def page(self, *, after: str = "", limit: int = 100) -> Sequence[DeliveryEvent]:
        """Return at most `limit` events, the newest first, from before the one with the key
        `after`.
        """

    def about(self, delivery_ids: Collection[DeliveryId]) -> Sequence[DeliveryEvent]:
        """Return the events about these deliveries or tests, in the order they were stored."""

    def all(
        self, *, campaign: str = "", delivery_id: DeliveryId | None = None
    ) -> Iterator[DeliveryEvent]:
        """Yield events in the order they were stored: all, those of one delivery, or those of a
        campaign whose delivery is known.
        """

    def needing_attention(
        self,
        *,
        since: datetime,
        campaign: str = "",
        of: Collection[str] = (),
        newest: int | None = None,
    ) -> Iterator[MailingEvent]:
        """Yield, in the order they were stored, the events that a person may have to act on:
        failures at any time, and since then automatic replies, challenges and requests to stop.
        Those of a campaign are the ones whose delivery is known; `of` narrows them to these
        address keys, and `newest` to so many. What a person has dismissed is left out.
        """


class Proposals(Protocol):
    """What mails ask for without proof. A person accepts or dismisses it."""

    def waiting(self, *, limit: int) -> Sequence[Proposal]:
        """Return at most `limit` proposals that nobody has decided, the oldest first."""

    def find(self, key_prefix: str) -> Sequence[Proposal]:
        """Return the waiting proposals with an event whose key begins like this."""

    def tally(self) -> ProposalTally:
        """Count the proposals that nobody has decided."""

    def mail(self, key: str) -> bytes:
        """Return the mail that asks for the proposal with this key."""

    def decide(
        self, proposal: Proposal, decision: Decision, *, actor: Actor, why: str, at: datetime
    ) -> bool:
        """Decide a proposal, with all mails that ask the same; an accepted one becomes a
        suppression. Decision, suppression and journal entry are one transaction. Returns False
        when it was decided before.
        """


class Replies(Protocol):
    """What people wrote back to a message, sorted. A person decides what follows."""

    def waiting(self, *, limit: int) -> Sequence[Reply]:
        """Return at most `limit` replies that nobody has decided, the oldest first."""

    def waiting_forms(self) -> Sequence[Reply]:
        """Return those that are filled-in replies with a code of ours and say nothing else."""

    def find(self, key_prefix: str) -> Sequence[Reply]:
        """Return the waiting replies whose key begins like this."""

    def tally(self) -> ReplyTally:
        """Count the replies that nobody has decided, by what they say."""

    def decide(
        self, reply: Reply, decision: Decision, *, actor: Actor, why: str, at: datetime
    ) -> bool:
        """Note what was decided about a reply, and write the journal, in one transaction.

        Returns False when it was decided before.
        """


class UnknownMails(Protocol):
    """Mails that the program does not understand. A person reads and decides them."""

    def page(self, *, after: str = "", limit: int) -> Sequence[UnknownMail]:
        """Return at most `limit` kept mails that nobody has decided, the newest last, after the one
        with the key `after`.
        """

    def find(self, key_prefix: str) -> Sequence[UnknownMail]:
        """Return the kept mails that nobody has decided and whose key begins like this."""

    def unreadable_keys(self) -> frozenset[str]:
        """Return the keys of those that could not be read and that nobody has decided."""

    def tally(self) -> UnknownTally:
        """Count those that nobody has decided, kept here or in the mailbox only."""

    def room(self) -> int:
        """Return of how many more mails the text may be kept."""

    def mail(self, mail: UnknownMail) -> bytes:
        """Return the mail as it came, as far as it was fetched."""

    def beginnings(self, mails: Sequence[UnknownMail]) -> Mapping[str, bytes]:
        """Return the beginning of each mail that could be read, by its key."""

    def decide(
        self,
        mail: UnknownMail,
        outcome: MailOutcome,
        *,
        bar: Suppression | None = None,
        campaign: str = "",
        actor: Actor,
        at: datetime,
    ) -> bool:
        """Note what was decided about a mail, add the `bar` that follows, remove the text and
        write the journal, in one transaction. Returns False when it was decided before.
        """

    def leave_in_mailbox(self, *, actor: Actor, at: datetime) -> int:
        """Note that nothing follows from the mails that are in the mailbox only; returns how many.
        Journalled.
        """


class Inbox(Protocol):
    """Incoming mail and webhook posts that are not yet read."""

    def cursor(self, mailbox: str) -> Cursor | None:
        """Return how far a mailbox has been read; None when it was never read."""

    def keep_posts(self, bodies: Sequence[bytes], *, provider: str, at: datetime) -> None:
        """Store verified webhook posts in one commit; they are durable when it returns."""

    def posts(self, *, limit: int = 20, after: int = 0) -> Sequence[WebhookPost]:
        """Return at most `limit` of the stored posts, the oldest first, after the id `after`."""

    def record_failure(self, raw: bytes, *, source: str, why: str, at: datetime) -> int:
        """Count a failure to read `raw` and keep its bytes; returns how often it has failed."""

    def dead_letters(self) -> Sequence[DeadLetter]:
        """Return the messages and posts that could not be read after the last attempt, the
        oldest first.
        """

    def dead_letter_bytes(self, key: str) -> bytes | None:
        """Return the bytes of a dead letter; None when no dead letter has this key."""


class Notices(Protocol):
    """Notices mailed to the team, each of them once."""

    def insert(self, notices: Sequence[Notice]) -> frozenset[str]:
        """Store the notices whose key is new; returns the keys that this caller stored."""

    def take(self, *, now: datetime, until: datetime) -> Sequence[Notice]:
        """Return the notices that are not yet sent, the oldest first, and reserve them for this
        caller until that instant.
        """

    def postpone(self, keys: Sequence[str], *, until: datetime) -> None:
        """Keep notices unsent, and offer them to nobody before that instant."""

    def record_sent(self, keys: Sequence[str], *, at: datetime) -> None:
        """Record that the notices were sent to the team."""
