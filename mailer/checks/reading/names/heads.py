"""Find the people who head a body, and tell whether a text gives one of them two bodies.

Who heads a body stands beside its name with what they are: `Léa Roy, directrice de l’Institut`, `le
musée, que dirige Léa Roy`, `Its director is Ruth Ansley`. Two names for the body of one person are
one body under two names more often than two bodies.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.bodies import ADJECTIVE, LINK, LINKING, BodyInText, stem, words_of
from mailer.checks.reading.names.persons import persons
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import SentenceInText, sentences
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.texts.words import WordInText, known_words, words
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.checks.reading.names.persons import PersonInText
    from mailer.checks.reading.texts.prose import Passage

_REACH = 9
"""How many words may stand between a person and what they are."""
_LONGEST, _MOST = 800, 80
"""How long a sentence may be, in signs, and how many people of a text are looked at."""
_FOLDED = 50
"""A line of so many signs may be the first of several."""
_OFTEN = 3
"""How often a text says `chamber` that means one chamber by it."""
_SPACE = "[ \u00a0]"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&-]*"
_ARTICLE = r"(?:L[’']|Les?[ \u00a0]|La[ \u00a0]|The[ \u00a0]|A[ \u00a0])"
_KINDS = "|".join(
    f"{it.release.institution}|{it.release.institution_too}|{it.phrases.other_bodies}"
    for it in LANGUAGES
    if it.release and it.phrases
)
_KIND = rf"(?:{_KINDS})s?(?![\w-])"
_NAME = RarePattern(
    rf"(?:(?<![\w’'-])|(?<=(?<!\w)[dlDL][’']))(?!{_ARTICLE})(?P<name>(?:{_CAPITAL}|{_KIND})"
    rf"(?:{_SPACE}(?:{LINK}(?:{_CAPITAL}|[a-zà-ÿœ-]{{3,}})|{_CAPITAL}|{ADJECTIVE}|[a-zà-ÿœ]{{4,}}(?=[ \u00a0](?:de|du|des|d[’']|of)\b))){{0,8}})"
)
_BEHIND_ARTICLE = re.compile(r"(?i)(?<!\w)(?:l[’']|l[ae][ \u00a0]|the[ \u00a0])\Z")
_KIND_ONLY = RarePattern(rf"(?i:{_KIND})")


class HeadOf(NamedTuple):
    """A person who heads a body, what says so, and the name of the body."""

    person: PersonInText
    role: str
    body: BodyInText
    is_behind: bool
    """Whether the body follows what they are: `dean of the Faculty`."""

    @property
    def words(self) -> frozenset[str]:
        """The words of the body, folded, without those that link them; `Agro-Nord` is one."""
        joined = self.body.name.replace("-", "")
        return frozenset(stem(it) for it in words_of(joined) if it not in LINKING)


def heads_of_two(passage: Passage) -> Iterator[tuple[BodyInText, str]]:
    """Yield the second body that one person heads in a text, with the name of the first one."""
    text = without_quotations(passage.text)
    known: list[HeadOf] = []
    for one in _heads(passage, text):
        if one.is_behind and len(one.words) == 1 and _is_short_form(text, one.body):
            continue  # `dean of the Faculty`
        before = [it for it in known if it.person.name == one.person.name]
        known.append(one)
        other = next((it for it in before if not _are_one(text, it, one)), None)
        if other and not any(_are_one(text, it, one) for it in before):
            yield one.body, other.body.name


def _is_short_form(text: str, body: BodyInText) -> bool:
    """Return whether the only word of a name is a kind that the text says too rarely to mean one
    chamber by `the chamber`.
    """
    has_article = _BEHIND_ARTICLE.search(text, max(0, body.start - 5), body.start)
    is_kind = has_article or _KIND_ONLY.fullmatch(body.name)
    said = words_of(body.name)[-1]
    return bool(is_kind) and sum(it.folded == said for it in words(text)) < _OFTEN


def _are_one(text: str, one: HeadOf, other: HeadOf) -> bool:
    """Return whether two names are forms of one, or the text holds them apart in one sentence."""
    first, second = one.words, other.words
    if first <= second or second <= first or _is_short(first, second) or _is_short(second, first):
        return True
    names = one.body.name, other.body.name
    is_within = names[0] in names[1] or names[1] in names[0]
    return not is_within and any(all(name in it.words for name in names) for it in sentences(text))


def _is_short(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether a name has the initials of another one."""
    initials = sorted(word[0] for word in other)
    return any(len(it) > 1 and sorted(it) == initials for it in one)


def _heads(passage: Passage, text: str) -> Iterator[HeadOf]:
    people = [it for it in islice(persons(passage), _MOST) if it.first]
    before: SentenceInText | None = None
    for sentence in sentences(text):
        end = sentence.start + len(sentence.words)
        inside = [it for it in people if sentence.start <= it.start < end]
        said = words(sentence.words) if inside and len(sentence.words) < _LONGEST else ()
        if not any(it.folded in known_words("once") for it in said):
            for person in inside:
                yield from _of(person, inside, sentence, before, said)
        before = sentence


def _of(
    person: PersonInText,
    people: Sequence[PersonInText],
    sentence: SentenceInText,
    before: SentenceInText | None,
    said: Sequence[WordInText],
) -> Iterator[HeadOf]:
    """Yield the body that a person heads in a sentence: that behind what they are, else the next."""
    at = person.start - sentence.start
    first = sum(it.end <= at for it in said)
    last = first + len(words(person.name))
    others = [it.start - sentence.start for it in people if it is not person]
    for n in sorted(range(len(said)), key=lambda n: min(abs(n - first), abs(n - last + 1))):
        word = said[n]
        is_head = word.folded in known_words("heads")
        if not (is_head or word.folded in known_words("headed")):
            continue
        low, high = sorted((word.start, at))
        is_far = min(abs(n - first), abs(n - last + 1)) > _REACH
        if is_far or any(low < it < high for it in others):
            continue
        behind = _behind(sentence, said, n) if is_head else None
        is_told = {it.folded for it in said[max(0, n - 2) : n]} & known_words("its")
        body = behind
        if behind is None and (is_told or not is_head):
            body = _subject(before) if is_told and n < 3 and before else None
            body = body or _beside(sentence, word, person)
        if body and body.start != person.start:
            yield HeadOf(person, word.folded, body, is_behind=behind is not None)
            return


def _behind(sentence: SentenceInText, said: Sequence[WordInText], n: int) -> BodyInText | None:
    """Return the body behind `directrice générale de`, if one stands there."""
    link = next((it for it in said[n + 1 : n + 4] if it.folded in known_words("of")), None)
    if link is None or re.search(r"[,.;:()]", sentence.words[said[n].end : link.start]):
        return None
    rest = re.compile(r"[ \u00a0\n’']*(?:(?:l[ae]s?|the|société|company|firm)[ \u00a0\n]+|l[’'])*")
    begin = rest.match(sentence.words, link.end)
    found = _NAME.match(sentence.words, begin.end() if begin else link.end)
    return _cut(sentence, found) if found else None


def _beside(sentence: SentenceInText, word: WordInText, person: PersonInText) -> BodyInText | None:
    """Return the nearest body in a sentence that says who heads it."""
    at, end = person.start - sentence.start, person.start - sentence.start + len(person.name)
    every = [
        it for it in _NAME.finditer(sentence.words) if not (it.start() < end and it.end() > at)
    ]
    line = _line_of(sentence.words, word.start)
    named = [it for it in every if it.start() >= line and not _is_said_of_else(it)]
    nearest = min(named, key=lambda it: abs(it.start() - word.start), default=None)
    return _cut(sentence, nearest) if nearest else None


def _line_of(text: str, position: int) -> int:
    """Return where the line of a word begins that stands below a heading; else 0."""
    start = text.rfind("\n", 0, position) + 1
    return start if start - text.rfind("\n", 0, max(0, start - 1)) < _FOLDED else 0


def _no_body() -> frozenset[str]:
    """Return the words that begin no name: `Créée en 2022 par …`."""
    return known_words("headed", "heads", "its", "ends_name")


def _is_said_of_else(found: re.Match[str]) -> bool:
    """Return whether words are not the name of a body: the first word of a sentence, a month."""
    name = found["name"]
    if words(name)[0].folded in _no_body():
        return True
    is_alone = not re.search(r"\s", name)
    return is_alone and (found.start() == 0 or len(name) < 4) and not _KIND_ONLY.fullmatch(name)


def _subject(sentence: SentenceInText) -> BodyInText | None:
    """Return the body that begins a sentence."""
    found = _NAME.search(sentence.words, sentence.words.rfind("\n") + 1)
    is_first = found is not None and len(words(sentence.words[: found.start()])) < 12
    return _cut(sentence, found) if found and is_first else None


def _cut(sentence: SentenceInText, found: re.Match[str]) -> BodyInText | None:
    """Return a name up to the word that ends it: `l’Office des rives qui …`."""
    end = found.end()
    for word in words(found["name"])[1:]:
        if word.folded in known_words("ends_name") and not word.is_capital:
            end = found.start() + word.start
            break
    name = sentence.words[found.start() : end].rstrip(" \u00a0\n’'")
    start = sentence.start + found.start()
    return BodyInText(" ".join(name.split()), start, start + len(name)) if len(name) > 2 else None
