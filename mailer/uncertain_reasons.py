"""Why nobody knows whether a message was sent, in the words of a screen."""

from __future__ import annotations

import re

from mailer.wording import Quoted, Text, _, from_note

BROKEN_OFF = _("the program stopped while the message was handed over")


_AFTER_THE_DOT = re.compile(r"after the dot: (?P<fault>.+)", re.DOTALL)
_FAULTS = {
    "connection closed by the relay": _("the relay closed the connection"),
    "timed out": _("it did not answer in time"),
}
"""What the transport notes of a connection that broke, in the words of a screen."""


def why_uncertain(note: str) -> Text:
    """Return why it is not known whether a message left; the reply of a server as it stands."""
    if not note:
        return BROKEN_OFF
    if found := _AFTER_THE_DOT.fullmatch(note):
        fault = _FAULTS.get(found["fault"]) or Quoted(found["fault"])
        return _("the whole message was handed over, then: {fault}", fault=fault)
    return _FAULTS.get(note) or from_note(note)
