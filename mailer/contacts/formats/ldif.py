"""Reads people from LDIF (RFC 2849), as Thunderbird and directories write it."""

from __future__ import annotations

import base64
import binascii
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_START = re.compile(r"(?:\s*(?:#[^\n]*|version: *1)\r?\n)*\s*dn::? *\S", re.IGNORECASE)
_FOLD = re.compile(r"\n ")
_ENTRY_END = re.compile(r"\n\s*\n|\n(?=dn:)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?P<name>[\w-]+)(?:;[\w-]+)*:(?P<coded>[:<]?) *(?P<value>.*)")

_FIELDS = {
    "givenname": "Prénom",
    "sn": "Nom",
    "surname": "Nom",
    "personaltitle": "Civilité",
    "cn": "Nom complet",
    "displayname": "Nom complet",
    "o": "Organisation",
    "company": "Organisation",
    "title": "Fonction",
    "mobile": "Portable",
    "cellphone": "Portable",
    "telephonenumber": "Téléphone",
    "workphone": "Téléphone",
    "preferredlanguage": "Langue",
    **dict.fromkeys(("description", "info", "comment", "notes"), "Note"),
    **{f"{name}{n}": "Note" for name in ("custom", "mozillacustom") for n in range(1, 5)},
}
_MAIN_ADDRESSES = ("mail", "rfc822mailbox", "email", "emailaddress")
_OTHER_ADDRESSES = (
    "mozillasecondemail",
    "secondaryemail",
    "secondemail",
    "mailalternateaddress",
    "gosamailalternateaddress",
    "maillocaladdress",
    "othermailbox",
    "alternatemail",
    "homeemail",
)
_PROXY = re.compile(r"(?P<kind>smtp):(?P<address>.+)", re.IGNORECASE)
_NO_PERSON = re.compile(r"group|organizationalunit|dcobject|domain$|country|locality|list$|alias$")
"""Object classes of entries that are no people."""


def is_ldif(text: str) -> bool:
    """Return whether a text begins like LDIF."""
    return _START.match(text) is not None


def read_ldif(text: str) -> Iterator[Mapping[str, Sequence[str]]]:
    """Yield the values of each person by header, the main address first.

    Groups and departments without an address, deletions and entries without any attribute that we
    know are left out.
    """
    unfolded = _FOLD.sub("", text.replace("\r\n", "\n"))
    for block in _ENTRY_END.split(unfolded):
        attributes = _attributes(block.splitlines())
        person = _person(attributes)
        is_person = not any(map(_NO_PERSON.search, map(str.lower, attributes["objectclass"])))
        is_gone = "delete" in attributes["changetype"]
        if person and not is_gone and (is_person or "Courriel" in person):
            yield person


def _attributes(lines: Iterable[str]) -> defaultdict[str, list[str]]:
    """Return the values of each attribute, by its name in small letters without options."""
    attributes: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        found = _ATTRIBUTE.fullmatch(line)
        # `photo:< file:///…` names a file, which is not opened.
        if found is not None and found["coded"] != "<" and found["value"]:
            value = _from_base64(found["value"]) if found["coded"] else found["value"]
            attributes[found["name"].lower()].append(value.strip())
    return attributes


def _person(attributes: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    person: dict[str, list[str]] = {}
    addresses = list(_addresses(attributes))
    if addresses:
        person["Courriel"] = addresses
    for name, header in _FIELDS.items():
        values = attributes.get(name, ())
        if header == "Note":
            person[header] = [*person.get(header, ()), *values]
        elif values and header not in person:
            person[header] = [values[0]]
    return {header: values for header, values in person.items() if values}


def _addresses(attributes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the addresses. Active Directory marks the main one by capitals: `SMTP:`."""
    proxies = [
        found for value in attributes.get("proxyaddresses", ()) if (found := _PROXY.match(value))
    ]
    for name in _MAIN_ADDRESSES:
        yield from attributes.get(name, ())
    yield from (each["address"] for each in proxies if each["kind"].isupper())
    for name in _OTHER_ADDRESSES:
        yield from attributes.get(name, ())
    yield from (each["address"] for each in proxies if not each["kind"].isupper())


def _from_base64(value: str) -> str:
    """Return the text of a base64 value: UTF-8, or Windows-1252 from old programs."""
    try:
        content = base64.b64decode(value, validate=True)
    except binascii.Error:
        return value
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
