"""What the service does again and again, as an engine needs to know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.model.service.service_role import ServiceRole

_IN_A_MINUTE = (30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1)
"""The seconds, and the minutes of an hour, that divide their whole without a rest."""
_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Round:
    """Work of one role. A round too many must find nothing to do, and a round may be cut off.

    With `every_s` it comes by itself and runs once at a time over all hosts. Without, it comes
    when somebody rings for it, and each host runs `at_once` of them side by side.
    """

    name: str
    role: ServiceRole
    work: Callable[[], object]
    every_s: float | None = None
    at_once: int = 1


def cron_for(every_s: float) -> str:
    """Return the cron line, with seconds at its end, of the longest regular interval that is not
    longer than `every_s`, and at most an hour.
    """
    if every_s >= _HOUR_S:
        return "0 * * * * 0"
    if every_s >= 60:
        minutes = next(each for each in _IN_A_MINUTE if each * 60 <= every_s)
        return f"*/{minutes} * * * * 0"
    seconds = next((each for each in _IN_A_MINUTE if each <= every_s), 1)
    return f"* * * * * */{seconds}"
