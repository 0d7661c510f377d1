"""A list that somebody uploaded, and what was decided about its rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.contacts.contact_import import Quarantined, Remark


@dataclass(frozen=True, slots=True)
class ListFile:
    """A contact file that waits to be taken in. `content` is removed once it was."""

    id: str
    name: str
    list_name: str
    content: bytes
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ListReading:
    """What the rows of an uploaded list become, in the ledger of `read_at`: what its page shows.

    `counts` says how many rows were `read`, and how many are `ready`, `repaired`, `merged`,
    `barred` and `noted`. Of the last three the first ones are here, with why; of the rows in doubt,
    each, without its objection.
    """

    read_at: datetime
    counts: Mapping[str, int]
    quarantined: tuple[Quarantined, ...] = ()
    barred: tuple[Remark, ...] = ()
    merged: tuple[Remark, ...] = ()
    noted: tuple[Remark, ...] = ()
    unknown_columns: tuple[str, ...] = ()


class RowChoice(StrEnum):
    """What a person decides about a row that the program would not decide alone."""

    ACCEPT = "accept"
    """The address that the program proposes is meant."""
    CORRECT = "correct"
    """Another address is meant."""
    WRITE = "write"
    """The row is right as it is written, and the person may be written to."""
    BAR = "bar"
    """The person is not to be written to."""
    LEAVE_OUT = "leave-out"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class RowDecision:
    """A choice about one row, known by the hash of its cells, and an address that was typed."""

    row: str
    choice: RowChoice
    address: str = ""
    by: str = ""
    at: datetime | None = None
