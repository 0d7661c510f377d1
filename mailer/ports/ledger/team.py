"""The people of the press office, and how they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person, PersonChange
    from mailer.model.team.sign_in import DeskSession, KeptForm, OneTimeLink


class Team(Protocol):
    """The people of the office that the ledger knows, and their roles."""

    def people(self) -> Sequence[Person]:
        """Return everybody, disabled people included, by name."""

    def add(self, people: Iterable[Person], *, actor: Actor, at: datetime) -> Sequence[Person]:
        """Add the people whose id and address nobody has; the journal has a line for each.
        Returns those who were added.
        """

    def replace(
        self, old: Person, new: Person, *, action: str, detail: str, actor: Actor, at: datetime
    ) -> PersonChange:
        """Replace a person by a changed one with the same id, and write a line in the journal.

        Nothing changes when the ledger no longer has `old`, when somebody else has the address,
        or when no enabled administrator would be left. Somebody who is disabled loses every
        session and link in the same transaction.
        """


class SignIns(Protocol):
    """Passwords, sessions and links. Tokens are known by their SHA-256 only."""

    def password_hash(self, person: str) -> str:
        """Return the argon2id hash of a person's password; empty when there is none."""

    def with_password(self) -> Mapping[str, datetime]:
        """Return who has a password, by id, and since when."""

    def set_password(
        self, person: str, password_hash: str, *, keep: str, actor: Actor, at: datetime
    ) -> None:
        """Set a person's password, and write a line in the journal. The person's links and other
        sessions than the one with the hash `keep` end.
        """

    def strengthen(self, person: str, *, old: str, new: str) -> None:
        """Replace the hash of the same password by a stronger one, unless it has changed."""

    def open_session(self, session: DeskSession, *, actor: Actor) -> None:
        """Store a session, and write a line in the journal. Sessions and kept forms that ended
        long ago are removed.
        """

    def welcome(
        self,
        link: str,
        session: DeskSession,
        *,
        newcomer: Person | None = None,
        password_hash: str = "",
        actor: Actor,
    ) -> bool:
        """Use the link with the hash `link`: add the `newcomer`, set the password, and open the
        session, all at its `created_at`. The journal has a line for each.

        Returns False, and changes nothing, when the link was used or has ended, or when the
        session's person is unknown or disabled.
        """

    def session(self, token_hash: str) -> DeskSession | None:
        """Return a session, open or not."""

    def sessions(self, person: str, *, now: datetime) -> Sequence[DeskSession]:
        """Return the open sessions of a person, the last used first."""

    def note_use(self, token_hash: str, *, at: datetime) -> None:
        """Record that a session was used."""

    def note_proof(self, token_hash: str, *, actor: Actor, at: datetime) -> None:
        """Record that the person of a session has proved who they are, with a line in the journal."""

    def end_sessions(
        self, person: str, *, but: str = "", only: str = "", actor: Actor, at: datetime
    ) -> int:
        """End the sessions of a person, but the one with the hash `but`, or only the one with the
        hash `only`. Returns how many ended; the journal has a line if any did.
        """

    def add_link(self, link: OneTimeLink, *, actor: Actor) -> None:
        """Store a link, and write a line in the journal. Earlier links of the same purpose and
        person end.
        """

    def link(self, token_hash: str) -> OneTimeLink | None:
        """Return a link, used or not."""

    def invited(self, *, now: datetime) -> frozenset[str]:
        """Return who may still choose a password by an invitation, by id."""

    def link_key(self, purpose: str) -> str:
        """Return the key that signs the links of a purpose; empty before the first link."""

    def make_link_key(self, purpose: str, key: str, *, at: datetime) -> str:
        """Store a key for the links of a purpose, unless it has one; returns the one it has."""

    def keep(self, form: KeptForm) -> None:
        """Keep what a person has typed."""

    def kept(self, form_id: str, *, person: str) -> KeptForm | None:
        """Return what this person had typed; None for anybody else."""

    def drop_kept(self, form_id: str, *, person: str) -> None:
        """Remove a kept form."""


class SignOffReminders(Protocol):
    """Reminders to signatories: each is sent once for each hour of a campaign."""

    def reminded(self, campaign: str, *, due_at: datetime) -> frozenset[str]:
        """Return the ids of those who were reminded of this hour."""

    def claim(self, campaign: str, person: str, *, due_at: datetime, at: datetime) -> bool:
        """Reserve a reminder for this caller. Returns False when it was sent, or when another
        service is sending it; what a service that died had reserved is free after half an hour.
        """

    def record_sent(self, campaign: str, person: str, *, due_at: datetime, at: datetime) -> None:
        """Record that a reminder was sent, and write a line in the journal."""

    def release(self, campaign: str, person: str, *, due_at: datetime) -> None:
        """Give a reserved reminder back, because it could not be sent."""


class WaitingMailLog(Protocol):
    """Mails that tell a person what waits for them: one a day at most."""

    def last_told(self, person: str) -> frozenset[str]:
        """Return the keys of all that the last mail to this person named."""

    def claim(self, person: str, *, on: date, tasks: Sequence[str], at: datetime) -> bool:
        """Reserve the mail of a day for this caller. Returns False when it was sent, or somebody
        has reserved it; what a service that died had reserved stays so, because it may have left.
        """

    def record_sent(self, person: str, *, on: date, at: datetime) -> None:
        """Record that the mail of a day was sent, and write a line in the journal."""

    def release(self, person: str, *, on: date) -> None:
        """Give a reserved mail back, because it did not leave."""
