"""What authors write for blocks and keys, in every language of the program.

Accents, capitals and hyphens do not matter: `À propos`, `a-propos` and `about` name one block.
"""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import nearest
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.kinds import LANGUAGE, NAMES, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mailer.render.markdown.press_blocks.kinds import BlockKind, Key
    from mailer.wording import Text

_MOST_WORDS = 4
"""How many words the longest name of a block has."""
_LONGEST_KEY = 40
_MISTYPED = 0.85
"""How alike a mistyped word and the key are, by `difflib`."""
_BLANKS = str.maketrans({"’": "'", "-": " ", "\u00a0": " ", "\u202f": " ", "_": " "})


class Opening(NamedTuple):
    """The first line of a block: its name (empty when there is none such) and its title."""

    name: str
    title: str
    typed: str


def folded(text: str) -> str:
    """Return a word without accents, capitals, hyphens and double spaces."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(it for it in decomposed if not unicodedata.combining(it))
    return " ".join(plain.translate(_BLANKS).split())


def opening_of(line: str) -> Opening | None:
    """Return the name and title of a line such as `::: chiffres clés Le réseau`; None for others.

    The longest name that begins the line counts.
    """
    if not line.startswith(":::"):
        return None
    rest = line.lstrip(":").strip()
    words = rest.split(None, _MOST_WORDS)
    if not words or not any(letter.isalpha() for letter in words[0]):
        return None
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        name = _block_names().get(folded(" ".join(words[:count]).rstrip(":")))
        if name:
            title = rest.split(None, count)[count:]
            return Opening(name, title[0].lstrip(":–— ").strip() if title else "", rest)
    if language_code(words[0]):
        return Opening(LANGUAGE, rest, rest)
    return Opening("", "", words[0])


def nearest_block(typed: str) -> Text:
    """Return the remedy for a word that names no block."""
    return _nearest(typed, _words_of_blocks(), _words_of_blocks())


def key_of(kind: BlockKind, typed: str, *, is_in_entry: bool) -> Key | None:
    """Return the key that `typed` means in an entry of a block, or in the whole block."""
    return _keys(kind, is_in_entry).get(folded(typed)) if len(typed) <= _LONGEST_KEY else None


def nearest_key(kind: BlockKind, typed: str) -> Text:
    """Return the remedy for a word before a colon that is no key of a block."""
    return _nearest(typed, _words_of_keys(kind), first_key_words(kind))


def is_nearly_key(kind: BlockKind, typed: str) -> bool:
    """Return whether a word is but a letter away from a key of a block."""
    known = map(folded, _words_of_keys(kind))
    return bool(get_close_matches(folded(typed), known, n=1, cutoff=_MISTYPED))


def _nearest(typed: str, known: Iterable[str], shown: Sequence[str]) -> Text:
    """Return the remedy for a word: the closest of `known` as it is spelt, else all of `shown`."""
    spelt = {folded(word): word for word in reversed([*known])}
    close = get_close_matches(folded(typed), spelt, n=1)
    return nearest(typed, [spelt[it] for it in close] or shown)


def first_key_words(kind: BlockKind) -> tuple[str, ...]:
    """Return one word of each language for each key of a block, to be shown to its author."""
    keys = (*kind.entry_keys, *kind.keys) or kind.head_keys
    return tuple(
        dict.fromkeys(
            language.block_words.keys.get(key.name, key.name).split(", ")[0]
            for key in keys
            for language in LANGUAGES
            if language.block_words
        )
    )


def is_picture_line(kind: BlockKind, typed: str) -> bool:
    """Return whether a key names a picture, in an entry of the block or in the whole."""
    keys = (key_of(kind, typed, is_in_entry=is_in_entry) for is_in_entry in (True, False))
    return any(key is not None and key.kind is ValueKind.PICTURE for key in keys)


def language_code(name: str) -> str:
    """Return the code of a language by its code or one of its names; empty for others."""
    wanted = folded(name)
    return next((it.code for it in LANGUAGES if wanted in {it.code, *map(folded, it.names)}), "")


@cache
def _block_names() -> Mapping[str, str]:
    found = {folded(name): name for name in NAMES}
    for language in LANGUAGES:
        for name, words in language.block_words.names.items() if language.block_words else ():
            found |= {word: name for word in map(folded, words.split(", ")) if word not in found}
    return found


def _words_of_blocks() -> tuple[str, ...]:
    written = [it.block_words.names.values() for it in LANGUAGES if it.block_words]
    return tuple(word for names in written for words in names for word in words.split(", "))


@cache
def _keys(kind: BlockKind, is_in_entry: bool) -> Mapping[str, Key]:  # noqa: FBT001 - cached by position
    keys = (*kind.head_keys, *kind.entry_keys) if is_in_entry else kind.keys
    return {folded(word): key for key in keys for word in _words_of(key)}


def _words_of_keys(kind: BlockKind) -> tuple[str, ...]:
    keys = (*kind.head_keys, *kind.entry_keys, *kind.keys)
    return tuple(dict.fromkeys(word for key in keys for word in _words_of(key)))


def _words_of(key: Key) -> Iterator[str]:
    for language in LANGUAGES:
        if language.block_words and key.name in language.block_words.keys:
            yield from language.block_words.keys[key.name].split(", ")
