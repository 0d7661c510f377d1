"""How much of a picture is text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextInPicture:
    """About how many letters a picture shows, and the part of its area that their lines take.

    `explained` is the part of all edges in it that are those of letters.
    """

    letters: int
    share: float
    explained: float

    @property
    def is_most(self) -> bool:
        """Whether the picture consists mostly of text.

        A logo has fewer letters, a plot or a map has few and little area for them, and in a
        photograph most edges are those of other things.
        """
        is_full = self.letters >= 60 and self.share >= 0.15
        return self.explained >= 0.58 and (is_full or self._is_long)

    @property
    def is_a_whole_text(self) -> bool:
        """Whether that is plain, and the text too long for a description of the picture."""
        return self.explained >= 0.65 and self._is_long

    @property
    def _is_long(self) -> bool:
        return self.letters >= 250 and self.share >= 0.07
