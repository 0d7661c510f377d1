"""For how long a cache may keep an answer of the press room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_MINUTE = timedelta(minutes=1)
_LEAST_S = 1
"""Of "unchanged, kept for 0 s", nginx keeps the first part and the seconds of what it had before."""


def fresh_for_s(now: datetime, *, next_change_at: datetime | None) -> int:
    """Return the whole seconds for which what is public at `now` is all that is public.

    It never reaches beyond a full minute. Nearly every embargo ends at one, so that the number
    tells nobody that something is to come; only an hour with seconds ends it earlier. In the last
    second before a change it is one second.
    """
    ends = [now.replace(second=0, microsecond=0) + _MINUTE]
    if next_change_at is not None:
        ends.append(next_change_at)
    return max(_LEAST_S, int((min(ends) - now).total_seconds()))
