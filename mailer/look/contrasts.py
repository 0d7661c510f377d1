"""Measures the contrast of every text of a theme on its ground, as each kind of program shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.look.colours import contrast, half_inverted, inverted
from mailer.model.campaigns.theme import Contrast, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.theme import Theme

_ON_THE_SHEET = ("ink", "soft", "title", "label", "accent")
LIGHT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for ground in ("paper", "tint") for text in _ON_THE_SHEET),
    ("on_accent", "accent"),
    ("on_alert", "alert"),
    ("on_header", "header"),
    ("on_footer", "footer"),
    ("soft_on_footer", "footer"),
)
"""Each text with the ground it stands on, by their keys in `[colours]`."""

DARK_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for ground in ("paper", "tint") for text in ("ink", "soft", "accent")),
    ("ink", "header"),
    ("ink", "footer"),
    ("soft", "footer"),
)
"""The same of `[dark]`."""


def contrasts(theme: Theme) -> tuple[Contrast, ...]:
    """Return every contrast of a theme: in light, in dark, inverted and half inverted."""
    return (*_by_day(theme), *_by_night(theme))


def _by_day(theme: Theme) -> Iterator[Contrast]:
    for text, ground in LIGHT_PAIRS:
        colour, behind = getattr(theme.colours, text), getattr(theme.colours, ground)
        shown = {
            Scheme.LIGHT: (colour, behind),
            Scheme.INVERTED: (inverted(colour), inverted(behind)),
            Scheme.HALF_INVERTED: half_inverted(colour, behind),
        }
        for scheme, pair in shown.items():
            yield Contrast(scheme, text, ground, *pair, contrast(*pair))


def _by_night(theme: Theme) -> Iterator[Contrast]:
    for text, ground in DARK_PAIRS:
        pair = getattr(theme.dark, text), getattr(theme.dark, ground)
        yield Contrast(Scheme.DARK, text, ground, *pair, contrast(*pair))
