"""Tell from telephone numbers which of them ring in a pocket, and in which country an office is."""

from __future__ import annotations

import re
from enum import Enum, auto

_MOBILE = {
    "31": "6",
    "32": "4",
    "33": "[67]",
    "34": "[67]",
    "351": "9",
    "352": "6",
    "353": "8",
    "39": "3",
    "41": "7",
    "44": "7",
    "49": "1[567]",
}
"""How the mobile numbers of a country begin, after its code."""
_ABROAD = re.compile(
    rf"(?:\+|00)\s?(?P<country>{'|'.join(sorted(_MOBILE, key=len, reverse=True))})[ .\u00a0-]?"
    r"(?:\(0\)[ .\u00a0-]?)?(?P<rest>\d.*)"
)
_NORTH_AMERICAN = re.compile(r"(?:\+?1[ .-])?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}\Z|\d{3}[ .-]\d{4}\Z")
_DESK = re.compile(r"0\s?[1-589]")
_BRITISH_DIGITS = 11


class Rings(Enum):
    """Where a number rings."""

    AT_A_DESK = auto()
    IN_A_POCKET = auto()
    NOBODY_CAN_TELL = auto()


def rings(number: str) -> Rings:
    """Return where a number rings. One of North America does not show it; one of any other country
    that is not known here is taken for a mobile’s.
    """
    number = number.strip()
    if abroad := _ABROAD.match(number):
        mobile = re.match(_MOBILE[abroad["country"]], abroad["rest"])
        return Rings.IN_A_POCKET if mobile else Rings.AT_A_DESK
    if _DESK.match(number):
        return Rings.AT_A_DESK
    if _NORTH_AMERICAN.match(number):
        return Rings.NOBODY_CAN_TELL
    return Rings.IN_A_POCKET


def is_british(number: str) -> bool:
    """Return whether a number is of the United Kingdom: `+44 …`, or eleven digits after a 0."""
    digits = re.sub(r"\D", "", number)
    is_national = digits.startswith("0") and len(digits) == _BRITISH_DIGITS
    return bool(re.match(r"\s*(?:\+|00)44", number)) or is_national
