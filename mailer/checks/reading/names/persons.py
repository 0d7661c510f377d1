"""Find the people whom a text names, and tell whether two names are almost one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.bodies import bodies
from mailer.checks.reading.texts.prose import ARTICLE
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.checks.reading.texts.prose import Passage

_SPACE = "[ \u00a0]"
_PART = r"(?=[\w’'-]*[a-zà-öø-ÿœ])[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
_PARTICLE = (
    rf"(?:d[’']|(?:de{_SPACE}la|de|du|des|van{_SPACE}(?:der|den|de)|van|von|di|da){_SPACE}"
    rf"|(?:Le|La|De|Du|Des|Van|Von|Di|Da|Mc|Mac|O|St|Ben|El){_SPACE})"
)
_LAST = rf"{_PARTICLE}?{_PART}"
# The last name is looked ahead for, so that `Selon Claire Delmas` is found by its second word too.
_PERSON = re.compile(
    rf"(?:(?<![\w’'-])|(?<=(?<!\w)[dDlL][’']))(?P<first>{_PART})(?={_SPACE}+(?P<last>{_LAST})(?![\w-])(?:{_SPACE}+(?P<third>{_PART})(?![\w-]))?)"
)
_TITLE = (
    r"(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Prof\.?|Professor|Doctor|Docteure?|Sir|Dame)"
)
_TITLED = re.compile(
    rf"(?<![\w’'-])(?:{_TITLE}{_SPACE}+|[A-Z]\.(?:[ -]?[A-Z]\.)?{_SPACE}?)(?P<last>{_LAST})(?![\w-]|{_SPACE}+{_PART})"
    rf"|(?<![\w’'-])(?P<cited>{_LAST}){_SPACE}[A-Z]\.(?=[ ,;:]|\Z)"
)
"""A last name behind a title or an initial, or before one: `Arkwright H. et al.`"""
_KNOWN = [it for it in LANGUAGES if it.release and it.phrases]
_BODIES = "|".join(
    f"{it.release.institution}|{it.release.street}|{it.phrases.other_bodies}|{it.phrases.measured}"
    for it in _KNOWN
    if it.release and it.phrases
)
_PLACES = "|".join(f"{it.phrases.venue}|{it.phrases.press}" for it in _KNOWN if it.phrases)
_ALONE = re.compile(
    rf"(?:^|(?<=[a-zà-öø-ÿœ,.!?»”]{_SPACE})|(?<=(?<!\w)[dDlL][’']))(?={_PART})[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ-]{{5,}}"
    rf"(?![\w-]|[’'](?!s\b)|{_SPACE}+[A-ZÀ-ÖØ-Þ])",
    re.MULTILINE,
)
_SHORTEST_ALONE = 6
_IN_CAPITALS = re.compile(rf"(?<=[a-zà-öø-ÿœ]{_SPACE})[A-ZÀ-ÖØ-Þ]{{3,}}(?![\w-])")
_CALLED = re.compile(rf"(?<!\w)[a-zà-öø-ÿœ]{{5,}}{_SPACE}\Z")
"""Before the name of somebody within that of a thing: `opéra de la compositrice Adélaïde Wintzer`."""
_NO_LAST = re.compile(rf"{ARTICLE}|{_TITLE}|(?i:{_BODIES})")
_NO_FIRST = re.compile(rf"{ARTICLE}|{_TITLE}|(?i:{_BODIES}|{_PLACES})")
_SLIP = 0.8
_TWO_SLIPS = 0.75
"""How alike each part is where both differ, or a last name whose first name is the same."""
_LETTERS = 2
_SHORTEST = 4
_SHORTEST_OF_ONE_MORE = 3
_SOUNDS = (
    ("ph", "f"), ("v", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"), (r"c(?=[aorlu]|\Z)", "k"),
    (r"c(?=[ei])", "s"), ("y", "i"), ("z", "s"), ("eau|au", "o"), ("ai|ei", "e"), ("h", ""), (r"ie\Z", "i"),
    (r"(.)\1", r"\1"),
)  # fmt: skip
"""Letters that are heard alike."""


class PersonInText(NamedTuple):
    """A first and a last name as a text has them; the first is empty after a title."""

    first: str
    last: str
    start: int
    third: str = ""
    """A further word with a capital, which may be part of the name: `Claire Martin Duval`."""

    @property
    def name(self) -> str:
        """The name as written."""
        return f"{self.first} {self.last}".strip()

    @property
    def forms(self) -> tuple[str, ...]:
        """The name, and the longer one that it may be the beginning of."""
        return (self.name, f"{self.name} {self.third}") if self.third else (self.name,)


def persons(passage: Passage, *, is_everywhere: bool = False) -> Iterator[PersonInText]:
    """Yield the people of a text outside bodies and places, in its order; where they are asked for,
    those in quotations and in names of things too.
    """
    text = _in_small(passage.text) if is_everywhere else without_quotations(passage.text)
    spans = [(body.start, body.end) for body in bodies(passage)]
    for found in _PERSON.finditer(text):
        is_other = _NO_FIRST.fullmatch(found["first"]) or _NO_LAST.fullmatch(found["last"])
        is_body = any(start <= found.start() < end for start, end in spans)
        if not is_other and (
            not is_body or (is_everywhere and _CALLED.search(text, *_before(found)))
        ):
            yield PersonInText(
                found["first"], _flat(found["last"]), found.start(), found["third"] or ""
            )
    for found in _TITLED.finditer(text):
        last = found["last"] or found["cited"]
        if not _NO_LAST.fullmatch(last):
            yield PersonInText("", _flat(last), found.start())


def _in_small(text: str) -> str:
    """Return a text, as long as it is, with last names in capitals as all others."""
    return _IN_CAPITALS.sub(lambda found: found[0][0] + found[0][1:].lower(), text)


def _before(found: re.Match[str]) -> tuple[int, int]:
    return max(0, found.start() - 20), found.start()


def alone(passage: Passage, people: Sequence[PersonInText]) -> Iterator[PersonInText]:
    """Yield the words that are almost the last name of one of these people, and stand within a
    sentence without a first name: `le legs Wintzner`.
    """
    named = {part for it in people for part in (it.first, *it.last.split(), it.third)}
    for found in _ALONE.finditer(passage.text):
        if found[0] not in named:
            yield PersonInText("", found[0], found.start())


def is_slip_of(name: str, last: str) -> bool:
    """Return whether a name is a last name with one letter wrong, too many or too few within it."""
    one, other = _joined(name), _joined(last)
    if min(len(one), len(other)) < _SHORTEST_ALONE or one[0] != other[0]:
        return False
    is_longer = one.startswith(other) or other.startswith(one)  # `Breton`, `Bretons`
    if one != other and not is_longer and _sound(name) == _sound(last):
        return True
    return is_one_letter_off(name, last) or (not is_longer and _has_one_more(one, other))


def is_almost(one: PersonInText, other: PersonInText) -> bool:
    """Return whether one part of two names is the same and the other a slip, or their parts are
    joined or accented otherwise.
    """
    if not other.first:
        return _joined(one.last) != _joined(other.last) and _sounds_or_slips(one.last, other.last)
    same = [
        _joined(first) == _joined(second) for first, second in zip(one[:2], other[:2], strict=True)
    ]
    if all(same):
        return one.name != other.name
    if not any(same):
        return all(
            _sound(first) == _sound(second) or _is_slip(first, second, _TWO_SLIPS)
            for first, second in zip(one[:2], other[:2], strict=True)
        )
    if same[1]:
        return _is_first_name_slip(one.first, other.first)
    return _sounds_or_slips(one.last, other.last, _TWO_SLIPS) or _begin_alike(one.last, other.last)


def is_one_letter_off(one: str, other: str) -> bool:
    """Return whether two last names are as long and one letter of them is another."""
    first, second = _joined(one), _joined(other)
    return len(first) == len(second) > _SHORTEST and sum(map(str.__ne__, first, second)) == 1


def is_turned_round(one: PersonInText, other: PersonInText) -> bool:
    """Return whether one name has first what the other has last: `Rémi Dauphin`, `Dauphin Rémi`."""
    return bool(one.first) and [_joined(it) for it in one[:2]] == [
        _joined(it) for it in (other.last, other.first)
    ]


def is_joined_otherwise(one: PersonInText, other: PersonInText) -> bool:
    """Return whether two names differ in blanks and hyphens only: `Jean Marc Roy`, `Jean-Marc Roy`."""
    return any(
        _joined(first) == _joined(second) and _plain(first) != _plain(second)
        for first in one.forms
        for second in other.forms
    )


def _begin_alike(one: str, other: str) -> bool:
    """Return whether two last names only end otherwise: `Marlot`, `Marlaud`."""
    first, second = _joined(one), _joined(other)
    return first[:_SHORTEST] == second[:_SHORTEST] and abs(len(first) - len(second)) <= 1


def _is_first_name_slip(one: str, other: str) -> bool:
    """Return whether two first names are one, or the names of a woman and a man that are one."""
    first, second = folded(one), folded(other)
    is_near = abs(len(first) - len(second)) <= 1 and _is_slip(first, second, _SLIP)
    return is_near or _heard(one) == _heard(other) or _has_one_more(first, second)


def _sounds_or_slips(one: str, other: str, least: float = _SLIP) -> bool:
    first, second = _joined(one), _joined(other)
    return (
        _sound(one) == _sound(other)
        or _is_slip(first, second, least)
        or _has_one_more(first, second)
    )


def _is_slip(one: str, other: str, least: float) -> bool:
    first, second = folded(one), folded(other)
    return (
        min(len(first), len(second)) >= _SHORTEST
        and abs(len(first) - len(second)) <= _LETTERS
        and SequenceMatcher(None, first, second).ratio() >= least
    )


def _has_one_more(one: str, other: str) -> bool:
    """Return whether a short name has one letter more than another: `Ann`, `Anne`."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_OF_ONE_MORE and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer))
    )


@cache
def _sound(name: str) -> str:
    said = _joined(name)
    for letters, heard in _SOUNDS:
        said = re.sub(letters, heard, said)
    return said


def _heard(first_name: str) -> str:
    """Return how a first name sounds without the ending of a woman’s."""
    return re.sub(r"[ae]+\Z", "", _sound(first_name))


def _joined(name: str) -> str:
    """Return the letters of a name."""
    return re.sub(r"\W", "", folded(name))


def _plain(name: str) -> str:
    return _flat(name.casefold())


def _flat(name: str) -> str:
    return " ".join(name.split()).replace("'", "’")
