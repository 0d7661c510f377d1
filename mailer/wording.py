"""Sentences for people, before a language is chosen.

Every message the program shows is a `Text`: an English sentence (the gettext msgid) and
what fills its places. Thought and hands build `Text`; only a door, which knows who is
reading, turns one into words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence: `sentence` has `{name}` places, which `values` fill.

    With `plural`, `values["count"]` chooses the form.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        return say(self, NullTranslations())

    def __hash__(self) -> int:
        return hash(self.sentence)


def _(sentence: str, **values: object) -> Text:
    """A sentence to be translated; Babel extracts it by this name."""
    return Text(sentence, values)


def _n(singular: str, plural: str, *, count: int, **values: object) -> Text:
    """A sentence whose form depends on `count`, which may also stand in it."""
    return Text(singular, {"count": count, **values}, plural)


def say(text: Text, translations: NullTranslations) -> str:
    """`text` in the language of `translations`; texts among its values are said as well."""
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
