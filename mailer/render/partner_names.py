"""The names by which texts call the partners of a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.model.campaigns.campaign import Partner


def partner_called(name: str, partners: Iterable[Partner]) -> Partner | None:
    """Return the partner of this name in any language, whatever its accents and capitals."""
    return next((each for each in partners if folded(name) in map(folded, names_of(each))), None)


def names_of(partner: Partner) -> Iterator[str]:
    """Yield the name of a partner, and those it has in other languages."""
    yield partner.name
    yield from (words["name"] for words in partner.translations.values() if "name" in words)
