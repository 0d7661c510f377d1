"""Finds the fonts of a theme that few readers have installed: a mail carries no fonts."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.theme import Fonts
    from mailer.wording import Text

GENERIC = ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui")
"""The generic families of CSS, for which each client has a font."""

_WIDESPREAD = """
Aptos, Arial, Arial Black, Avenir, Avenir Next, Baskerville, Book Antiqua, Bookman,
Bookman Old Style, Calibri, Cambria, Candara, Century Gothic, Charter, Consolas, Constantia,
Corbel, Courier, Courier New, Didot, Franklin Gothic Medium, Futura, Garamond, Geneva, Georgia,
Gill Sans, Gill Sans MT, Helvetica, Helvetica Neue, Hoefler Text, Impact, Iowan Old Style,
Lucida Grande, Lucida Sans, Lucida Sans Unicode, Menlo, Monaco, Noto Sans, Noto Serif, Optima,
Palatino, Palatino Linotype, Roboto, Segoe UI, Tahoma, Times, Times New Roman, Trebuchet MS,
Verdana
"""
"""Fonts that come with Windows, macOS, iOS or Android, or with Microsoft Office."""

_KNOWN = {name.casefold(): name for name in (*map(str.strip, _WIDESPREAD.split(",")), *GENERIC)}


def rare_fonts(fonts: Fonts) -> Iterator[Text]:
    """Yield a sentence about each font that few readers have: the likely typing error that it is,
    or the font that the other readers see.
    """
    from difflib import get_close_matches  # noqa: PLC0415 -- only where a designer looks

    for family in dict.fromkeys(astuple(fonts)):
        names = [name.strip() for name in family.split(",")]
        rare = names[0].strip("'")
        if rare.casefold() in _KNOWN:
            continue
        if close := get_close_matches(rare.casefold(), _KNOWN, n=1, cutoff=0.8):
            yield _(
                "Few readers have the font “{name}”: did you mean “{nearest}”?",
                name=rare,
                nearest=_KNOWN[close[0]],
            )
        else:
            seen = next(name for name in names if name.casefold() in _KNOWN)
            yield _(
                "Few readers have the font “{name}”; the others see {instead}.",
                name=rare,
                instead=seen,
            )
