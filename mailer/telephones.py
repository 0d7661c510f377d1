"""Telephone numbers: what somebody can dial, and what links dial."""

from __future__ import annotations

import re

_SHORTEST = 3
"""In digits: `112`."""
_LONGEST = 15
"""In digits (E.164). What is longer is two numbers."""
_BETWEEN_DIGITS = r"\s.\-\u2010-\u2013/"
_NUMBER = re.compile(rf"\+?(?:[{_BETWEEN_DIGITS}]*\d)+")
_FRENCH = re.compile(
    rf"(?P<code>\+33|0)[{_BETWEEN_DIGITS}]*(?P<rest>[1-9](?:[{_BETWEEN_DIGITS}]*\d){{8}})(?!\d)"
)


def can_be_dialled(phone: str) -> bool:
    """Return whether there is a number in it, whatever is written beside it: `3900 (standard)`."""
    return sum(sign.isdigit() for sign in phone) >= _SHORTEST


def dialled(phone: str, time_zone: str) -> str:
    """Return the number for a `tel:` link (RFC 3966): the digits of the first number, with `+33`
    for a French national one.

    An extension is left out: many telephones do not know `;ext=`, and some dial its digits.
    """
    found = _NUMBER.search(re.sub(r"[()]", " ", phone.replace("(0)", "")))
    if not found:
        return ""
    french = _FRENCH.match(found[0])
    if french and (time_zone == "Europe/Paris" or french["code"] == "+33"):
        return f"+33{_digits(french['rest'])}"
    digits = _digits(found[0])
    if len(digits.removeprefix("+")) > _LONGEST:
        return _digits(re.split(r"/|\s[-\u2010-\u2013]\s", found[0])[0])
    return digits


def _digits(number: str) -> str:
    return re.sub(r"[^\d+]", "", number)
