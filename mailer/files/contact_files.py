"""Reads a contact file: an Excel workbook, a CSV file, an address book or a plain list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.contacts.formats.file_kinds import refuse_other_kinds
from mailer.contacts.formats.text_tables import read_text_table
from mailer.contacts.reading import UNDECIDED, read_list
from mailer.contacts.tables import MAX_BYTES
from mailer.files.given_files import given_bytes
from mailer.files.workbooks import read_workbook
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path

    from mailer.contacts.tables import Table
    from mailer.model.contacts.contact_import import Import

_FEWER = _("Keep only the columns you need, or split the list into several files.")
_ZIP = b"PK\x03\x04"


def read_contacts(
    path: Path,
    *,
    list_name: str,
    read_on: date,
    encoding: str | None = None,
    decided: Mapping[str, str] = UNDECIDED,
    own_domains: Collection[str] = (),
    chosen: Collection[str] = (),
) -> Import:
    """Return the contacts of a file; `decided`, `own_domains` and `chosen` are those of `read_list`.

    The first bytes decide what kind of file it is, not its name. `encoding` is a person's choice
    for a text file whose encoding is ambiguous. Raises ContentError when the file cannot be read
    or has no column of addresses.
    """
    tables, encoding_read = _tables(path, encoding=encoding)
    return read_list(
        tables,
        file=path.name,
        list_name=list_name,
        read_on=read_on,
        decided=decided,
        own_domains=own_domains,
        encoding=encoding_read,
        chosen=chosen,
    )


def _tables(path: Path, *, encoding: str | None) -> tuple[tuple[Table, ...], str]:
    """Return the tables of the file, and the encoding of a text file (empty for a workbook)."""
    content = given_bytes(path, most_bytes=MAX_BYTES, if_too_large=_FEWER)
    if content.startswith(_ZIP):
        del content  # a workbook is read from the disk, part by part
        return read_workbook(path), ""
    refuse_other_kinds(content, file=path.name)
    table, encoding_read = read_text_table(content, file=path.name, encoding=encoding)
    return (table,), encoding_read
