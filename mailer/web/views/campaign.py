"""What the pages of one campaign share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.web.visit import Visit


def title_of(visit: Visit) -> str:
    """Return the title of the campaign that the address names, or its name."""
    return visit.app.drafts.title(visit.slug)


def page_of(visit: Visit, name: str) -> str:
    """Return the address of another page of this campaign; "" is its board."""
    return f"/campagnes/{visit.slug}/{name}".rstrip("/")
