"""The people in the ledger: contacts, suppressions, erasure, accreditations, and changes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailer.model.contacts.contact_import import NOWHERE, ImportOrigin

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditations.accreditation import (
        Accreditation,
        RegisterChange,
        RegisterUpdate,
    )
    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact, ContactId, ContactList, ContactSummary
    from mailer.model.contacts.list_move import ListMove
    from mailer.model.contacts.personal_data import PersonalRecord
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.team.actor import Actor


class Contacts(Protocol):
    """The contacts and their lists."""

    def save(
        self,
        contacts: Iterable[Contact],
        *,
        actor: Actor,
        at: datetime,
        origin: ImportOrigin = NOWHERE,
        suppressions: Iterable[Suppression] = (),
    ) -> Mapping[str, int]:
        """Add or change contacts by address key and return how many were `added`, `changed` and
        `unchanged`. A known contact keeps its id and its lists; no suppression is lifted.

        The `suppressions` that come with the contacts are added like `Suppressions.add` does;
        `suppressed` counts them, if any. People who asked to be forgotten are not stored;
        `forgotten` counts them, if any. A contact under a former address is the person who had it,
        and keeps the present address; `former` counts them, if any. The journal has a line for the
        import with these counts, and one for each decision that a person made about the file.

        Many thousands are saved in parts, so that others can write in between: each part in one
        transaction with its own line, the suppressions with the first, and what is `taken` by the
        origin with the last. To save the same contacts again goes on after an interruption.
        """

    def all(self, lists: Sequence[str] = ()) -> Sequence[Contact]:
        """Return the contacts of any of these lists, or all, by address key."""

    def page(
        self, *, search: str = "", lists: Sequence[str] = (), after: str = "", limit: int = 100
    ) -> Sequence[Contact]:
        """Return at most `limit` contacts by address key, after the one with the key `after`.

        `search` finds people whose name, outlet, role, beat, region or address has all its
        words, or parts of words, without regard to accents and case; `lists` those on any of
        these lists.
        """

    def lists(self, *, after: str = "", limit: int = 100) -> Sequence[ContactList]:
        """Return at most `limit` lists by name, after the one called `after`."""

    def move_list(self, move: ListMove, *, actor: Actor, at: datetime) -> bool:
        """Move everybody of a list to another, or to none, with the limits of the team and the
        files that wait for it. Journalled. Changes nothing and returns False when the list has not
        as many people as were shown.
        """

    def get(self, contact_id: ContactId) -> Contact | None: ...

    def of_ids(self, contact_ids: Iterable[ContactId]) -> Mapping[ContactId, Contact]:
        """Return the contacts with these ids, by id; unknown ids are left out."""

    def summaries(self) -> Sequence[ContactSummary]:
        """Return all contacts by address key, with only the columns that an audience needs."""

    def traits(self) -> Mapping[ContactId, tuple[str, str, str, str]]:
        """Return the outlet, beat, region and kind of media of everybody who has one of them."""

    def of_person(self, address: Address) -> Sequence[Contact]:
        """Return all contacts of the people who have this address, and of those who are joined to
        them by a further address.
        """

    def by_address(self, address_keys: Collection[str]) -> Mapping[str, Contact]:
        """Return the contacts with these address keys, by key."""

    def find(self, address: Address) -> Contact | None:
        """Return the contact that has this main address, or had it before a correction."""

    def corrected(self, address_keys: Collection[str]) -> frozenset[str]:
        """Return those of these keys that somebody had before a correction, and nobody has now."""

    def put(
        self, contact: Contact, *, action: str, detail: str, actor: Actor, at: datetime
    ) -> None:
        """Add this contact, or replace the one with its id, and write a line in the journal with
        the `action` and its `detail`.
        """

    def remove(self, contact: Contact, *, actor: Actor, at: datetime) -> None:
        """Remove a contact, cancel what is still to be sent to it, and write a line in the journal.

        Suppressions, answers and what was sent stay.
        """

    def addresses_of_person(self, address: Address) -> Sequence[Address]:
        """Return `address` and the other addresses of the person who has it: main, alternate and
        former ones, of all their contacts.
        """

    def correct_address(
        self,
        old: Address,
        new: Address,
        *,
        readdress: Callable[[Delivery, Address], Delivery],
        actor: Actor,
        why: str,
        at: datetime,
    ) -> Contact | None:
        """Give the contact that has or had the address `old` the address `new`, and write a line
        in the journal. Returns the contact; None when nobody has `old`.

        The contact keeps its id and lists, and `old` as a former address. A contact that already
        has `new` is the same person, and the two become one. Refusals and answers under `old`
        hold for `new`. An unsent delivery to `old` is cancelled, and `readdress` returns the one
        that replaces it, unless the person has the mailing already.
        """


class Suppressions(Protocol):
    """The addresses that get no mail, everywhere or on one list."""

    def add(self, suppression: Suppression, *, actor: Actor) -> bool:
        """Add a suppression and a line in the journal, unless an equal or stronger one exists;
        returns whether it was added.
        """

    def lift(self, address: Address, *, scope: str, actor: Actor, why: str, at: datetime) -> int:
        """Remove the suppressions of an address with exactly this scope, and write a line in
        the journal; returns how many were removed.

        What the person asked for under another of their addresses is removed as well.
        """

    def all(self) -> Sequence[Suppression]:
        """Return all suppressions by address key, those that have ended as well."""

    def page(self, *, search: str = "", after: str = "", limit: int = 100) -> Sequence[Suppression]:
        """Return at most `limit` suppressions by address key, after the one of the key `after`.

        `search` is a part of the address.
        """

    def of_addresses(self, address_keys: Collection[str]) -> Sequence[Suppression]:
        """Return the suppressions of these addresses, those that have ended as well."""


class Erasure(Protocol):
    """Erases people who asked to be forgotten (GDPR art. 17)."""

    def forget(self, address: Address, *, actor: Actor, why: str, at: datetime) -> bool:
        """Erase everything that names a person under any of their addresses; returns whether
        anything was known of them. The address of a desk stands for itself alone. Another contact
        joined to the person by a shared address is barred, not erased: it may be somebody else.

        Deliveries keep their status, so that the figures of past campaigns stay true; what was
        still to be sent to the person is not sent. A keyed hash of the address stays, so that
        no import brings it back, and backups that hold the person are replaced by a new one.
        Writes a line in the journal.
        """

    def is_forgotten(self, address: Address) -> bool: ...

    def forgotten_among(self, address_keys: Collection[str]) -> frozenset[str]:
        """Return those of the address keys whose owners asked to be forgotten."""


class PersonalRecords(Protocol):
    """Everything that names somebody (GDPR art. 15)."""

    def of_addresses(self, address_keys: Collection[str]) -> Sequence[PersonalRecord]: ...


class Accreditations(Protocol):
    """Who asked to come to an event, and what they were answered."""

    def save(
        self, accreditation: Accreditation, *, actor: Actor, in_place_of: Address | None = None
    ) -> bool:
        """Store the answer of a person to a campaign, and write a line in the journal. Returns
        False, and writes nothing, when a newer answer is stored. An answer from a former address
        is stored under the present one.

        Of two answers with the same `at`, the one written later stays. The answer to the same
        campaign under `in_place_of`, another address of the person, is removed.
        """

    def revise(
        self,
        campaign: str,
        decide: Callable[[Sequence[Accreditation]], RegisterUpdate],
        *,
        actor: Actor,
        at: datetime,
        request: int | None = None,
    ) -> Sequence[Accreditation]:
        """Change a register by a decision, in one transaction, and return the entries as saved.

        With the id of a partner's open `request`, that is accepted with the state of the first
        entry; when it is not open any more, nothing changes.

        Nobody else changes the register of this campaign between what `decide` is shown and what
        it returns. Each entry gets a line in the journal and in its history. A person who is new,
        or comes back, gets the next number of an answer that was never used for them.
        """

    def of_campaign(self, campaign: str) -> Sequence[Accreditation]:
        """Return the accreditations of a campaign by address key."""

    def of_addresses(self, address_keys: Collection[str]) -> Sequence[Accreditation]:
        """Return what these addresses answered to any campaign, the newest first."""

    def from_unknown(self, campaigns: Collection[str]) -> Sequence[Accreditation]:
        """Return the answers to these campaigns from addresses that are nobody's main address in
        the directory, by campaign and address key.
        """

    def history(self, campaign: str, address: Address) -> Sequence[RegisterChange]:
        """Return the changes of an entry, the oldest first. They have no press card."""

    def campaigns(self) -> Sequence[str]:
        """Return the campaigns that have a register, by name."""

    def purge_cards(self, *, now: datetime) -> int:
        """Erase the numbers of press cards that are due by `now`; returns how many there were.

        Writes a line in the journal of each campaign.
        """


class DirectoryChanges(Protocol):
    """Tells whether contacts, lists, suppressions or answers were changed."""

    def count(self) -> int:
        """Return a number that is the same as long as nothing of them has changed, and another
        one after each change by anybody.
        """
