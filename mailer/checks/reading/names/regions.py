"""Tell in which part of the world an office and its event are: which money and units people use."""

from __future__ import annotations

import re
from enum import Enum, auto

_SIGN = r"[ .\u00a0\u202f-]"
_NUMBER = rf"(?:{_SIGN}?\(?\d\)?){{6,12}}(?!\d)"
_EURO = re.compile(
    rf"(?m:(?:\+|\b00)(?:3[0-49]|35[1238]|4[39]|37[0-2])(?!\d{{12}}){_NUMBER}"
    rf"|(?<![\d+])0[1-79](?:{_SIGN}\d\d){{4}}(?!{_SIGN}?\d)"
    r"|(?<![\w.,])(?<![A-Z]{2} )\d{5} [A-ZÀ-Ý][a-zà-ÿ’'-]+"
    r"|(?:, |^)(?:[BL]-)?(?!19|20)[1-9]\d{3} [A-ZÀ-Ý][\w’'-]+(?=[ \t]*(?:$|[,.(])))"
)
_BRITISH = re.compile(
    rf"(?:\+|\b00)44{_NUMBER}|\b[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}}\b"
    rf"|(?<![\d+])0[12378]\d{{1,3}}{_SIGN}\d{{3,4}}{_SIGN}\d{{3,4}}(?!\d)"
)
_AMERICAN = re.compile(
    r"(?<![\d+])(?:\+?1[ .-])?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?!\d)|\b[A-Z]{2} \d{5}\b|\b[A-Z]\d[A-Z] \d[A-Z]\d\b"
)


class Region(Enum):
    """Where one pays and measures alike."""

    EURO = auto()
    BRITISH = auto()
    AMERICAN = auto()


_FORMS = {Region.EURO: _EURO, Region.BRITISH: _BRITISH, Region.AMERICAN: _AMERICAN}


def region_of(text: str) -> Region | None:
    """Return the only region that the telephone numbers and postcodes of a text show."""
    found = [region for region, form in _FORMS.items() if form.search(text)]
    return found[0] if len(found) == 1 else None
