"""What the ledger knows of people: contacts, bars, accreditations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailer.model.contact_import import NOWHERE, ImportOrigin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditation import Accreditation
    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.model.contact import Contact, ContactId, ContactList, ContactSummary
    from mailer.model.suppression import Suppression


class Contacts(Protocol):
    """The people we may write to."""

    def save(
        self,
        contacts: Iterable[Contact],
        *,
        actor: Actor,
        at: datetime,
        origin: ImportOrigin = NOWHERE,
    ) -> Mapping[str, int]:
        """Add or change contacts by address key, joining list memberships; never lifts a
        suppression. Counts `added`, `changed`, `unchanged`, and `forgotten` if any: those are
        not taken in. Journalled.
        """

    def all(self, lists: Sequence[str] = ()) -> Sequence[Contact]:
        """Contacts of any of these lists, or all, in a stable order (by address key)."""

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

    def get(self, contact_id: ContactId) -> Contact | None: ...

    def of_ids(self, contact_ids: Iterable[ContactId]) -> Mapping[ContactId, Contact]:
        """Return the contacts with these ids, by id."""

    def summaries(self) -> Sequence[ContactSummary]:
        """Return everybody, by address key, with no more than an audience needs."""

    def by_address(self, address_keys: Collection[str]) -> Mapping[str, Contact]:
        """Return the contacts with these address keys, by key."""

    def correct_address(
        self, old: Address, new: Address, *, actor: Actor, why: str, at: datetime
    ) -> Contact | None:
        """The contact of `old`, from now on under `new`; None when nobody has `old`. Journalled."""


class Suppressions(Protocol):
    """The bars on addresses."""

    def add(self, suppression: Suppression, *, actor: Actor) -> bool:
        """Add the bar unless an equal or stronger one stands; says whether it was added.
        Journalled.
        """

    def lift(self, address: Address, *, scope: str, actor: Actor, why: str, at: datetime) -> int:
        """Removes bars; how many. Journalled."""

    def all(self) -> Sequence[Suppression]: ...


class Erasure(Protocol):
    """What is left of people who asked to be forgotten: nothing that names them."""

    def forget(self, address: Address, *, actor: Actor, why: str, at: datetime) -> bool:
        """Erases what names the person, everywhere; counts stay, and a mark that keeps every
        import from bringing the address back. Whether anything was known. Journalled.
        """

    def is_forgotten(self, address: Address) -> bool: ...


class Accreditations(Protocol):
    """Who asked to come to an event, and what they were answered."""

    def save(self, accreditation: Accreditation, *, actor: Actor) -> bool:
        """Write the one answer of each (campaign, address key), the newest `at` winning; says
        whether it was written. Journalled.
        """

    def of_campaign(self, campaign: str) -> Sequence[Accreditation]: ...
