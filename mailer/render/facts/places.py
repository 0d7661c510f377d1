"""Writes where an event takes place: a town that stays with its postcode, and a map."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from mailer.languages.language import NBSP

_SMALL = r"sur|sous|en|de|des|du|la|le|les|lès|lez|aux|am|an|der|bei|di|del|upon|on"
_TOWN = re.compile(
    rf"\b(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:[ ](?:(?:{_SMALL})(?=[ ])|[^\W\d_a-zà-ÿ][\w’'-]*))+"
)
_LONGEST_TOWN = 40
_BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_MAP = "https://www.openstreetmap.org/search?"


def with_whole_towns(address: str) -> str:
    """Return an address in which no line ends between postcode and town: `75006 Paris`."""
    address = _BRITISH.sub(lambda code: code[0].replace(" ", NBSP), address)
    return _TOWN.sub(
        lambda town: town[0].replace(" ", NBSP if len(town[0]) <= _LONGEST_TOWN else " "), address
    )


def map_of(address: str) -> str:
    """Return a link that looks an address up on a map, or nothing without an address."""
    return _MAP + urlencode({"query": address.replace(NBSP, " ")}) if address else ""
