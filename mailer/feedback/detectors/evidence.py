"""The result of a detector: an address and the text about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailer.feedback.mail.message import Mail
    from mailer.feedback.reading import Confidence, DsnAction


MAX_RECIPIENTS = 100
"""Further recipients are ignored: our mails have one recipient each."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One recipient as found by one detector; `classify` interprets it later.

    `text` is the diagnosis: the remote's own words before the reporting system's. `outcome` is None
    where the detector cannot tell a failure from a delay.
    """

    address: str
    text: str = ""
    outcome: DsnAction | None = None
    status: str = ""
    also: tuple[str, ...] = ()


class Detector(NamedTuple):
    """Detector for a family of mail systems: its name, its reliability, and its function."""

    name: str
    confidence: Confidence
    detect: Callable[[Mail], Sequence[Evidence]]
