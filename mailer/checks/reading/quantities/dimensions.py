"""Find units that are not those of what is measured: `a surface of 300 metres`, `8 MW a year`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.numbers import NUMBER
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS = {
    "speed": r"km/h|m/s|mph|(?:kilom[eè]tres?|kilometers?|miles?) (?:an hour|per hour|à l[’']heure|par heure)|knots|nœuds",
    "volume": r"m³|m3|lit(?:re|er)s?|cubic (?:met(?:re|er)s?|feet)|mètres? cubes?|hectolitres?|hl",
    "area": r"k?m²|k?m2|square (?:kilo)?met(?:re|er)s?|square (?:miles?|feet)|(?:kilo)?mètres? carrés?|hectares?|ha|acres?",
    "far": r"light[ -]years?|années?-lumières?",
    "energy": r"[kMGT]?Wh|(?:kilo|m[eé]ga|giga|t[eé]ra)?watts?[ -]?(?:hours?|heures?)|[kMG]?[jJ]oules?",
    "power": r"[kMGT]W|(?:kilo|m[eé]ga|giga)?watts?",
    "length": r"[kcm]?m|(?:kilo|centi|milli)?met(?:re|er)s?|(?:kilo|centi|milli)?mètres?|miles?|feet|yards?",
    "weight": r"[km]?g|(?:kilo|milli)?gram(?:me)?s?|kilos?|tonnes?|tons?",
    "temperature": r"°[ \u00a0]?[CF]|degrees?(?: celsius)?|degrés?",
    "time": r"(?:years?|ans|années?|months?|mois|weeks?|semaines?|days?|jours?|hours?|heures?|minutes?|min|seconds?|secondes?)",
}
"""What each unit measures, the longer names of a sort first."""
_ALSO = {"length": {"length", "far", "time"}}
"""A distance is also told in light years, and in hours on foot."""
_UNIT = "|".join(f"(?P<{kind}>{words})" for kind, words in _UNITS.items())
_SCALE = r"(?:(?:millions?|milliards?|billions?)[ \u00a0](?:de[ \u00a0]|d[’'])?)?"
_QUANTITY = rf"(?P<quantity>(?:{NUMBER})[ \u00a0\u202f-]?{_SCALE}(?:{_UNIT}))(?![\w²³/-]|[ \u00a0](?:carré|cube))"
_ABOUT = (
    f"(?:(?:{in_any_language(lambda phrases: phrases.about)}|"
    f"{in_any_language(lambda phrases: phrases.at_least)})[ \u00a0])?"
)
_ELSEWHERE = in_any_language(lambda phrases: phrases.measures_else)


class WrongUnit(NamedTuple):
    """A quantity whose unit is not that of what it is told to be, and where it begins."""

    words: str
    start: int


def wrong_units(text: str) -> Iterator[WrongUnit]:
    """Yield the quantities behind the name of what they are not, and those that nothing is."""
    for kind, pattern in _TOLD.items():
        for found in pattern.finditer(text):
            unit = next(it for it in _UNITS if found[it])
            if unit not in _ALSO.get(kind, {kind}):
                yield WrongUnit(_quoted(found["quantity"]), found.start("quantity"))
    for found in _NOTHING.finditer(text):
        yield WrongUnit(_quoted(found[0]), found.start())


def _quoted(words: str) -> str:
    return " ".join(words.split())


def _told(words: str) -> RarePattern:
    """Return what finds a quantity that a sentence tells to be the size of such a thing."""
    link = in_any_language(lambda phrases: phrases.measures_as)
    return RarePattern(
        rf"(?<!\w)(?i:{words})(?!\w)(?:(?:[ \u00a0][^.,;:()\d\n]{{0,40}}?)?[ \u00a0]?{link})?[ \u00a0]?(?<=[ \u00a0’':])"
        rf"{_ABOUT}{_QUANTITY}(?![ \u00a0](?:{_ELSEWHERE})(?!\w))",
        sign=rf"(?<!\w)(?i:{words})(?!\w)",
    )


def _words_for() -> dict[str, str]:
    kinds: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for kind, words in (language.phrases.measured_things if language.phrases else {}).items():
            kinds.setdefault(kind, []).append(words)
    return {kind: "|".join(words) for kind, words in kinds.items()}


_TOLD = {kind: _told(words) for kind, words in _words_for().items()}
_PER_TIME = in_any_language(lambda phrases: phrases.per_time)
_NOTHING = RarePattern(
    rf"(?<![\w.,])(?:{NUMBER})[ \u00a0\u202f]?{_SCALE}"
    rf"(?:(?:{_UNITS['power']})(?:[ \u00a0]{_PER_TIME}|/h)|(?:{_UNITS['far']})[ \u00a0]{_PER_TIME})(?!\w)",
    sign=r"[kMGT]W|(?:W|watts?)[ \u00a0/]|light|lumi",
)
"""A power in so much time, and a speed in light years."""
