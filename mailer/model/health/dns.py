"""What is asked of the DNS, and its three answers: records, none, or no answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.wording import Text


class RecordType(StrEnum):
    """The types of DNS records that mail depends on."""

    A = "A"
    AAAA = "AAAA"
    MX = "MX"
    PTR = "PTR"
    TXT = "TXT"


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one name and type, as text.

    A TXT record is its strings joined (RFC 7208 §3.3). MX records are their hosts, the preferred
    first; the host of a null MX (RFC 7505) is "".
    """

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoRecords:
    """The DNS has answered that there are none; `name_exists` if there are some of other types."""

    name_exists: bool = True


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """Nobody knows: the server failed or was silent, or nobody asked."""

    reason: Text


DnsAnswer: TypeAlias = Records | NoRecords | NotAnswered
Ask: TypeAlias = "Callable[[str, RecordType], DnsAnswer]"
"""Asks the DNS for the records of a name and type; it never raises."""


class UnansweredError(Exception):
    """A question that decides the result was not answered; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def records_of(ask: Ask, name: str, kind: RecordType) -> tuple[str, ...]:
    """Return the records of a name, none if it has none. Raises UnansweredError."""
    match ask(name, kind):
        case Records(values):
            return values
        case NotAnswered(reason):
            raise UnansweredError(reason)
        case _:
            return ()
