"""Logos: the office's in the order of its theme, the partners' in the order of the campaign.

They are embedded in the message, so that opening it fetches nothing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from mailer.errors import ContentError, Place, Problem
from mailer.model.message import Embedded
from mailer.render.image_files import size_in_pixels
from mailer.render.media_types import media_type
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.model.campaign import Campaign
    from mailer.model.template import Template

PARTNER_HEIGHT = 48
"""In CSS pixels. Partners' logos have one height, except that very wide ones are lower."""
PARTNER_WIDTH = 150


class Logo(NamedTuple):
    """`attributes` holds what a template needs: `src`, `alt`, `width`, `height` in CSS pixels."""

    attributes: dict[str, Any]
    embedded: Embedded


def office_logos(template: Template) -> list[Logo]:
    """Return the `[[logos]]` of the theme: `file`, `width`, and `alt` unless the
    name is beside it.
    """
    entries: Any = template.theme.get("logos", [])
    where = Place(f"templates/{template.name}/theme.toml", key="logos")
    found = []
    for entry in entries:
        file, width = str(entry.get("file", "")), int(entry.get("width", 48))
        content = template.images.get(f"{template.name}/{file}", b"")
        pixels = _pixels(file, content, where)
        height = round(width * pixels[1] / pixels[0])
        found.append(_logo(file, content, width, height, alt=str(entry.get("alt", ""))))
    return found


def partner_logos(campaign: Campaign) -> dict[str, Logo]:
    """Return partners' logos by file. Their alt text is empty, because the
    names are beside them.
    """
    found = {}
    for n, partner in enumerate(campaign.partners):
        if partner.logo:
            where = Place(campaign.file, campaign.lines.get(f"partners.{n}.logo", 0))
            content = campaign.files.get(partner.logo, b"")
            width, height = _pixels(partner.logo, content, where)
            scale = min(PARTNER_HEIGHT / height, PARTNER_WIDTH / width)
            found[partner.logo] = _logo(
                partner.logo, content, max(1, round(width * scale)), max(1, round(height * scale))
            )
    return found


def _logo(file: str, content: bytes, width: int, height: int, *, alt: str = "") -> Logo:
    content_id = f"{sha256(content).hexdigest()[:20]}@mailer.invalid"
    name = file.rpartition("/")[2]
    attributes = {"src": f"cid:{content_id}", "alt": alt, "width": width, "height": height}
    return Logo(attributes, Embedded(name, media_type(name, content), content, content_id))


def _pixels(file: str, content: bytes, where: Place) -> tuple[int, int]:
    size = size_in_pixels(content)
    if size is None:
        what: Text = _("the logo “{file}” is missing, or no PNG, JPEG or GIF image", file=file)
        raise ContentError(Problem(where, what, _("Put the image there, or correct its name.")))
    return size
