"""The pictures of a theme beside its logos: across the header, a second row, above the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailer.render.facts.logos import ALWAYS_WHITE, Logo, logo_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaigns.template import Template
    from mailer.model.mailings.message import Embedded


@dataclass(frozen=True, slots=True)
class ThemePictures:
    """`values` are the names that templates use: only what the theme has is defined."""

    values: Mapping[str, Any]
    embedded: tuple[Embedded, ...]


def theme_pictures(template: Template) -> ThemePictures:
    """Return the header picture, the institutions and the footer logo of the theme."""
    theme: Any = template.theme
    header, footer = theme.get("header", {}), theme.get("footer", {})
    institutions = [
        logo_of(
            template,
            entry["file"],
            width=entry["width"],
            alt=entry["alt"],
            ground=ALWAYS_WHITE,
        )
        for entry in theme.get("institutions", ())
    ]
    one: dict[str, Logo] = {}
    if header.get("picture"):
        width = theme["layout"]["width"]
        one["header_picture"] = logo_of(
            template, header["picture"], width=width, alt=header["picture_alt"]
        )
    if footer.get("logo"):
        one["footer_logo"] = logo_of(
            template,
            footer["logo"],
            width=footer["logo_width"],
            alt=footer["logo_alt"],
            ground="footer",
        )
    values = {name: logo.attributes for name, logo in one.items()}
    return ThemePictures(
        {**values, "institutions": [logo.attributes for logo in institutions]},
        tuple(logo.embedded for logo in (*one.values(), *institutions)),
    )
