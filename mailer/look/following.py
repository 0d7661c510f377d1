"""Completes the colours and fonts of a theme: what a file does not say follows from what it says.

An office gives two or three colours of its own; texts, tints, rules and the dark mode follow, so
that nothing of the theme below shines through and every text stays readable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.look.colours import WHITE, made_readable, mixed, readable_on, toned
from mailer.model.campaigns.theme import Colours, DarkColours, Fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_START = {
    "paper": WHITE,
    "ink": "#1b2430",
    "accent": "#9c2f2a",
    "alert": "#9c2f2a",
    "header": "#1f2f46",
}
"""The colours from which all others follow, where no theme gives them."""

_FOLLOWED: Mapping[str, tuple[str, ...]] = {
    "page": ("paper", "ink", "accent"),
    "tint": ("paper", "accent"),
    "line": ("paper", "ink"),
    "soft": ("paper", "ink", "tint"),
    "title": ("header", "paper", "ink"),
    "label": ("accent", "paper", "ink"),
    "on_accent": ("accent",),
    "on_alert": ("alert",),
    "on_header": ("header",),
    "footer": ("header",),
    "on_footer": ("footer",),
    "soft_on_footer": ("footer",),
}
"""The colours that each colour follows, when a file gives one of them and not the colour itself."""

_FOLLOWED_IN_THE_DARK = ("accent", "header", "paper")
_FOLLOWED_FONTS: Mapping[str, tuple[str, ...]] = {
    "heading": ("body",),
    "labels": ("body",),
    "lead": ("heading", "body"),
}

_BODY_FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"


def complete_colours(layers: Iterable[Mapping[str, str]]) -> Colours:
    """Return all colours; each of `layers` is above those before it."""
    said = dict(_START)
    for layer in layers:
        said = {**_without_followers(said, layer, _FOLLOWED), **layer}
    ink, paper = said["ink"], said["paper"]
    accent, header = said["accent"], said["header"]
    said.setdefault("tint", mixed(accent, paper, share=0.06))
    grounds = (paper, said["tint"])
    said.setdefault("page", mixed(ink, mixed(accent, paper, share=0.04), share=0.06))
    said.setdefault("line", mixed(ink, paper, share=0.18))
    said.setdefault("soft", made_readable(mixed(ink, paper, share=0.7), grounds, towards=ink))
    said.setdefault("title", made_readable(header, grounds, towards=ink))
    said.setdefault("label", made_readable(accent, grounds, towards=ink))
    said.setdefault("footer", header)
    for ground in ("accent", "alert", "header", "footer"):
        said.setdefault(f"on_{ground}", readable_on(said[ground]))
    quiet = mixed(said["on_footer"], said["footer"], share=0.78)
    said.setdefault(
        "soft_on_footer", made_readable(quiet, [said["footer"]], towards=said["on_footer"])
    )
    return Colours(**said)


def complete_dark(
    layers: Iterable[Mapping[str, str]], colours: Colours, light: Iterable[Mapping[str, str]]
) -> DarkColours:
    """Return all colours of the dark mode; `light` are the layers of the light ones.

    A layer that gives the accent, the header or the paper another colour starts a dark mode of
    its own, in which the same hues return.
    """
    said: dict[str, str] = {}
    for layer, by_day in zip(layers, light, strict=True):
        said = {} if by_day.keys() & set(_FOLLOWED_IN_THE_DARK) else said
        said |= layer
    band = colours.header if _has_hue(colours.header) else colours.accent
    ground = {
        "page": toned(band, lightness=0.09, most_saturation=0.16),
        "paper": toned(band, lightness=0.13, most_saturation=0.16),
        "tint": toned(band, lightness=0.18, most_saturation=0.16),
        "line": toned(band, lightness=0.28, most_saturation=0.14),
        "header": toned(band, lightness=0.12, most_saturation=0.4),
        "footer": toned(band, lightness=0.11, most_saturation=0.3),
    } | said
    ground.setdefault("ink", toned(band, lightness=0.92, most_saturation=0.2))
    grounds = [ground[name] for name in ("paper", "tint", "footer")]
    quiet = toned(band, lightness=0.72, most_saturation=0.12)
    ground.setdefault("soft", made_readable(quiet, grounds, towards=WHITE))
    ground.setdefault("accent", made_readable(colours.accent, grounds, towards=WHITE))
    return DarkColours(**ground)


def sources_of(colour: str, *, in_the_dark: bool) -> list[str]:
    """Return the keys of `[colours]` that a colour follows at any distance, the nearest first."""
    found = list(_FOLLOWED_IN_THE_DARK if in_the_dark else _FOLLOWED.get(colour, ()))
    for source in found:
        found += [it for it in _FOLLOWED.get(source, ()) if it not in found]
    return found


def complete_fonts(layers: Iterable[Mapping[str, str]]) -> Fonts:
    """Return all fonts: headings and labels follow the text, the lead follows the headings."""
    said = {"body": _BODY_FONT}
    for layer in layers:
        said = {**_without_followers(said, layer, _FOLLOWED_FONTS), **layer}
    said.setdefault("heading", said["body"])
    said.setdefault("labels", said["body"])
    said.setdefault("lead", said["heading"])
    return Fonts(**said)


def _without_followers(
    said: Mapping[str, str], layer: Mapping[str, str], followed: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return `said` without what follows, at any distance, a value that `layer` sets again."""
    changed = {name for name, value in layer.items() if said.get(name) != value}
    while more := {name for name, sources in followed.items() if changed & set(sources)} - changed:
        changed |= more
    return {name: value for name, value in said.items() if name not in changed}


def _has_hue(colour: str) -> bool:
    return toned(colour, lightness=0.5, most_saturation=1) != toned(
        colour, lightness=0.5, most_saturation=0.1
    )
