"""Do money and units fit the place, and each unit what it measures?"""

import re
from collections import Counter

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, note
from mailer.checks.reading.names.regions import Region, region_of
from mailer.checks.reading.quantities.amounts import MONEY, amounts
from mailer.checks.reading.quantities.dimensions import WrongUnit, wrong_units
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations

WHY = _("Readers pay and measure otherwise there, and the figure looks copied from elsewhere.")
SOURCE = sources.FACTS

_NUMBER = r"(?<![\w.,])\d[\d.,\u00a0\u202f]*"
_SCALE = r"[ \u00a0]?(?:(?i:millions?|billions?|milliards?)[ \u00a0](?:de[ \u00a0]|d[’'])?)?"
_POUNDS = rf"£[ \u00a0]?\d[\d.,]*|{_NUMBER}{_SCALE}(?:£|pounds\b|livres? sterling\b)"
_POUNDS_OF_MONEY = rf"£[ \u00a0]?\d[\d.,]*|{_NUMBER}(?:£|{_SCALE}(?<=ns )pounds\b|{_SCALE}(?<=n )pounds\b|[ \u00a0]pounds sterling\b)"
"""Where people weigh in pounds, those of money are millions, or sterling."""
_DOLLARS = rf"(?<![A-Z])\$[ \u00a0]?\d[\d.,]*|{_NUMBER}{_SCALE}(?:\$|(?:US )?dollars\b)"
_EUROS = rf"€[ \u00a0]?\d[\d.,]*|{_NUMBER}{_SCALE}(?:€|euros?\b)"
_IMPERIAL = (
    rf"{_NUMBER}[ \u00a0-]?(?:°[ \u00a0]?F\b|{in_any_language(lambda phrases: phrases.imperial)}\b)"
)
_ELSEWHERE = {
    Region.EURO: re.compile(f"{_POUNDS}|{_DOLLARS}|{_IMPERIAL}"),
    Region.BRITISH: re.compile(f"{_DOLLARS}|{_EUROS}"),
    Region.AMERICAN: re.compile(f"{_POUNDS_OF_MONEY}|{_EUROS}"),
}
_HERE = {
    Region.EURO: re.compile(
        r"€|euros?\b|°[ \u00a0]?C|\d[ \u00a0]?(?:km|m|metres?|mètres?|kilom\w+|hectares?)\b"
    ),
    Region.BRITISH: re.compile(r"£|pounds?\b"),
    Region.AMERICAN: re.compile(r"\$|dollars?\b"),
}
_SIGNS = {
    "€": _HERE[Region.EURO],
    "£": _HERE[Region.BRITISH],
    "$": _HERE[Region.AMERICAN],
}
_ABROAD = matches(in_any_language(lambda phrases: phrases.abroad))
_AREA = rf"{_NUMBER}[ \u00a0]?(?:k?m[²2]|ha|hectares?|acres|{in_any_language(lambda phrases: phrases.square)})(?!\w)"
_MISMEASURED = re.compile(
    rf"{in_any_language(lambda phrases: phrases.length_before)}[ \u00a0]{_AREA}"
    rf"|{_AREA}[ \u00a0]{in_any_language(lambda phrases: phrases.length_behind)}(?!\w)"
    rf"|{in_any_language(lambda phrases: phrases.area_before)}[ \u00a0]{_NUMBER}[ \u00a0]?(?:k?m|(?i:kilo)?m[eè]tres?)(?![\w²2]|[ \u00a0]carré|[ \u00a0]by|[ \u00a0]sur|[ \u00a0]?[x×])"
)


def check(draft: Draft) -> Findings:
    """Yield a note for money or a unit of another part of the world than the contacts and the place,
    unless its sentence says the usual one too or speaks of that part; and for a unit that does not
    measure what it is told of, such as an area of a length.
    """
    event = draft.campaign.event
    told = [f"{it.phone} {it.mobile}" for it in draft.campaign.press_contacts]
    told += [event.address] if event else []
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        region = region_of("\n".join((*told, passage.source)))
        text = without_quotations(passage.text)
        if region:
            yield from _of_elsewhere(passage, text, region)
        else:
            yield from _in_two_moneys(passage, text)
        for wrong in _wrong(text):
            yield note(
                passage.at(wrong.start),
                what=_("“{words}”: the unit is not that of what is measured.", words=wrong.words),
                why=WHY,
                remedy=_(
                    "Write the unit of a length, an area, a power or an energy, whichever is meant."
                ),
            )


def _in_two_moneys(passage: Passage, text: str) -> Findings:
    """Yield a note for the only sum in another money than the others, or that is one of them."""
    sums = [it for it in amounts(text) if it.unit in MONEY]
    units = Counter(it.unit for it in sums)
    usual = units.most_common(1)[0][0] if units else ""
    for each in sums:
        if each.unit == usual or units[each.unit] > 1:
            continue
        is_one = any(it.value == each.value and it.unit == usual for it in sums)
        sentence = passage.sentence_at(each.start)
        is_told = _SIGNS[usual].search(sentence) or _ABROAD.search(sentence)
        if not is_told and (is_one or units[usual] > 1):
            yield _odd_money(passage, text[each.start : each.end], each.start)


def _odd_money(passage: Passage, words: str, start: int) -> Finding:
    return note(
        passage.at(start),
        what=_("“{words}” is not what one counts in there.", words=words.strip()),
        why=WHY,
        remedy=_("Convert it, or say beside it what it is there."),
    )


def _wrong(text: str) -> tuple[WrongUnit, ...]:
    """Return each quantity with a wrong unit once."""
    mismeasured = (WrongUnit(it[0], it.start()) for it in _MISMEASURED.finditer(text))
    lines = {text.count("\n", 0, it.start): it for it in (*wrong_units(text), *mismeasured)}
    return tuple(lines.values())


def _of_elsewhere(passage: Passage, text: str, region: Region) -> Findings:
    for found in _ELSEWHERE[region].finditer(text):
        sentence = passage.sentence_at(found.start())
        if _HERE[region].search(sentence) or _ABROAD.search(sentence):
            continue
        yield _odd_money(passage, found[0], found.start())
