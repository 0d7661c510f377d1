"""Tell from telephone numbers which of them ring in a pocket, and in which country an office is."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

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


_LENGTHS = {
    "1": (7, 10),
    "31": (9,),
    "32": (8, 9),
    "33": (9,),
    "34": (9,),
    "351": (9,),
    "41": (9,),
    "44": (9, 10),
}
"""How many digits a number has behind the code of its country; others have several lengths. In
North America some leave out the area.
"""
_SIGN = r"[ .\u00a0\u202f-]"
_TYPED = re.compile(
    rf"(?<![\w+.,/-])(?:\+(?P<country>{'|'.join(sorted(_LENGTHS, key=len, reverse=True))})(?:{_SIGN}?\(0\))?(?P<rest>(?:{_SIGN}?\d){{5,14}})"
    rf"|(?P<pairs>0[1-79](?:{_SIGN}\d\d){{3,6}}(?:{_SIGN}?\d)?)"
    rf"|(?P<british>07\d{{3}}{_SIGN}(?:\d{{3}}{_SIGN}\d{{2,5}}|\d{{4,8}})|\(?0(?:20|161|121|113|117|131|141)\)?{_SIGN}\d{{3,4}}{_SIGN}\d{{2,6}}|01\d{{3}}{_SIGN}\d{{3}}{_SIGN}\d\d)"
    rf"|(?P<national>01\d{{2,3}}(?:{_SIGN}\d{{3,6}}){{1,3}})"
    r"|(?P<american>\(\d{3}\)[ \u00a0]?\d{3}-\d{1,6}|\d{3}-\d{3}-\d{1,6}))(?![\w-]|[ .]\d)"
)
_PAIRED_LENGTHS, _NATIONAL_LENGTHS, _BRITISH_LENGTHS = (10,), (10, 11), (11,)
_SHORT_AREAS = re.compile(
    r"1(?:204|208|254|276|297|298|363|364|384|386|404|420|460|461|480|488|524|527|562|566|606|629|635|647|659|695|726|744|750|768|827|837|884|900|905|935|946|949|963|995|6977)"
)
"""Areas in Britain where some numbers have nine digits behind +44; all others have ten."""
_NINE = 9


class MistypedNumber(NamedTuple):
    """A number with too many or too few digits, and how many it must have at most."""

    words: str
    start: int
    digits: int
    right: int


def mistyped_numbers(text: str) -> Iterator[MistypedNumber]:
    """Yield the numbers of a text whose country has none of that length: `02 99 00 12 345`."""
    for found in _TYPED.finditer(text):
        if found["country"]:
            lengths, digits = _LENGTHS[found["country"]], re.sub(r"\D", "", found["rest"])
        elif found["american"]:
            lengths, digits = _LENGTHS["1"], re.sub(r"\D", "", found["american"])
        else:
            lengths = _lengths_at_home(found)
            digits = re.sub(r"\D", "", found[0])
        is_short = found["country"] == "44" and len(digits) == _NINE
        if len(digits) not in lengths or (is_short and not _SHORT_AREAS.match(digits)):
            yield MistypedNumber(found[0], found.start(), len(digits), lengths[-1])


def _lengths_at_home(found: re.Match[str]) -> tuple[int, ...]:
    if found["british"]:
        return _BRITISH_LENGTHS
    return _PAIRED_LENGTHS if found["pairs"] else _NATIONAL_LENGTHS


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
