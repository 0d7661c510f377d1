"""What organisations say of themselves, in the language of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.languages.typography import with_typography
from mailer.render.link_targets import completed
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.model.campaigns.template import Organisation
    from mailer.render.markdown.press_blocks.reading import PressBlock


def organisation_of(name: str, known: Iterable[Organisation]) -> Organisation | None:
    """Return the organisation of this name, in whatever language it is written."""
    wanted = folded(name)
    return next((each for each in known if wanted in map(folded, _names(each))), None)


def presentations(
    block: PressBlock, known: Sequence[Organisation], *, language: str, typography: str
) -> list[dict[str, str]]:
    """Return what each organisation that a block of presentations names says of itself."""
    if block.kind.name != "about":
        return []
    names = [entry.values["name"].text for entry in block.entries if "name" in entry.values]
    found = (organisation_of(name, known) for name in names)
    return [presented(each, language, typography) for each in found if each]


def presented(organisation: Organisation, language: str, typography: str) -> dict[str, str]:
    """Return `name`, `about` and `url` of an organisation as a message gives them."""
    words = organisation.translations.get(language, {})
    about = words.get("about", organisation.about)
    return {
        "name": with_typography(words.get("name", organisation.name), typography),
        "about": with_typography(" ".join(about.split()), typography),
        "url": completed(words.get("url", organisation.url)),
    }


def _names(organisation: Organisation) -> Iterable[str]:
    yield organisation.name
    yield from (words["name"] for words in organisation.translations.values() if "name" in words)
