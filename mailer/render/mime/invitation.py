"""Makes a calendar entry personal: the same entry, with its reader as the one attendee.

Calendar programs change and remove by themselves only what came to their owner as an invitation
(RFC 5546 §3.2.2, §3.2.5). No answer is asked for (`RSVP=FALSE`): the buttons' answers would be
mistaken for an accreditation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.address import Mailbox
    from mailer.model.mailings.message import Embedded

PLACE_OF_ADDRESS = "mailto:recipient@mailer.invalid"
"""Stands in a compiled entry for the reader's address."""
_PLACE_OF_NAME = "CN=recipient"
_LINE_OCTETS = 75
_CALENDAR = "text/calendar"


def attendee_parameters(*, is_asked_again: bool) -> dict[str, str]:
    """Return the parameters of the attendee in a compiled entry."""
    return {
        "CN": "recipient",
        "PARTSTAT": "NEEDS-ACTION" if is_asked_again else "ACCEPTED",
        "RSVP": "FALSE",
    }


def is_personal(file: Embedded) -> bool:
    """Return whether a file is a calendar entry that names its reader."""
    return file.media_type.startswith(_CALENDAR) and b"\nATTENDEE" in file.content


def addressed(file: Embedded, reader: Mailbox) -> Embedded:
    """Return the entry with this reader as its attendee."""
    lines = file.content.decode().replace("\r\n ", "").split("\r\n")
    name = "".join(sign for sign in reader.name if sign.isprintable() and sign != '"')
    written = f'CN="{name or reader.address}"'
    personal = [
        line.replace(PLACE_OF_ADDRESS, f"mailto:{reader.address}").replace(_PLACE_OF_NAME, written)
        if line.startswith("ATTENDEE")
        else line
        for line in lines
    ]
    return replace(file, content="\r\n".join(map(_folded, personal)).encode())


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which ends inside a letter (RFC 5545
    §3.1).
    """
    pieces, length = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > _LINE_OCTETS:
            pieces.append("")
            length = 1  # the space that continues a line
        pieces[-1] += sign
        length += octets
    return "\r\n ".join(pieces)
