"""Detects notices of the versions of Microsoft Exchange that write no delivery-status part.

Exchange 5.5 writes "a@b on Thu, 29 Apr …", then the reason, then `MSEXCH:…`. Exchange 2007 and
later, and Microsoft 365, write a section for administrators: the address alone on a line, then
`#550 5.1.1 …` or "Remote Server returned '…'". Its heading is translated, its codes are not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors.evidence import Detector, Evidence
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_FOR_ADMINISTRATORS = (
    "diagnostic information for administrators",
    "informations de diagnostic pour les administrateurs",
    "informations de diagnostic destinees aux administrateurs",
    "diagnoseinformationen fur administratoren",
    "informacion de diagnostico para administradores",
    "informazioni di diagnostica per gli amministratori",
    "informacoes de diagnostico para administradores",
    "diagnostische gegevens voor beheerders",
)
_ADDRESS_ALONE = re.compile(r"^<?([^\s<>]{1,128}@[^\s<>]{1,253}?)>?(?:<mailto:[^<>]{1,300}>)?$")
_ADDRESS_WITH_DATE = re.compile(
    r"^<?([^\s<>]{1,128}@[^\s<>]{1,253})>? (?:on|le|am|el|il) \S.{0,20} \d{1,2}"
)
_MAX_LINES = 12
"""How many lines after an address are kept as the reason of its failure."""


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the recipients of the administrators' section, or of Exchange 5.5's dated lines."""
    for number, line in enumerate(mail.lines, start=1):
        if plain_text(line).startswith(_FOR_ADMINISTRATORS):
            return _grouped(mail.lines[number:], _ADDRESS_ALONE)
    return _grouped(mail.lines, _ADDRESS_WITH_DATE)


def _grouped(lines: Sequence[str], opening: re.Pattern[str]) -> list[Evidence]:
    """Return each address that `opening` finds at the start of a line, with the lines below it,
    until the next address.
    """
    lines_by_address: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        match = opening.match(line)
        addresses = addresses_in(match.group(1)) if match else []
        if addresses:
            current = lines_by_address.setdefault(addresses[0], [])
        elif current is not None and line:
            current.append(line)
    return [
        Evidence(address, "\n".join(below[:_MAX_LINES]))
        for address, below in lines_by_address.items()
    ]


EXCHANGE = Detector("exchange", Confidence.HIGH, detect)
