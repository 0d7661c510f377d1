"""Finds the line of `campaign.toml` in which the address of a link stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place
from mailer.render.link_targets import completed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.model.campaigns.campaign import Campaign, Link, Partner


def place_of_link(campaign: Campaign, target: str) -> Place | None:
    """Return the place of a link in `campaign.toml`; None when it comes from elsewhere."""
    for name, items in _linked(campaign):
        for index, item in enumerate(items):
            urls = (item.url, *(words.get("url", "") for words in item.translations.values()))
            if target in map(completed, urls):
                line = campaign.lines.get(f"{name}.{index}.url", 0)
                return Place(campaign.file, line, key=f"{name}.{index + 1}.url")
    return None


def _linked(campaign: Campaign) -> Iterable[tuple[str, Sequence[Link | Partner]]]:
    return ("links", campaign.links), ("partners", campaign.partners)
