"""Why nobody knows whether a message was sent, in the words of a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.own_diagnoses import diagnosis
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.wording import Text

BROKEN_OFF = _("the program stopped while the message was handed over")


def why_uncertain(note: str) -> Text:
    """Return why it is not known whether a message left; the reply of a server as it stands."""
    return diagnosis(note) if note else BROKEN_OFF
