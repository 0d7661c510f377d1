"""Do money and units fit the place, and each unit what it measures?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.phrases import in_any_language, matches
from mailer.checks.reading.prose import Passage, PassagePart, messages
from mailer.checks.reading.regions import Region, region_of
from mailer.checks.reading.unquoted import without_quotations

WHY = _("Readers pay and measure otherwise there, and the figure looks copied from elsewhere.")
SOURCE = sources.FACTS

_NUMBER = r"(?<![\w.,])\d[\d.,\u00a0\u202f]*"
_POUNDS = rf"£[ \u00a0]?\d[\d.,]*|{_NUMBER}[ \u00a0]?(?:£|pounds\b)"
_DOLLARS = rf"(?<![A-Z])\$[ \u00a0]?\d[\d.,]*|{_NUMBER}[ \u00a0]?(?:\$|dollars\b)"
_EUROS = rf"€[ \u00a0]?\d[\d.,]*|{_NUMBER}[ \u00a0]?(?:€|euros?\b)"
_IMPERIAL = (
    rf"{_NUMBER}[ \u00a0-]?(?:°[ \u00a0]?F\b|{in_any_language(lambda phrases: phrases.imperial)}\b)"
)
_ELSEWHERE = {
    Region.EURO: re.compile(f"{_POUNDS}|{_DOLLARS}|{_IMPERIAL}"),
    Region.BRITISH: re.compile(f"{_DOLLARS}|{_EUROS}"),
    Region.AMERICAN: re.compile(f"{_POUNDS}|{_EUROS}"),
}
_HERE = {
    Region.EURO: re.compile(
        r"€|euros?\b|°[ \u00a0]?C|\d[ \u00a0]?(?:km|m|metres?|mètres?|kilom\w+|hectares?)\b"
    ),
    Region.BRITISH: re.compile(r"£|pounds?\b"),
    Region.AMERICAN: re.compile(r"\$|dollars?\b"),
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
    unless its sentence says the usual one too or speaks of that part; and for an area of a length.
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
        for found in _MISMEASURED.finditer(text):
            yield note(
                passage.at(found.start()),
                what=_("“{words}”: the unit is not that of what is measured.", words=found[0]),
                why=WHY,
                remedy=_("Write km or m for a length, km², m² or hectares for an area."),
            )


def _of_elsewhere(passage: Passage, text: str, region: Region) -> Findings:
    for found in _ELSEWHERE[region].finditer(text):
        sentence = passage.sentence_at(found.start())
        if _HERE[region].search(sentence) or _ABROAD.search(sentence):
            continue
        yield note(
            passage.at(found.start()),
            what=_("“{words}” is not what one counts in there.", words=found[0].strip()),
            why=WHY,
            remedy=_("Convert it, or say beside it what it is there."),
        )
