"""Translatable sentences.

Each message that the program shows is a `Text`: an English sentence (the gettext msgid) and the
values of its placeholders. Most of the program only makes `Text` values. The command line, the
web pages and the receiver, which know the reader's language, translate them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from gettext import NullTranslations
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable sentence with `{name}` placeholders, which `values` fill.

    A value may be a text itself, several in a tuple, an instant, which is written in its own time
    zone, a `Quoted`, or one of `WordedByDoor`, which each door words in its own way. With `plural`,
    `values["count"]` selects the singular or plural form.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        return say(self, NullTranslations())

    def __hash__(self) -> int:
        return hash(self.sentence)


class Personal(str):
    """Somebody's name or address in the values of a text: left out for who may not see people."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class FactKey:
    """A key of `campaign.toml`, or one of its tables, that a sentence names: `event.venue`.

    On the command line it is called as it stands in the file, on a page by the label of its
    field. `value` is what to write there, as an example.
    """

    path: str
    value: str | bool | tuple[str, ...] = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What another program said, in the language it spoke; a page marks it as that language."""

    words: str
    language: str = "en"

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class ForAdministrator:
    """What only the administrator can do, who edits `config.toml`. A page says whom to ask."""

    words: Text


@dataclass(frozen=True, slots=True)
class TextFile:
    """The file of a text (`reminder.en.md`). A page calls the text by its step: “Reminder (en)”."""

    name: str


WordedByDoor: TypeAlias = FactKey | ForAdministrator | TextFile


def to_administrator(words: Text) -> Text:
    """Return a remedy that only the administrator can carry out."""
    if isinstance(words.values.get("words"), ForAdministrator):
        return words
    return Text("{words}", {"words": ForAdministrator(words)})


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


_LISTS = frozenset({"press_contacts", "partners", "links", "attachments", "corrections", "steps"})
_TABLES = frozenset({"event", "accreditation", "embargo", "press_room"})


def as_in_file(named: WordedByDoor) -> Text:
    """Word a value as somebody does who edits the files: the command line, mail to the team."""
    if isinstance(named, ForAdministrator):
        return named.words
    if isinstance(named, TextFile):
        return Text("{name}", {"name": named.name})
    *tables, key = named.path.split(".")
    if not tables and key in _LISTS | _TABLES:
        tables, key = [key], ""
    written = f"{key} = {_as_toml(named.value)}" if named.value else key
    if not tables or (key and tables[0] == "steps"):  # the place of a problem says which step
        return Text(written.replace("{", "{{").replace("}", "}}"))
    table = f"[[{tables[0]}]]" if tables[0] in _LISTS else f"[{'.'.join(tables)}]"
    return _("{key} under {table}", key=written, table=table) if key else Text(table)


def _as_toml(value: object) -> str:
    return "…" if value == "…" else json.dumps(value, ensure_ascii=False)


def say(
    text: Text,
    translations: NullTranslations,
    *,
    worded: Callable[[WordedByDoor], Text] = as_in_file,
    quoted: Callable[[Quoted], str] = str,
) -> str:
    """Translate `text`, and the texts among its values, into the language of `translations`.

    `worded` is how the door that shows it words what each door words in its own way, and `quoted`
    how it shows the words of another program; a value called `reply` is what a server said.
    """
    said = partial(_said, translations=translations, worded=worded, quoted=quoted)
    count = text.values.get("count")
    if text.plural is not None and isinstance(count, int):
        sentence = translations.ngettext(text.sentence, text.plural, count)
    else:
        sentence = translations.gettext(text.sentence)
    filled = {name: said(_as_quoted(name, value)) for name, value in text.values.items()}
    return (_elided(sentence, filled) if "de {" in sentence else sentence).format_map(filled)


def _as_quoted(name: str, value: object) -> object:
    """Return a value; one called `reply` is what a server said, which speaks English."""
    return Quoted(value) if name == "reply" and isinstance(value, str) else value


_ELIDABLE = re.compile(r"\b([Dd])e \{(\w+)\}")
_BEFORE_VOWEL = re.compile(r"(?!onz|oui|ya|yé|yo|ye)[aeiouy]", re.IGNORECASE)


def _elided(sentence: str, said: Mapping[str, object]) -> str:
    """Return a French sentence with `d’` before a value that begins with a vowel: `d’Amina`.

    Before an `h` it stays, which some names breathe and some do not.
    """

    def before(found: re.Match[str]) -> str:
        value = unicodedata.normalize("NFD", str(said.get(found[2], "")))
        return f"{found[1]}’{{{found[2]}}}" if _BEFORE_VOWEL.match(value) else found[0]

    return _ELIDABLE.sub(before, sentence)


def _said(
    value: object,
    translations: NullTranslations,
    worded: Callable[[WordedByDoor], Text],
    quoted: Callable[[Quoted], str],
) -> object:
    match value:
        case Text():
            return say(value, translations, worded=worded, quoted=quoted)
        case FactKey() | ForAdministrator() | TextFile():
            return say(worded(value), translations, worded=worded, quoted=quoted)
        case Quoted():
            return quoted(value)
        case datetime():
            return f"{value:{translations.gettext(INSTANT)}}"
        case tuple():
            between = translations.gettext(BETWEEN)
            said = (_said(each, translations, worded, quoted) for each in value)
            return between.join(map(str, said))
        case _:
            return value


def said_row(
    row: Iterable[Text | str | int], say: Callable[[Text | str], str]
) -> tuple[str | int, ...]:
    """Return the cells of a row of a table as they are shown; a number stays one."""
    return tuple(cell if isinstance(cell, int) else say(cell) for cell in row)


NOTE_BEGINS = '{"sentence": '
"""How each note begins; what stands before it in a detail of the journal is no part of it."""


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
        case FactKey() | TextFile() | ForAdministrator() | Quoted():
            return _noted_words(value)
        case tuple():
            return {"several": [_noted(each) for each in value]}
        case datetime():
            return {"instant": value.isoformat()}
        case _:
            return value if isinstance(value, int) else str(value)


def _noted_words(value: WordedByDoor | Quoted) -> object:
    match value:
        case FactKey():
            return {"key": value.path, "value": value.value}
        case TextFile():
            return {"text_file": value.name}
        case ForAdministrator():
            return {"administrator": _noted(value.words)}
        case Quoted():
            return {"quoted": value.words, "language": value.language}


def _kept(value: object) -> object:
    match value:
        case {"sentence": str(sentence), "plural": plural, "values": dict(values)}:
            return Text(sentence, {name: _kept(each) for name, each in values.items()}, plural)
        case {"several": list(each)}:
            return tuple(map(_kept, each))
        case {"instant": str(instant)}:
            return datetime.fromisoformat(instant)
        case _:
            return _kept_words(value)


def _kept_words(value: object) -> object:
    match value:
        case {"key": str(path), "value": str() | bool() | list() as written}:
            return FactKey(path, tuple(written) if isinstance(written, list) else written)
        case {"text_file": str(name)}:
            return TextFile(name)
        case {"administrator": noted} if isinstance(words := _kept(noted), Text):
            return ForAdministrator(words)
        case {"quoted": str(words), "language": str(language)}:
            return Quoted(words, language)
        case _:
            return value
