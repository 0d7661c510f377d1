"""Find the headline of each version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.prose import PassagePart, messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.errors import Place
    from mailer.model.drafts.draft import Draft

_HEADLINE = re.compile(r"^[ \t]{0,3}#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


class HeadlineInText(NamedTuple):
    """The words of a headline, and its line."""

    text: str
    place: Place


def headlines(draft: Draft) -> Iterator[HeadlineInText]:
    """Yield the headline of each version that has one of its own."""
    for passage in messages(draft):
        if passage.part is PassagePart.TEXT and (found := _HEADLINE.search(passage.text)):
            yield HeadlineInText(found[1], passage.at(found.start(1)))
