"""Translatable sentences.

Each message that the program shows is a `Text`: an English sentence (the gettext msgid) and the
values of its placeholders. Most of the program only makes `Text` values. The command line, the
web pages and the receiver, which know the reader's language, translate them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from gettext import NullTranslations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable sentence with `{name}` placeholders, which `values` fill.

    A value may be a text itself, several in a tuple, or an instant, which is written in its own
    time zone. With `plural`, `values["count"]` selects the singular or plural form.
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


INSTANT = _("%Y-%m-%d %H:%M").sentence
"""How an instant is written (`strftime`); a catalogue may write it otherwise."""

BETWEEN = _("; ").sentence
"""What stands between the entries of a list; French has a space before it."""


def say(text: Text, translations: NullTranslations) -> str:
    """Translate `text`, and the texts among its values, into the language of `translations`."""
    count = text.values.get("count")
    if text.plural is not None and isinstance(count, int):
        sentence = translations.ngettext(text.sentence, text.plural, count)
    else:
        sentence = translations.gettext(text.sentence)
    return sentence.format_map(
        {name: _said(value, translations) for name, value in text.values.items()}
    )


def _said(value: object, translations: NullTranslations) -> object:
    match value:
        case Text():
            return say(value, translations)
        case datetime():
            return f"{value:{translations.gettext(INSTANT)}}"
        case tuple():
            between = translations.gettext(BETWEEN)
            return between.join(str(_said(each, translations)) for each in value)
        case _:
            return value


def said_row(
    row: Iterable[Text | str | int], say: Callable[[Text | str], str]
) -> tuple[str | int, ...]:
    """Return the cells of a row of a table as they are shown; a number stays one."""
    return tuple(cell if isinstance(cell, int) else say(cell) for cell in row)


def as_note(text: Text) -> str:
    """Return `text` as JSON, for a place that keeps what the program or a person wrote."""
    return json.dumps(_noted(text), ensure_ascii=False)


def from_note(note: str) -> Text:
    """Return the text that `as_note` wrote; the words of a person, and older notes, as they are."""
    try:
        kept = _kept(json.loads(note))
    except (ValueError, KeyError, TypeError):
        kept = None
    return kept if isinstance(kept, Text) else Text("{note}", {"note": note})


def _noted(value: object) -> object:
    match value:
        case Text():
            values = {name: _noted(each) for name, each in value.values.items()}
            return {"sentence": value.sentence, "plural": value.plural, "values": values}
        case datetime():
            return {"instant": value.isoformat()}
        case int():
            return value
        case _:
            return str(value)


def _kept(value: object) -> object:
    match value:
        case {"sentence": str(sentence), "plural": plural, "values": dict(values)}:
            return Text(sentence, {name: _kept(each) for name, each in values.items()}, plural)
        case {"instant": str(instant)}:
            return datetime.fromisoformat(instant)
        case _:
            return value
