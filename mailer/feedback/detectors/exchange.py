"""Detects notices of the versions of Microsoft Exchange that write no delivery-status part.

5.5: "a@b on Thu, 29 Apr …" then the reason, then `MSEXCH:…`. 2007 and later, and Microsoft 365: a
section for administrators, the address on a line, then `#550 5.1.1 …` or "Remote Server returned
'…'"; its heading is translated, its codes are not.
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
_SERVED = re.compile(r"^<?([^\s<>]{1,128}@[^\s<>]{1,253})>? (?:on|le|am|el|il) \S.{0,20} \d{1,2}")


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the recipients of the administrators' section, or of Exchange 5.5's dated lines."""
    start = next(
        (
            number
            for number, line in enumerate(mail.lines)
            if plain_text(line).startswith(_FOR_ADMINISTRATORS)
        ),
        None,
    )
    if start is not None:
        return _grouped(mail.lines[start + 1 :], _ADDRESS_ALONE)
    return _grouped(mail.lines, _ADDRESS_WITH_DATE)


def _grouped(lines: Sequence[str], opening: re.Pattern[str]) -> list[Evidence]:
    """Start a group at each address that opens a line, with all lines until the next one."""
    lines_by_address: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        match = opening.match(line)
        addresses = addresses_in(match.group(1)) if match else []
        if addresses:
            current = lines_by_address.setdefault(addresses[0], [])
        elif current is not None and line:
            current.append(line)
    return [Evidence(address, "\n".join(words[:12])) for address, words in lines_by_address.items()]


_ADDRESS_ALONE = re.compile(r"^<?([^\s<>]{1,128}@[^\s<>]{1,253}?)>?(?:<mailto:[^<>]{1,300}>)?$")
_ADDRESS_WITH_DATE = _SERVED
EXCHANGE = Detector("exchange", Confidence.HIGH, detect)
