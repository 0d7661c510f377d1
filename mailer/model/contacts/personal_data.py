"""What is kept of one person, as it is handed to them (GDPR article 15)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.address import Address


class RecordKind(StrEnum):
    """What a record says of the person."""

    CONTACT = "contact"
    SUPPRESSION = "suppression"
    ACCREDITATION = "accreditation"
    REGISTER_CHANGE = "register-change"
    PARTNER_REQUEST = "partner-request"
    """A place that another institution asked for."""
    CALL = "call"
    MESSAGE = "message"
    RETURNED = "returned"
    """A bounce, a reply or a report about a message to them."""
    LEFT_OUT = "left-out"
    """A mailing that did not go to them, with the reason."""
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """One record: its values by name, which JSON can hold."""

    kind: RecordKind
    values: Mapping[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Every record that names somebody under one of their addresses."""

    addresses: tuple[Address, ...]
    records: tuple[PersonalRecord, ...]
