"""A picture as a message shows it, and one that a text names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mailer.errors import Place

_SAFE_WIDTH = 520
"""CSS pixels; the text of every theme is wider, also in a panel."""


class Picture(NamedTuple):
    """URL of an image and its size in CSS pixels; 0 when only its URL is known."""

    url: str
    width: int = 0
    height: int = 0

    def within(self, width: int) -> Picture:
        """Return the picture no wider than `width`; one of unknown size gets a safe width."""
        if not self.width:
            return Picture(self.url, min(width, _SAFE_WIDTH))
        scale = min(1.0, width / self.width)
        return Picture(self.url, round(self.width * scale), max(1, round(self.height * scale)))


class ShownImage(NamedTuple):
    """An image used in a text: its file name or URL, and its position."""

    source: str
    place: Place
