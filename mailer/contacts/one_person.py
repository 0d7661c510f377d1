"""Reads what is typed about one person, by the same rules as a row of a list."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mailer.contacts.address_headers import is_second_address
from mailer.contacts.cells import language_code
from mailer.contacts.columns import field_of
from mailer.contacts.reading import read_list
from mailer.contacts.tables import Row, Table
from mailer.errors import ContentError, Place, Problem
from mailer.model.contacts.contact_import import Field
from mailer.remedies import Remedy, RemedyAct
from mailer.telephones import can_be_dialled
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mailer.model.contacts.contact import Contact

_WHOLE_NAME = ("civility", "first_name", "last_name")
_ATTRIBUTES: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        Field.CIVILITY: ("civility",),
        Field.FIRST_NAME: ("first_name",),
        Field.LAST_NAME: ("last_name",),
        Field.FULL_NAME: _WHOLE_NAME,
        Field.LAST_FIRST: _WHOLE_NAME,
        Field.ORGANISATION: ("organisation",),
        Field.ROLE: ("role",),
        Field.BEAT: ("beat",),
        Field.REGION: ("region",),
        Field.MEDIA: ("media",),
        Field.LANGUAGE: ("language",),
        Field.MOBILE: ("phone",),
        Field.PHONE: ("phone",),
    }
)
"""The attributes of a contact that a field sets."""

TypedValues = dict[str, str]
"""What was typed, by the name of the field as a column of a list may have it: `Fonction`."""

_NO_FIELD = _("this is no field that can be set here")
_NO_ADDRESS = _("this is no address that mail can be sent to")
_ADDRESS_HEADER = "Courriel"


def read_person(address: str, typed: TypedValues, *, list_name: str, read_on: date) -> Contact:
    """Return the contact that was typed. Raises ContentError for what a list could not hold."""
    for name, value in typed.items():
        _refuse_unknown(name, value)
    headers = (_ADDRESS_HEADER, *typed)
    table = Table("", (Row(1, headers), Row(2, (address, *typed.values()))))
    read = read_list([table], file="mailer", list_name=list_name, read_on=read_on)
    if not read.contacts:
        reason = read.quarantined[0].reason
        raise _problem(address, reason, _("Correct the address and try again."))
    contact = read.contacts[0]
    seconds = next((text for name, text in typed.items() if is_second_address(name)), "")
    if len(seconds.replace(",", " ").replace(";", " ").split()) > len(contact.alternates):
        raise _problem(seconds, _NO_ADDRESS, _("Correct the address and try again."))
    return contact


def typed_attributes(contact: Contact, typed: TypedValues) -> dict[str, Any]:
    """Return the values of `contact` that `typed` has set, by attribute; empty ones too."""
    names = [name for header in typed for name in _attributes(header)]
    return {name: getattr(contact, name) for name in names}


def _attributes(header: str) -> tuple[str, ...]:
    if is_second_address(header):
        return ("alternates",)
    field = field_of(header)
    return _ATTRIBUTES.get(field, ()) if field else ()


def _refuse_unknown(name: str, value: str) -> None:
    """Raise ContentError for a field that cannot be set, or a value that a field cannot have."""
    if is_second_address(name):
        return
    field = field_of(name)
    if field is Field.ADDRESS:
        act = Remedy(RemedyAct.CORRECT_ADDRESS)
        raise _problem(name, _NO_FIELD, _("An address is corrected by a command of its own."), act)
    if field is Field.DO_NOT_CONTACT:
        act = Remedy(RemedyAct.SUPPRESS)
        raise _problem(name, _NO_FIELD, _("A refusal is recorded by a command of its own."), act)
    if field not in _ATTRIBUTES:
        known = "civility, first name, last name, name, outlet, role, beat, region, media type, language, phone, email 2"
        remedy = _("Name one of: {fields}, or the French name of one.", fields=known)
        raise _problem(name, _NO_FIELD, remedy)
    if field is Field.LANGUAGE and value and language_code(value) is None:
        remedy = _("Write fr, en, de, es, it, pt, nl or ar, or the name of the language.")
        raise _problem(value, _("this language is not known"), remedy)
    if field in {Field.PHONE, Field.MOBILE} and value.strip() and not can_be_dialled(value):
        what = _("“{phone}” is not a number that somebody can dial: 01 99 00 12 34.", phone=value)
        remedy = _("Write the number; what else is known belongs into a note.")
        raise ContentError(Problem(Place("", key=name), what, remedy))


def _problem(where: str, what: Text, remedy: Text, act: Remedy | None = None) -> ContentError:
    return ContentError(Problem(Place(where), what, remedy, act))
