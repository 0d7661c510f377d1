"""Parses the instants that people type on a command line."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mailer.errors import ContentError, Place, Problem
from mailer.wording import _


def read_instant(text: str, *, zone: str) -> datetime:
    """Parse `2017-12-04T09:30` as a time in `zone`, unless it has an offset. Raises ContentError."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise ContentError(
            Problem(
                Place(text),
                _("this is not a date and hour"),
                _("Write it like this: 2017-12-04T09:30."),
            )
        ) from error
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))
