"""What a mail program makes of the colours of a mail when it turns them by itself for the dark.

A simulation: no program says how it does it. What is known is which colours it turns.
"""

from __future__ import annotations

import colorsys
import re
from enum import StrEnum

from tinycss2.color3 import RGBA, parse_color


class Inversion(StrEnum):
    """Which colours are turned; pictures never are."""

    PARTIAL = "partial"
    """Light grounds and dark writing; what is dark already stays (Gmail on Android, Outlook.com)."""
    FULL = "full"
    """All of them, so that dark grounds become light (Gmail on iPhone, Outlook on Windows)."""


_BASE = "<style>html, body { background: #121212; color: #f1f1f1 } a { color: #8ab4f8 }</style>"
_DECLARED = re.compile(
    r"(?<![\w-])(background(?:-color)?|color|border(?:-(?:top|right|bottom|left))?(?:-color)?)"
    r"(\s*:\s*)([^;\"'{}<>]+)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""(\s(?:bgcolor|color)\s*=\s*["']?)([#\w]+)""", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b[a-z]+\b", re.IGNORECASE)
_MIDDLE = 0.5
_DARKEST = 0.07
_NO_COLOURS = frozenset({"transparent", "inherit", "initial", "currentcolor", "none", "auto"})


def inverted(html: str, inversion: Inversion) -> str:
    """Return the HTML with its colours turned. The mail's own style for the dark must be off."""

    def declared(found: re.Match[str]) -> str:
        is_ground = found[1].lower() != "color"
        value = _COLOUR.sub(lambda it: _turned(it[0], inversion, is_ground=is_ground), found[3])
        return f"{found[1]}{found[2]}{value}"

    def attribute(found: re.Match[str]) -> str:
        is_ground = "bgcolor" in found[1].lower()
        return f"{found[1]}{_turned(found[2], inversion, is_ground=is_ground)}"

    html = _ATTRIBUTE.sub(attribute, _DECLARED.sub(declared, html))
    head = re.search(r"<head\b[^>]*>", html, re.IGNORECASE)
    at = head.end() if head else 0
    return f"{html[:at]}{_BASE}{html[at:]}"


def _turned(written: str, inversion: Inversion, *, is_ground: bool) -> str:
    colour = None if written.lower() in _NO_COLOURS else parse_color(written)
    if not isinstance(colour, RGBA):
        return written
    hue, light, saturation = colorsys.rgb_to_hls(colour.red, colour.green, colour.blue)
    is_light = light > _MIDDLE
    if inversion is Inversion.PARTIAL and is_light != is_ground:
        return written
    shade = max(1 - light, _DARKEST)
    turned = colorsys.hls_to_rgb(hue, shade, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in turned)
