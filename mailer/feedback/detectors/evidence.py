"""What a detector brings: an address, and the words that were said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailer.feedback.mail.message import Mail
    from mailer.feedback.reading import Confidence, Fate


MOST_RECIPIENTS = 100
"""What lies beyond is left out: our mails have one recipient each."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One recipient as one layer saw it; judging comes later (`classify`).

    `text` is the diagnosis: the remote's own words before the reporter's. `outcome` is None
    where the layer cannot tell a failure from a delay.
    """

    address: str
    text: str = ""
    outcome: Fate | None = None
    status: str = ""
    also: tuple[str, ...] = ()


class Detector(NamedTuple):
    """A family of mail systems: its name, how far it can be trusted, and its reader."""

    name: str
    confidence: Confidence
    detect: Callable[[Mail], Sequence[Evidence]]
