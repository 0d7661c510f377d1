"""The types of MJML attribute values, in MJML's own notation: `unit(px,%){1,4}`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.render.mjml import components
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_valid(kind: str, value: str) -> bool:
    """Return whether `value` has the type `kind`, in MJML's notation: `unit(px,%){1,4}`, `color`."""
    return bool(_pattern(kind).fullmatch(value))


_COLOUR = (
    r"#(?:[0-9a-fA-F]{3}){1,2}|rgb\((?:\s*\d{1,3}\s*,){2}\s*\d{1,3}\s*\)"
    r"|rgba\((?:\s*\d{1,3}\s*,){3}\s*[\d.]+\s*\)|" + "|".join(sorted(components.COLOURS))
)
_SIMPLE = {"string": r"[\s\S]*", "color": _COLOUR, "integer": r"\d+", "boolean": "true|false"}


@lru_cache(maxsize=64)
def _pattern(kind: str) -> re.Pattern[str]:
    if kind in _SIMPLE:
        return re.compile(_SIMPLE[kind])
    family, choices, many = re.fullmatch(r"(\w+)\(([^)]*)\)(?:\{1,(\d)\})?", kind).groups()  # type: ignore[union-attr]  # the kinds are ours
    if family == "enum":
        return re.compile("|".join(map(re.escape, choices.split(","))))
    sign = "-?" if family == "unitWithNegative" else ""
    units = "|".join(map(re.escape, (it for it in choices.split(",") if it != "auto")))
    one = rf"(?:{sign}(?:\d+(?:\.\d+)?|\.\d+)(?:{units})|0{'|auto' if 'auto' in choices else ''})"
    return re.compile(rf"{one}(?: +{one}){{0,{int(many or 1) - 1}}}")


def describe_kind(kind: str) -> Text:
    """Describe what to write, for an author whose value has another type."""
    family, _paren, rest = kind.partition("(")
    choices: Iterable[str] = rest.partition(")")[0].split(",")
    match family:
        case "color":
            return _("a colour: #1f2f46, rgb(31, 47, 70) or its English name")
        case "integer":
            return _("a whole number")
        case "boolean":
            return _("true or false")
        case "enum":
            return _("one of: {names}", names=", ".join(filter(None, choices)))
    units = ", ".join(filter(None, choices))
    if "{" in kind:
        return _("one to four numbers, each with its unit ({units})", units=units)
    return _("a number with its unit ({units})", units=units)
