"""Values that `config.toml` and `campaign.toml` both have: names, languages, zones, addresses."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, PlainValidator

from mailer.addresses import read_address
from mailer.errors import Unreadable
from mailer.files.catalogues import SPOKEN
from mailer.model.address import Address
from mailer.model.contacts.list_names import read_list_name
from mailer.telephones import can_be_dialled
from mailer.wording import _

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_WEB_ADDRESS = re.compile(
    r"(?i)\s*(?:https?://[^\s/?#]+|(?://)?[\w-]+(?:\.[\w-]+)+)(?:[/?#]\S*)?\s*"
)


def is_language(text: str) -> bool:
    """Return whether `text` looks like an ISO 639-1 code."""
    return bool(_LANGUAGE.fullmatch(text))


def _filled(text: str) -> str:
    if not text.strip():
        raise Unreadable(_("The text between the quotes is empty."))
    return text


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise Unreadable(
            _("“{name}” is not a plain name: use a–z, 0–9 and single hyphens.", name=text)
        )
    return text


def _language(text: str) -> str:
    if not is_language(text):
        raise Unreadable(
            _(
                "“{code}” is not a language: write one of {languages}.",
                code=text,
                languages=", ".join(SPOKEN),
            )
        )
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise Unreadable(
            _("There is no time zone “{zone}”: write Europe/Paris.", zone=text)
        ) from error
    return text


def _address(value: object) -> Address:
    if not isinstance(value, str):
        raise Unreadable(_("A text between quotes is expected here."))
    return read_address(value)


def read_phone(text: str) -> str:
    """Return a telephone number that has digits to dial. Raises Unreadable for another text."""
    if text and not can_be_dialled(text):
        raise Unreadable(
            _("“{phone}” is not a number that somebody can dial: 01 99 00 12 34.", phone=text)
        )
    return text


def _web_address(text: str) -> str:
    if text and not _WEB_ADDRESS.fullmatch(text):
        raise Unreadable(
            _(
                "“{address}” is not the address of a page: https://www.institute.example/.",
                address=text,
            )
        )
    return text


Filled = Annotated[str, AfterValidator(_filled)]
Slug = Annotated[str, AfterValidator(_slug)]
ListName = Annotated[str, AfterValidator(read_list_name)]
Language = Annotated[str, AfterValidator(_language)]
Zone = Annotated[str, AfterValidator(_zone)]
AddressText = Annotated[Address, PlainValidator(_address)]
Phone = Annotated[str, AfterValidator(read_phone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
"""The address of a page, which may leave out the scheme."""
