"""The menu of blocks above a text: each inserts an example in the language of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.languages import LANGUAGES, language_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS: tuple[tuple[str, Text], ...] = (
    ("facts", _("Practical facts")),
    ("figures", _("Key figures")),
    ("quotation", _("Quotation with portrait")),
    ("interviews", _("People to interview")),
    ("programme", _("Programme")),
    ("downloads", _("Pictures and documents")),
    ("video", _("Video")),
    ("live", _("Live stream")),
    ("reference", _("Scientific publication")),
    ("method", _("Method")),
    ("access", _("Getting there, accessibility")),
    ("about", _("About the organisations")),
    ("versions", _("Links to other languages")),
    ("language", _("Section in another language")),
    ("passage", _("Passage of a partner")),
)
"""The blocks in the order in which people look for them."""


def block_menu(language: str) -> Iterator[tuple[str, Text]]:
    """Yield an example of each block in a language, and what the menu calls it."""
    words = language_of(language).block_words or LANGUAGES[0].block_words
    for name, label in BLOCKS:
        if words and name in words.examples:
            yield f"{words.examples[name]}\n", label
