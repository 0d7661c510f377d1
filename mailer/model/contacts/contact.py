"""A contact: a person or role address that we may write to."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple, NewType, Protocol, TypeVar

from mailer.model.address import Address

ContactId = NewType("ContactId", str)

ERASED = ContactId("")
"""The contact id in a delivery to somebody who asked to be forgotten."""


def contact_id(address: Address) -> ContactId:
    """Return the contact id for `address`: the same at every import, in every list and letter case.

    80 bits of SHA-256 as 16 characters of lower-case base32: among ten million contacts the chance
    of two sharing one is under 1 in 10¹⁰.
    """
    return ContactId(b32encode(sha256(address.key.encode()).digest()[:10]).decode().lower())


@dataclass(frozen=True, slots=True)
class Contact:
    """One person, or one role address of a newsroom or association.

    `civility` is `Mme` or `M.`, or the title as the file has it (`Dr`, `Pr` …). `organisation` is
    the outlet or the association. `notes` are columns of the imported file that we do not know,
    kept for the office. They never reach a message or an export to partners, because an
    association's disease beside a name is health data.
    """

    id: ContactId
    address: Address
    civility: str = ""
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    role: str = ""
    beat: str = ""
    region: str = ""
    media: str = ""
    """The kind of media: news agency, radio, television …"""
    language: str = "fr"
    phone: str = ""
    is_generic: bool = False
    """A role address (redaction@, contact@): no salutation by name."""
    lists: frozenset[str] = frozenset()
    alternates: tuple[Address, ...] = ()
    former: tuple[Address, ...] = ()
    """Addresses that a correction replaced. What is known under them is known of this person."""
    notes: tuple[tuple[str, str], ...] = ()
    source: str = ""
    """The file, list and date from which the contact came (GDPR art. 14)."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def key(self) -> str:
        return self.address.key


@dataclass(frozen=True, slots=True)
class ContactList:
    """A list of the directory, and how many people are on it."""

    name: str
    size: int


class ContactSummary(NamedTuple):
    """What an audience needs to know of a contact; `ledger.contacts.of_ids` has the rest.

    A named tuple, because a draft reads a hundred thousand of them at once: frozen
    dataclasses take three times as long to make.
    """

    id: ContactId
    key: str
    """`address.key`."""
    address_text: str
    name: str
    language: str
    is_generic: bool
    lists: frozenset[str]
    alternates: tuple[Address, ...]
    former: tuple[Address, ...] = ()

    @property
    def address(self) -> Address:
        return Address.parse(self.address_text)


class Addressee(Protocol):
    """What `Contact` and `ContactSummary` have in common: enough to decide who is written to."""

    @property
    def id(self) -> ContactId: ...

    @property
    def key(self) -> str: ...

    @property
    def address(self) -> Address: ...

    @property
    def name(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def is_generic(self) -> bool: ...

    @property
    def lists(self) -> frozenset[str]: ...

    @property
    def alternates(self) -> tuple[Address, ...]: ...

    @property
    def former(self) -> tuple[Address, ...]: ...


AnyContact = TypeVar("AnyContact", bound=Addressee, covariant=True)  # noqa: PLC0105 - a word
"""`Contact` where messages are written, `ContactSummary` where people are only counted."""
