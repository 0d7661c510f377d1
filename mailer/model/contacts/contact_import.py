"""The result of reading a contact file: every row is accounted for, and
every change is reported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from mailer.model.contacts.suppression import SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mailer.errors import Place
    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact
    from mailer.wording import Text


class Field(StrEnum):
    """What a column holds."""

    ADDRESS = "address"
    CIVILITY = "civility"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    FULL_NAME = "full-name"
    LAST_FIRST = "last-first"
    """A whole name, the family name first."""
    ORGANISATION = "organisation"
    ROLE = "role"
    BEAT = "beat"
    REGION = "region"
    MEDIA = "media"
    """The kind of media; the outlet is `ORGANISATION`."""
    LANGUAGE = "language"
    MOBILE = "mobile"
    PHONE = "phone"
    DO_NOT_CONTACT = "do-not-contact"
    SENSITIVE = "sensitive"
    """A disease or handicap: health data beside a name, a note of the office and no more."""
    OURS = "ours"
    """What our own quarantine file adds; reading it back leaves it out."""
    DECISION = "decision"
    """Our own quarantine file's question whether to write to the person of a row."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it is written in the file. `where.line` is its number as a spreadsheet shows it.

    The headers are those of the table, the same object for all its rows.
    """

    where: Place
    headers: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """(header, text) in the order of the columns; a cell beyond the last header has the
        header "".
        """
        beyond = ("",) * (len(self.texts) - len(self.headers))
        return tuple(zip((*self.headers, *beyond), self.texts, strict=False))


@dataclass(frozen=True, slots=True)
class Remark:
    """A repair made to a row, or something worth checking, that did not
    stop the import of the row.
    """

    where: Place
    what: Text


@dataclass(frozen=True, slots=True)
class Merged:
    """A row whose address already occurs in an earlier row; that contact now
    holds the data of both.
    """

    row: SourceRow
    into: Address
    what: Text


@dataclass(frozen=True, slots=True)
class Objection:
    """A refusal that stands in the file: the caller suppresses these addresses everywhere.

    `evidence` is the text that says so, after the header of its column.
    """

    where: Place
    addresses: tuple[Address, ...]
    evidence: str
    reason: SuppressionReason = SuppressionReason.DO_NOT_CONTACT

    @property
    def is_of_the_person(self) -> bool:
        """Whether it holds for all addresses of the person, and not for a dead one alone."""
        return self.reason is not SuppressionReason.DEAD


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that a person must check. `suggestion` is the address that was probably meant.

    The row adds nobody to the directory, but its `objection` bars people all the same.
    """

    row: SourceRow
    reason: Text
    suggestion: Address | None = None
    objection: Objection | None = None
    may_be_refused: bool = False
    """Whether the question is if the person may be written to at all."""


@dataclass(frozen=True, slots=True)
class Barred:
    """A contact of the file who is not written to, and why."""

    where: Place
    contact: Contact
    why: Text
    is_forgotten: bool = False
    """Whether the person asked to be forgotten, and does not enter the directory either."""


@dataclass(frozen=True, slots=True)
class DomainDecision:
    """A person's decision about a domain that looks mistyped: what is written, and what is meant.

    Both are the same when the domain is right as it is written.
    """

    written: str
    meant: str

    def __str__(self) -> str:
        return f"{self.written} = {self.meant}"


@dataclass(frozen=True, slots=True)
class TakenList:
    """The end of the job that imports an uploaded list: what it found is kept, in counts, and the
    file with the id `removed` is removed; it is empty while rows wait in the file.
    """

    job: str
    found: Mapping[str, int]
    removed: str = ""


@dataclass(frozen=True, slots=True)
class ImportOrigin:
    """Where contacts come from, for the journal: a file, the list it is imported into, and
    what a person decided about rows that needed it. `taken` is what ends with it.
    """

    file: str = ""
    list_name: str = ""
    decisions: tuple[DomainDecision, ...] = ()
    taken: TakenList | None = None


NOWHERE = ImportOrigin()
"""The origin of contacts that come from no file: copied from another ledger."""

_OF_ROWS = (
    *("ready", "repaired", "merged", "quarantined", "barred"),
    *("repairs", "remarks", "objections"),
)
"""The fields of an import that have a value for each row, or for many."""
_PART_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class Import:
    """The result of reading one contact file.

    `read` counts the non-empty rows: ready + repaired + merged + quarantined + barred. The
    barred are among the contacts, because the directory must know whom not to write to.
    """

    file: str
    list_name: str
    read_on: date
    read: int
    ready: tuple[Contact, ...] = ()
    repaired: tuple[Contact, ...] = ()
    merged: tuple[Merged, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    barred: tuple[Barred, ...] = ()
    repairs: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    objections: tuple[Objection, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    """Headers that we do not know; their cells are kept as notes of the
    office and reach no message.
    """
    encoding: str = ""
    """The text encoding used (`utf-8`, `cp1252` …); empty for a workbook."""

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All contacts that enter the directory."""
        barred = tuple(each.contact for each in self.barred if not each.is_forgotten)
        return self.ready + self.repaired + barred

    def without(self, keys: frozenset[str]) -> Import:
        """Return the import without the contacts that have one of these address keys. What the
        file says against writing to somebody stays.
        """
        if not keys:
            return self
        return replace(
            self,
            ready=tuple(each for each in self.ready if keys.isdisjoint(_keys(each))),
            repaired=tuple(each for each in self.repaired if keys.isdisjoint(_keys(each))),
            barred=tuple(each for each in self.barred if keys.isdisjoint(_keys(each.contact))),
        )

    def in_parts(self) -> Iterator[Import]:
        """Yield small imports that `joined` makes into this one, to send it to another process."""
        nothing: dict[str, Any] = dict.fromkeys(_OF_ROWS, ())
        yield replace(self, **nothing)
        for name in _OF_ROWS:
            rows = getattr(self, name)
            for start in range(0, len(rows), _PART_SIZE):
                yield replace(self, **nothing | {name: rows[start : start + _PART_SIZE]})

    @staticmethod
    def joined(parts: Iterable[Import]) -> Import:
        """Return the import that was sent in parts."""
        first, *others = parts
        rows: dict[str, Any] = {
            name: tuple(chain.from_iterable(getattr(part, name) for part in others))
            for name in _OF_ROWS
        }
        return replace(first, **rows)


def _keys(contact: Contact) -> set[str]:
    return {contact.key, *(each.key for each in contact.alternates)}
