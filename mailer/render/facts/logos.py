"""Logos: the office's in the order of its theme, the partners' in the order of the campaign.

They are embedded in the message, so that opening it fetches nothing.
"""

from __future__ import annotations

from hashlib import sha256
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from mailer.errors import ContentError, Place, Problem
from mailer.look.image_files import size_in_pixels
from mailer.model.mailings.message import Embedded
from mailer.render.logo_ink import Plate, colour, plate_for
from mailer.render.media_types import media_type
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.campaigns.template import Template

AREA = 3_600
"""CSS pixels of each partner's logo: marks of one area weigh the same to the eye, long or high."""
WIDEST, HIGHEST = 148, 90
"""What a cell of the grid leaves; a mark is never enlarged."""


class Logo(NamedTuple):
    """`attributes` holds what a template needs: `src`, `alt`, `width`, `height` in CSS pixels, and
    `plate`, the ground that it must be given to be seen.
    """

    attributes: dict[str, Any]
    embedded: Embedded


class _Grounds(NamedTuple):
    """The colour of the sheet by day, and where a mail program turns it dark."""

    light: tuple[int, int, int]
    dark: tuple[int, int, int]


def office_logos(template: Template) -> list[Logo]:
    """Return the `[[logos]]` of the theme: `file`, `width`, and `alt` unless the
    name is beside it.
    """
    entries: Any = template.theme.get("logos", [])
    return [
        logo_of(
            template,
            str(entry.get("file", "")),
            width=int(entry.get("width", 48)),
            alt=str(entry.get("alt", "")),
        )
        for entry in entries
    ]


def logo_of(template: Template, file: str, *, width: int, alt: str, ground: str = "header") -> Logo:
    """Return an image of the template's folder as it is shown `width` CSS pixels wide.

    It stands on the colour of the theme called `ground`.
    """
    content = template.images.get(f"{template.name}/{file}", b"")
    where = Place(f"templates/{template.name}/theme.toml", key="logos")
    pixels = _pixels(file, content, where)
    attributes = {
        "alt": alt,
        "width": width,
        "height": round(width * pixels[1] / pixels[0]),
        "plate": plate_for(content, **_grounds(template, ground)._asdict()),
        "on_paper": plate_for(content, **_grounds(template, "paper")._asdict()),
    }
    return _logo(file, content, attributes)


def partner_logos(campaign: Campaign, template: Template) -> dict[str, Logo]:
    """Return partners' logos by file. The alternative text of each is the partner's name."""
    found = {}
    grounds = _grounds(template, "paper")
    for n, partner in enumerate(campaign.partners):
        if partner.logo:
            where = Place(campaign.file, campaign.lines.get(f"partners.{n}.logo", 0))
            content = campaign.files.get(partner.logo, b"")
            width, height = _of_equal_area(*_pixels(partner.logo, content, where))
            plate = plate_for(content, **grounds._asdict())
            attributes = {"alt": partner.name, "width": width, "height": height, "plate": plate}
            found[partner.logo] = _logo(partner.logo, content, attributes)
    return _on_one_ground(found)


def _of_equal_area(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, sqrt(AREA / (width * height)), WIDEST / width, HIGHEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _on_one_ground(logos: dict[str, Logo]) -> dict[str, Logo]:
    """Give also marks that need no plate a light one, if others have it: they stand side by side."""
    if any(logo.attributes["plate"] == Plate.LIGHT for logo in logos.values()):
        for logo in logos.values():
            logo.attributes["plate"] = logo.attributes["plate"] or Plate.LIGHT
    return logos


ALWAYS_WHITE = "white"
"""A ground that is white by day and by night."""


def _grounds(template: Template, name: str) -> _Grounds:
    if name == ALWAYS_WHITE:
        return _Grounds(colour("#ffffff"), colour("#ffffff"))
    colours: Any = template.theme.get("colours", {})
    dark: Any = template.theme.get("dark", {})
    return _Grounds(colour(colours.get(name, "#ffffff")), colour(dark.get(name, "#1d2229")))


def _logo(file: str, content: bytes, attributes: dict[str, Any]) -> Logo:
    content_id = f"{sha256(content).hexdigest()[:20]}@mailer.invalid"
    name = file.rpartition("/")[2]
    embedded = Embedded(name, media_type(name, content), content, content_id)
    return Logo({"src": f"cid:{content_id}"} | attributes, embedded)


def _pixels(file: str, content: bytes, where: Place) -> tuple[int, int]:
    size = size_in_pixels(content)
    if size is None:
        what: Text = _("the logo “{file}” is missing, or no PNG, JPEG or GIF image", file=file)
        raise ContentError(Problem(where, what, _("Put the image there, or correct its name.")))
    return size


def with_logos(
    values: Sequence[Mapping[str, Any]], campaign: Campaign, logos: Mapping[str, Logo]
) -> list[dict[str, Any]]:
    """Return the partners in the language of a variant, each with its logo."""
    return [
        dict(value)
        | ({"logo": logos[it.logo].attributes | {"alt": value["name"]}} if it.logo else {})
        for value, it in zip(values, campaign.partners, strict=True)
    ]
