"""Reads address books: vCard (RFC 6350, 2426 and older) and LDIF (RFC 2849)."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mailer.contacts.tables import MAX_ROWS, Row, Table, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_VCARD = re.compile(r"\s*BEGIN:VCARD\b", re.IGNORECASE)
_LDIF = re.compile(r"(?:\s*(?:#[^\n]*|version: *1)\r?\n)*\s*dn::? ", re.IGNORECASE)
_PROPERTY = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<parameters>(?:;[^:]*)?):(?P<value>.*)", re.DOTALL
)
_ATTRIBUTE = re.compile(r"(?P<name>[\w-]+)(?:;[\w-]+)*:(?P<coded>:?) *(?P<value>.*)", re.DOTALL)

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
)
_LDAP = {
    "mail": "Courriel",
    "givenname": "Prénom",
    "sn": "Nom",
    "surname": "Nom",
    "cn": "Nom complet",
    "displayname": "Nom complet",
    "o": "Organisation",
    "company": "Organisation",
    "title": "Fonction",
    "mobile": "Portable",
    "telephonenumber": "Téléphone",
    "preferredlanguage": "Langue",
    "description": "Note",
}
_VCF = {
    "EMAIL": "Courriel",
    "FN": "Nom complet",
    "TITLE": "Fonction",
    "ROLE": "Fonction",
    "LANG": "Langue",
    "NOTE": "Note",
}


def read_address_book(text: str, *, file: str) -> Table | None:
    """Return the people of an address book as a table, numbered in order; None when `text` is not
    an address book.

    Several addresses of one person share a cell. Only name, address, telephone, function,
    organisation, language and note are read.
    """
    if _VCARD.match(text):
        people = _cards(text)
    elif _LDIF.match(text):
        people = _entries(text)
    else:
        return None
    rows = [Row(1, _HEADERS)]
    for number, person in enumerate(people, start=1):
        if number > MAX_ROWS:
            raise too_large(file)
        rows.append(Row(number, tuple("\n".join(person.get(name, ())) for name in _HEADERS)))
    return Table("", tuple(rows))


def _cards(text: str) -> Iterator[Mapping[str, list[str]]]:
    person: defaultdict[str, list[str]] = defaultdict(list)
    for line in _logical_lines(text):
        found = _PROPERTY.fullmatch(line)
        if found is None:
            continue
        name, parameters = found["name"].upper(), found["parameters"].upper()
        value = _plain(found["value"], parameters)
        if name == "END":
            yield person
            person = defaultdict(list)
        elif name == "N":
            parts = [*map(_unescaped, re.split(r"(?<!\\);", value)), "", "", "", ""]
            for header, part in (("Nom", parts[0]), ("Prénom", parts[1]), ("Civilité", parts[3])):
                person[header] += [part] if part else []
        elif name == "ORG":
            person["Organisation"].append(_unescaped(re.split(r"(?<!\\);", value)[0]))
        elif name == "TEL":
            header = "Portable" if "CELL" in parameters else "Téléphone"
            person[header] = person[header] or [value.removeprefix("tel:")]
        elif name in _VCF:
            person[_VCF[name]].append(_unescaped(value))


def _logical_lines(text: str) -> Iterator[str]:
    """Yield the unfolded lines. vCard 2.1 also continues quoted-printable after a final `=`."""
    lines = iter(re.sub(r"\r?\n[ \t]", "", text).splitlines())
    for line in lines:
        whole = line
        while "QUOTED-PRINTABLE" in whole.partition(":")[0].upper() and whole.endswith("="):
            whole = whole[:-1] + next(lines, "")
        yield whole


def _plain(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" not in parameters:
        return value
    charset = re.search(r"CHARSET=\"?([\w-]+)", parameters)
    content = quopri.decodestring(value.encode())
    try:
        return content.decode(charset[1] if charset else "utf-8", errors="replace")
    except LookupError:
        return content.decode(errors="replace")


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _entries(text: str) -> Iterator[Mapping[str, list[str]]]:
    """Yield the entries that have a known attribute; comments and change records have none."""
    unfolded = re.sub(r"\r?\n ", "", text.replace("\r\n", "\n"))
    for block in re.split(r"\n\s*\n", unfolded):
        person = _entry(block.splitlines())
        if person:
            yield person


def _entry(lines: Iterable[str]) -> Mapping[str, list[str]]:
    person: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        found = _ATTRIBUTE.fullmatch(line)
        header = _LDAP.get(found["name"].lower()) if found else None
        if found and header and (header in {"Courriel", "Note"} or not person[header]):
            person[header].append(
                _from_base64(found["value"]) if found["coded"] else found["value"]
            )
    return person


def _from_base64(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return value
