"""Arithmetic of colours written as `#rrggbb`: contrast, mixtures, and what dark modes make of them."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from typing import TYPE_CHECKING

from mailer.model.campaigns.theme import READABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

WHITE, BLACK = "#ffffff", "#000000"
_STEPS = 40


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, *, share: float) -> str:
    """Return `other` with a `share` of `one` in it, from 0 to 1."""
    return _written(
        [share * a + (1 - share) * b for a, b in zip(_channels(one), _channels(other), strict=True)]
    )


def readable_on(ground: str) -> str:
    """Return white or black, whichever is easier to read on `ground`."""
    return max(WHITE, BLACK, key=lambda colour: contrast(colour, ground))


def made_readable(colour: str, grounds: Sequence[str], *, towards: str) -> str:
    """Return `colour`, mixed with as little of `towards` as makes it readable on all `grounds`."""
    for step in range(_STEPS):
        tried = mixed(towards, colour, share=step / _STEPS)
        if all(contrast(tried, ground) >= READABLE for ground in grounds):
            return tried
    return towards


def toned(colour: str, *, lightness: float, most_saturation: float) -> str:
    """Return a colour of the same hue with another lightness, and no more than a saturation."""
    hue, _lightness, saturation = rgb_to_hls(*(part / 255 for part in _channels(colour)))
    parts = hls_to_rgb(hue, lightness, min(saturation, most_saturation))
    return _written([255 * part for part in parts])


def inverted(colour: str) -> str:
    """Return what a full inversion makes of a colour: lightness turned round, hue kept."""
    channels = _channels(colour)
    shift = 255 - max(channels) - min(channels)
    return _written([part + shift for part in channels])


def half_inverted(text: str, ground: str) -> tuple[str, str]:
    """Return text and ground where only dark texts and light grounds are turned round."""
    return (
        inverted(text) if sum(_channels(text)) < _MIDDLE else text,
        inverted(ground) if sum(_channels(ground)) >= _MIDDLE else ground,
    )


_MIDDLE = 3 * 128


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{min(255, max(0, round(part))):02x}" for part in channels)


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    red, green, blue = (
        part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
