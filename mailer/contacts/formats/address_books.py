"""Reads address books, vCard, LDIF and the dumps of Sympa, as tables."""

from __future__ import annotations

from mailer.contacts.formats.ldif import is_ldif, read_ldif
from mailer.contacts.formats.sympa_dumps import is_sympa_dump, read_sympa_dump
from mailer.contacts.formats.vcards import are_vcards, read_vcards
from mailer.contacts.tables import MAX_ROWS, Row, Table, too_large

_HEADERS = (
    "Courriel",
    "Civilité",
    "Prénom",
    "Nom",
    "Nom complet",
    "Organisation",
    "Fonction",
    "Portable",
    "Téléphone",
    "Langue",
    "Note",
    "Catégories",
    "Date de décès",
    "Réception",
)


def read_address_book(text: str, *, file: str) -> Table | None:
    """Return the people of an address book as a table, numbered in order; None when `text` is not
    an address book.

    Several addresses of one person share a cell, the preferred one first. Only name, address,
    telephone, function, organisation, language, note and categories are read, and what says that
    nobody may write: a date of death, a delivery that was stopped.
    """
    if are_vcards(text):
        people = read_vcards(text)
    elif is_ldif(text):
        people = read_ldif(text)
    elif is_sympa_dump(text):
        people = read_sympa_dump(text)
    else:
        return None
    rows = [Row(1, _HEADERS)]
    for number, person in enumerate(people, start=1):
        if number > MAX_ROWS:
            raise too_large(file)
        rows.append(Row(number, tuple("\n".join(person.get(name, ())) for name in _HEADERS)))
    return Table("", tuple(rows))
