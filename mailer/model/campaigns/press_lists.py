"""Which lists are of the press: only journalists can be accredited, and read the press room."""

from __future__ import annotations

import re

_OF_PRESS = re.compile(
    r"(?i)(?:^|[-_.\s])(?:press(?!ing)|journalis|r[eé]dac|m[eé]dias?(?![^\W\d_]))"
)


def is_of_press(list_name: str) -> bool:
    """Return whether a list is of the press by its name: `presse-nationale`, `Journalistes mer`,
    `liste-medias`; not `mediatheques`.
    """
    return _OF_PRESS.search(list_name) is not None
