"""One thing that needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.wording import Text

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.remedies import Remedy


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that needs attention, and its remedy. `key` identifies the occurrence."""

    key: str
    what: Text
    remedy: Text
    act: Remedy | None = None
    """The act that the remedy asks for, if an interface can offer it."""
    by_mail: bool = True
    """False for what a person did, and for what no running service could mail."""

    @property
    def in_short(self) -> Text:
        return Text("{what} — {remedy}", {"what": self.what, "remedy": self.remedy})


def local(at: datetime, zone: str) -> datetime:
    """Return an instant as people read it in the office."""
    return at.astimezone(ZoneInfo(zone))
