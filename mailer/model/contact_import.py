"""What became of a contact file: every row is somewhere, and nothing happened in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from mailer.errors import Place
    from mailer.model.address import Address
    from mailer.model.contact import Contact
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as the file has it. `where.line` is its number as a spreadsheet shows it.

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
    """Something done to a row, or worth a look, that did not stop it."""

    where: Place
    what: Text


@dataclass(frozen=True, slots=True)
class Merged:
    """A row whose address stands in an earlier row; that contact now holds both."""

    row: SourceRow
    into: Address
    what: Text


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that needs a person. `suggestion` is the address we believe is meant."""

    row: SourceRow
    reason: Text
    suggestion: Address | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """A row marked "do not contact": the caller suppresses these addresses everywhere."""

    where: Place
    addresses: tuple[Address, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class DomainDecision:
    """A person's word on a doubtful domain: what is written, and what is meant.

    Both are the same when the domain is right as it is written.
    """

    written: str
    meant: str

    def __str__(self) -> str:
        return f"{self.written} = {self.meant}"


@dataclass(frozen=True, slots=True)
class ImportOrigin:
    """Where contacts come from, for the journal: a file, the list it is imported into, and
    what a person decided about rows that needed it.
    """

    file: str = ""
    list_name: str = ""
    decisions: tuple[DomainDecision, ...] = ()


NOWHERE = ImportOrigin()
"""The origin of contacts that come from no file: copied from another ledger."""


@dataclass(frozen=True, slots=True)
class Import:
    """One contact file, read.

    `read` counts the rows with anything in them: ready + repaired + merged + quarantined.
    A contact marked "do not contact" is among the contacts (the directory must know whom
    not to write to) and in `objections`.
    """

    file: str
    list_name: str
    read_on: date
    read: int
    ready: tuple[Contact, ...] = ()
    repaired: tuple[Contact, ...] = ()
    merged: tuple[Merged, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    repairs: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    objections: tuple[Objection, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    """Kept as notes of the office; they reach no message."""
    encoding: str = ""
    """How a text file was read (`utf-8`, `cp1252` …); empty for a workbook."""

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Everybody who enters the directory."""
        return self.ready + self.repaired
