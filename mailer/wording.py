"""Translatable sentences.

Each message that the program shows is a `Text`: an English sentence (the gettext msgid) and the
values of its placeholders. Most of the program only makes `Text` values. The command line, the
web pages and the receiver, which know the reader's language, translate them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable sentence with `{name}` placeholders, which `values` fill.

    With `plural`, `values["count"]` selects the singular or plural form.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        return say(self, NullTranslations())

    def __hash__(self) -> int:
        return hash(self.sentence)


def _(sentence: str, **values: object) -> Text:
    """Make a translatable sentence. Babel extracts the calls of this name."""
    return Text(sentence, values)


def _n(singular: str, plural: str, *, count: int, **values: object) -> Text:
    """Make a translatable sentence whose form depends on `count`, which may be a placeholder."""
    return Text(singular, {"count": count, **values}, plural)


def say(text: Text, translations: NullTranslations) -> str:
    """Translate `text`, and the texts among its values, into the language of `translations`."""
    count = text.values.get("count")
    if text.plural is not None and isinstance(count, int):
        sentence = translations.ngettext(text.sentence, text.plural, count)
    else:
        sentence = translations.gettext(text.sentence)
    return sentence.format_map(
        {
            name: say(value, translations) if isinstance(value, Text) else value
            for name, value in text.values.items()
        }
    )
