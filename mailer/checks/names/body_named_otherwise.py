"""Is every institution called by one name within a text?"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Finding, Findings, _, note
from mailer.checks.reading.names.abbreviations import NameOfShort, expanded
from mailer.checks.reading.names.bodies import (
    BodyInText,
    bodies,
    bodies_with_purpose,
    is_spelt_otherwise,
    stem,
    words_of,
)
from mailer.checks.reading.names.heads import heads_of_two
from mailer.checks.reading.names.named_again import named_again, unfitting
from mailer.checks.reading.names.second_names import second_names
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.errors import Place
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Names are sacred to whoever bears them, and a desk asks whether these are two.")
SOURCE = sources.PRACTICE

_QUALIFIER = matches(in_any_language(lambda phrases: phrases.qualifier))
_EXCHANGED = matches(in_any_language(lambda phrases: phrases.exchanged_bodies))
_SLIP = 0.88
"""From this likeness on, one word is a slip of the other: `harbor`, `harbour`."""
_SHORTEST = 4
_ROOT, _ENDING = 4, 4
"""With so many letters at least, and but for so many at the end, two words have one root."""
_FORMED_ROOT = 5
_LEAST_IN_ORDER = 3
_LONG_NAME = 5
_LETTERS = re.compile(r"[^\W_]+")
_LONG_ROOT = 6
"""So many letters that two words share are one root where one stands for the other: `symphonic`."""
_LINK = r"(?:à|en|au|aux|de|du|des|sur|pour|of|for|in|on|at)"
_TAIL = re.compile(rf" (?P<link>{_LINK}) (?P<last>[A-ZÀ-ÖØ-Þ][\w-]+)")
_AKIN = [
    re.compile(f"(?i:{words})")
    for language in LANGUAGES
    if language.phrases
    for words in language.phrases.akin_words
]


def check(draft: Draft) -> Findings:
    """Yield a note for a name that is almost one that the text has used before.

    They may be two bodies all the same. `name-written-otherwise` compares with official names.
    """
    official = {tuple(words_of(name)) for name in _official(draft)}
    # Without a folder, partners are read in the text itself, which may name one of them twice.
    kept = official if draft.campaign.slug else set()
    for passage in messages(draft):
        if passage.part is PassagePart.TEXT:
            yield from _of_one_abbreviation(passage)
            yield from _linked_otherwise(passage)
            yield from _in_other_number(passage)
            yield from _named_again(passage, kept)
        known: list[BodyInText] = []
        for body in _named(passage) if passage.part is PassagePart.TEXT else ():
            said = words_of(body.name)
            if same := next((each for each in known if words_of(each.name) == said), None):
                if is_spelt_otherwise(same.name, body.name):
                    yield _spelt(passage.at(body.start), body.name, same.name)
                continue
            other = next((each for each in known if _is_almost(each.words, body.words)), None)
            known.append(body)
            if other and tuple(said) not in official:
                yield _two(passage, body, other.name)


def _of_one_abbreviation(passage: Passage) -> Iterator[Finding]:
    """Yield a note for a second name of an abbreviation that is more than a shorter form."""
    first: dict[str, NameOfShort] = {}
    for told in expanded(passage):
        other = first.setdefault(told.short, told)
        shorter, longer = sorted((set(told.words), set(other.words)), key=len)
        if not shorter <= longer and not _is_almost(other.words, told.words):
            yield _spelt(passage.at(told.start), f"{told.name} ({told.short})", other.name)


def _linked_otherwise(passage: Passage) -> Iterator[Finding]:
    """Yield a note for the name of an association whose small words are others elsewhere: `Naître en
    Brévenne`, `Naître à Brévenne`.
    """
    text = without_quotations(passage.text)
    for body in bodies(passage):
        _kind, *rest = body.name.split()
        tail = _TAIL.match(text, body.end)
        if len(rest) != 1 or not tail or not (_kind[0].islower() and rest[0][0].isupper()):
            continue
        name = f"{rest[0]} {tail['link']} {tail['last']}"
        same = rf"(?<!\w){re.escape(rest[0])} {_LINK} {re.escape(tail['last'])}(?![\w-])"
        for found in re.finditer(same, text):
            if found[0] != name:
                yield _spelt(passage.at(found.start()), found[0], name)


def _in_other_number(passage: Passage) -> Iterator[Finding]:
    """Yield a note for words with a small letter that are a long name, but for a plural: `le centre
    de recherches sur la neige`.
    """
    words = list(_LETTERS.finditer(without_quotations(passage.text)))
    said = [folded(it[0]) for it in words]
    stems = [stem(it) for it in said]
    for name in dict.fromkeys(it.name for it in bodies_with_purpose(passage)):
        wanted = words_of(name)
        count = len(wanted)
        for at in range(len(words) - count + 1 if count >= _LONG_NAME else 0):
            is_same = stems[at : at + count] == [stem(it) for it in wanted]
            if is_same and said[at : at + count] != wanted and words[at][0][0].islower():
                start, end = words[at].start(), words[at + count - 1].end()
                yield _spelt(passage.at(start), passage.text[start:end], name)


def _named(passage: Passage) -> Iterator[BodyInText]:
    """Yield the bodies of a text, each as it is, then with what it is for."""
    longer = {body.start: body for body in bodies_with_purpose(passage)}
    for body in bodies(passage):
        yield body
        if (purposeful := longer.get(body.start)) and purposeful.name != body.name:
            yield purposeful


def _named_again(passage: Passage, official: set[tuple[str, ...]]) -> Iterator[Finding]:
    """Yield a note for a second body of one kind that the text tells of as of the first."""
    for body, other in named_again(passage):
        if tuple(words_of(body.name)) not in official:
            yield _two(passage, body, other.name)
    for body, name in second_names(passage):
        if tuple(words_of(body.name)) not in official:
            yield _two(passage, body, name)
    for body, name in heads_of_two(passage):
        if tuple(words_of(body.name)) not in official:
            yield _two(passage, body, name)
    for short, body in unfitting(passage):
        yield note(
            passage.at(body.start),
            what=_("“{short}” does not fit “{name}”.", short=short, name=body.name),
            why=WHY,
            remedy=_("Correct the name or its initials."),
        )


def _two(passage: Passage, body: BodyInText, name: str) -> Finding:
    return note(
        passage.at(body.start),
        what=_("“{words}” and “{name}”: are these two bodies, or one?", words=body.name, name=name),
        why=WHY,
        remedy=_(
            "Write one name everywhere, or allow this one: {fact}.", fact=FactKey("short_names")
        ),
    )


def _spelt(where: Place, words: str, name: str) -> Finding:
    return note(
        where,
        what=_("“{words}” is called “{name}” elsewhere.", words=words, name=name),
        why=WHY,
        remedy=_(
            "Write one name everywhere, or allow this one: {fact}.", fact=FactKey("short_names")
        ),
    )


def _official(draft: Draft) -> Sequence[str]:
    campaign = draft.campaign
    return (*campaign.short_names, *(partner.name for partner in campaign.partners))


def _is_almost(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names differ in number, order, one slip, or one small word."""
    if sorted(one) == sorted(other):
        return len(one) > 1
    if len(one) == len(other) > 1:
        firsts, seconds = list(one), list(other)
        for word in one:
            if word in seconds:
                firsts.remove(word)
                seconds.remove(word)
        if len(firsts) != 1:
            return False
        (first,), (second,) = firsts, seconds
        if one.index(first) != other.index(second):
            return _are_akin(first, second)  # `Regional Society`, `Society of the Region`
        is_last = one[-1] == first  # often a place: `Université de Nantes`
        ways = (_is_slip, _are_exchanged, _mean_one, *(() if is_last else (_are_formed,)))
        return any(ask(first, second) for ask in ways)
    shorter, longer = sorted((one, other), key=len)
    extra = [word for word in longer if word not in shorter]
    if len(extra) == 1 and len(longer) - len(shorter) == 1 and len(shorter) >= _LEAST_IN_ORDER:
        in_order = [word for word in longer if word in shorter] == list(shorter)
        if set(shorter) < set(longer) and not in_order:
            return True  # `Leeds Maritime Museum`, `Leeds Museum of Maritime History`
    return (
        len(extra) == 1
        and len(shorter) > 1
        and [word for word in longer if word in shorter] == list(shorter)
        and bool(_QUALIFIER.fullmatch(extra[0]))
    )


def _are_akin(one: str, other: str) -> bool:
    """Return whether two words have one root or mean one thing: `region`, `regional`."""
    shorter, longer = sorted((one, other), key=len)
    root = max(_ROOT, len(shorter) - _ENDING)
    return longer.startswith(shorter[:root]) or _mean_one(one, other)


def _are_formed(one: str, other: str) -> bool:
    """Return whether two words in the same place have one root: `océanique`, `océanographie`."""
    shorter, longer = sorted((one, other), key=len)
    root = max(_FORMED_ROOT, len(shorter) - _ENDING)
    return len(shorter) >= _FORMED_ROOT and longer.startswith(shorter[:root])


def _mean_one(one: str, other: str) -> bool:
    return any(it.fullmatch(one) and it.fullmatch(other) for it in _AKIN)


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST or not shorter.isalpha():
        return False
    grown = longer.startswith(shorter) and len(longer) - len(shorter) <= 2
    root = max(_LONG_ROOT, len(longer) - 3)
    is_formed_otherwise = len(shorter) >= root and one[:root] == other[:root]
    return grown or is_formed_otherwise or SequenceMatcher(None, one, other).ratio() >= _SLIP


def _are_exchanged(one: str, other: str) -> bool:
    return bool(_EXCHANGED.fullmatch(one) and _EXCHANGED.fullmatch(other))
