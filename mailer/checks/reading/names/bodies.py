"""Find the names of bodies in prose: institutes, foundations, councils."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import language_of
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_WORD = r"[^\W\d_][\w-]*(?:[’'](?=\w)[\w-]+)?"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w-]*(?:[’'](?=\w)[\w-]+)?"
LINK = r"(?:de la|de l[’']|d[’']|l[’']|des|du|de|aux|of the|of|for the|for|in the|in(?=\s+[A-ZÀ-Ý]))(?:(?<=[’'])|\s+)"
_PURPOSE = r"(?:(?:pour|sur)\s+(?:l[’']|la\s+|le\s+|les\s+|des\s+)?|(?:on|against|contre)\s+(?:the\s+|l[’']|la\s+|le\s+|les\s+)?)"
ADJECTIVE = r"(?:français|(?!parfois|toutefois|autrefois)[a-zà-ÿ]{3,}(?:ois|oises?|aises?|nnais|onnes?))(?!\w)|(?!(?:gives|lives|drives|arrives|receives|achieves)\b)[a-zà-ÿ]+(?:al|ales?|aux|ien|iennes?|iques?|ifs?|ives?|aires?|iers?|ières?|els?|elles?|éens?|éennes?)(?!\w)"
_BEFORE = rf"(?:(?!(?:The|A|An|In|At|With|From|Of|Les?|La|Aux?|Du|Des|Une?|À|Dans|Avec|Pour|Nos|Notre|Ce|Cette|Le)\s){_CAPITAL}(?:[^\S\n]+|\n(?=\S))){{0,4}}"
_TAIL = rf"(?:(?:[^\S\n]+|\n(?=\S))(?:{LINK}{_WORD}|{_CAPITAL}|\d+(?!\w)|{ADJECTIVE}))"
LINKING = frozenset(
    {
        "a",
        "and",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "et",
        "for",
        "in",
        "l",
        "la",
        "le",
        "les",
        "of",
        "on",
        "pour",
        "s",
        "sur",
        "the",
    }
)
"""Words that link those of a name, without accents and capitals."""


@dataclass(frozen=True, slots=True)
class BodyInText:
    """The name of a body, and where it begins and ends in its passage."""

    name: str
    start: int
    end: int

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, folded, without linking words and plural endings."""
        return tuple(stem(word) for word in words_of(self.name) if word not in LINKING)


_FOLDED = 50
"""Signs of a line that goes on in the next one."""


def bodies(passage: Passage) -> tuple[BodyInText, ...]:
    """Return the bodies that a text names outside quotations.

    After a kind in small letters, a capital must follow: `la compagnie Les Marées`.
    """
    return _bodies(passage.text, passage.language)


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def _bodies(text: str, language: str, *, is_for_something: bool = False) -> tuple[BodyInText, ...]:
    pattern = _pattern(language, is_for_something=is_for_something)
    return tuple(_named(pattern, without_quotations(text))) if pattern else ()


def _named(pattern: re.Pattern[str], text: str) -> Iterator[BodyInText]:
    for found in pattern.finditer(text):
        name = _on_its_line(text, found)
        rest = name if name[0].isupper() else name.partition(" ")[2]
        if len(name.split()) > 1 and re.search(r"[A-ZÀ-ÖØ-Þ]", rest):
            start = found.start("name")
            yield BodyInText(" ".join(name.split()), start, start + len(name))


def _on_its_line(text: str, found: re.Match[str]) -> str:
    """Return the name up to the end of a line that is too short to be folded: a heading, above who
    begins the next one.
    """
    line, _break, rest = found["name"].partition("\n")
    begin = text.rfind("\n", 0, found.start()) + 1
    is_folded = found.start("name") + len(line) - begin >= _FOLDED
    return found["name"] if is_folded or not rest else line.rstrip()


def bodies_with_purpose(passage: Passage) -> tuple[BodyInText, ...]:
    """Return the bodies that a text names, with all words about their purpose.

    In `Fondation Roy pour l’art` the purpose is part of the name. But such words may also belong
    to the sentence, so `bodies` takes only those that follow the kind of the body at once.
    """
    return _bodies(passage.text, passage.language, is_for_something=True)


def words_of(name: str) -> list[str]:
    """Return the words of a name without accents and capitals."""
    return re.findall(r"[^\W_]+", folded(name))


def is_spelt_otherwise(one: str, other: str) -> bool:
    """Return whether two names differ in accents or capitals only, but for the first capital.

    A name in capitals only, as in a headline, differs from none.
    """
    if words_of(one) != words_of(other) or one.isupper() or other.isupper():
        return False
    firsts, seconds = (re.findall(r"[^\W_]+", name) for name in (one, other))
    return (firsts[0].casefold(), firsts[1:]) != (seconds[0].casefold(), seconds[1:])


def stem(word: str) -> str:
    """Return a folded word without its plural ending: `canal` and `canaux` have the same stem."""
    return re.sub(r"a[ul]\Z", "a", word.rstrip("sx")) or word


@cache
def _pattern(language: str, *, is_for_something: bool) -> re.Pattern[str] | None:
    release, phrases = language_of(language).release, language_of(language).phrases
    if release is None:
        return None
    kind = f"{release.institution}|{phrases.other_bodies}" if phrases else release.institution
    kind = f"{kind}|{folded(kind)}"  # the accents of capitals are often left out: `Ecole`
    purpose = rf"\s+(?:{_PURPOSE}{_WORD}|and\s+(?=[A-ZÀ-Þ]){_WORD}|et\s+{LINK}{_WORD})"
    only = rf"\s+{_PURPOSE}{_WORD}"
    tail = rf"(?:{_TAIL}|{purpose})*" if is_for_something else rf"(?:{only})?{_TAIL}*"
    return re.compile(rf"(?<!\w)(?P<name>{_BEFORE}(?i:{kind})(?:s(?!\w)|(?!\w)){tail})")
