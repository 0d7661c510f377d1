"""The look of the office on our own pages: its colours and headings in the place of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.theme import Theme


def look_rules(theme: Theme) -> str:
    """Return CSS rules that dress a page of `page.css` like the mails, by day and by night."""
    day, night = theme.colours, theme.dark
    pairs = {
        "ink": (day.ink, night.ink),
        "soft": (day.soft, night.soft),
        "line": (day.line, night.line),
        "paper": (day.page, night.page),
        "sheet": (day.paper, night.paper),
        "accent": (day.accent, night.accent),
        "on-accent": (day.on_accent, night.paper),
        "band": (day.header, night.header),
        "on-band": (day.on_header, night.ink),
    }
    roles = "".join(f"  --{role}: light-dark({a}, {b});\n" for role, (a, b) in pairs.items())
    return (
        f":root {{\n{roles}}}\n"
        f"body {{ font-family: {theme.fonts.body}; }}\n"
        f"h1, .office {{ font-family: {theme.fonts.heading}; }}\n"
    )
