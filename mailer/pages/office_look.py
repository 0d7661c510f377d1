"""The look of the office on our own pages: its colours and headings in the place of ours."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, NamedTuple

from mailer.pages.page import render_page
from mailer.render.media_types import media_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.model.campaigns.theme import OfficeLook, Theme
    from mailer.wording import Text

_FROM_THE_PAGE_ALONE = "img-src data:;"
"""The logo stands in the page itself, so that opening it tells nobody else."""


class ShownLogo(NamedTuple):
    """The logo of the office, in the page itself."""

    source: str
    width: int
    alt: str


def link_page(
    template: str,
    *,
    sheet: str,
    look: OfficeLook,
    office: str,
    say: Callable[[Text], str],
    language: str,
    forms: str = "'none'",
    **values: object,
) -> str:
    """Return a page behind a link of a message, with the band and the logo of the office's mails.

    `forms` is the policy's `form-action`. The page fetches nothing and holds no script.
    """
    logo = shown_logo(look)
    return render_page(
        template,
        sheets=("page.css", "link_page.css", sheet),
        rules=look_rules(look.theme),
        policy=_FROM_THE_PAGE_ALONE if logo else "",
        say=say,
        language=language,
        forms=forms,
        office=office if look.theme.header.show_name else "",
        office_name=office,
        logo=logo,
        **values,
    )


def shown_logo(look: OfficeLook) -> ShownLogo | None:
    """Return the logo as a page shows it; None for a look without one."""
    if not look.logo:
        return None
    picture = look.theme.logos[0]
    kind = media_type(picture.file, look.logo)
    source = f"data:{kind};base64,{base64.b64encode(look.logo).decode()}"
    return ShownLogo(source, picture.width, picture.alt)


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
