"""Find until when a text says it is under embargo, and where it says that it is free."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import between, mentions
from mailer.checks.reading.times.embargoes import is_laid
from mailer.checks.reading.times.hours import hours
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.times.dates import Mention

_RELEASES = [language.release for language in LANGUAGES if language.release]
_FREE = re.compile(rf"(?i:(?<!\w)(?:{'|'.join(it.free_to_publish for it in _RELEASES)})(?!\w))")
_NOT = re.compile(
    r"(?i:\b(?:not|n[’']t|never|no|cannot|pas|jamais|non|aucune?|avant|before|until)\b[^.;:\n]{0,30}\Z)"
)
_RUNS = RarePattern(
    rf"(?i:(?<!\w)(?:{'|'.join(it.runs_story for it in _RELEASES)})\w*"
    rf"(?:[ \u00a0]+(?:it|them|this|these|the|all|any|of|our|full|whole|here|l[ae]|les|ces?|cette|cet|tout(?:es?)?|tous|(?:l[’'])?(?:{'|'.join(it.news for it in _RELEASES)}))){{0,4}}"
    rf"[ \u00a0]+(?:{'|'.join(it.at_once for it in _RELEASES)})(?!\w))"
)
"""What newsrooms may do with the text at once: `run this story as soon as they receive it`."""
_SAME_DAY = RarePattern(rf"(?i:(?<!\w)(?:{'|'.join(it.same_day for it in _RELEASES)})(?!\w))")
_THEN = re.compile(
    rf"(?i:(?<!\w)(?:{'|'.join(it.until_when for it in _RELEASES)}|puis|ensuite|then|after(?:wards)?|après|once|when|as soon as|une fois|dès que|lorsque|quand)(?!\w))"
)
_EMBARGO = re.compile(
    rf"\b(?:{in_any_language(lambda phrases: phrases.embargo)}\b|(?i:{'|'.join(it.may_be_published for it in _RELEASES)}))"
)
_OF_PICTURES = re.compile(
    r"(?i:\b(?:photo\w*|images?|pictures?|visuels?|vid[ée]os?|logos?|films?)\b[^.;\n]{0,60}\Z)"
)
"""Before words about what may be published: pictures have their own limits."""
_CLAUSE = re.compile(r"[;\n]|(?<=\w{3})[.!?]\s")
_NAMED_HOURS = ((re.compile(r"(?i)\b(?:midi|noon|midday)\b"), time(12)),
                (re.compile(r"(?i)\b(?:minuit|midnight)\b"), time(0)))  # fmt: skip
_DOTTED = re.compile(r"(?<![\w.,/:-])(?P<hour>[01]?\d|2[0-3])[.](?P<minute>[0-5]\d)(?![\w./-])")
_UNTIL = re.compile(
    rf":|(?i:(?<!\w)(?:{'|'.join(it.until_when for it in _RELEASES)}|before|avant)(?!\w))"
)
_BESIDE = re.compile(
    r"(?i)[\W\d]*(?:(?:le|on|at|à|h|am|pm|a\.m\.|p\.m\.|noon|midi|date|heure de \w+|\w+ time)[\W\d]*){0,6}"
)
"""What stands between an embargo and its day where no word says that it ends then."""
_REACH = 160


@dataclass(frozen=True, slots=True)
class EmbargoInText:
    """Until when a sentence says that the text is not to be published; `hours` by several clocks."""

    day: date
    hours: frozenset[time]
    words: str
    start: int


def embargoes(passage: Passage, near: date) -> Iterator[EmbargoInText]:
    """Yield what each clause of a text says of its embargo that names a day."""
    text = _readable(without_quotations(passage.text))
    dated = sorted(mentions(text, passage.language), key=lambda it: it.start)
    reached = -1
    first_day: date | None = None
    for said in _EMBARGO.finditer(text):
        is_of_pictures = _OF_PICTURES.search(text, max(0, said.start() - 80), said.start())
        if said.start() < reached or is_of_pictures or not is_laid(text, said.start()):
            continue
        stop = _CLAUSE.search(text, said.end())
        end = min(stop.start() if stop else len(text), said.end() + _REACH)
        behind = between(dated, said.end(), end)
        told = (
            _by_date(passage, text, said, end, behind, near)
            if behind
            else _by_hour(passage, text, said, end, first_day)
        )
        if told:
            reached, first_day = end, first_day or told.day
            yield told


def _by_date(
    passage: Passage,
    text: str,
    said: re.Match[str],
    end: int,
    behind: Sequence[Mention],
    near: date,
) -> EmbargoInText | None:
    """Return the embargo whose day stands behind such words, as their end or right beside them."""
    day = behind[0].near(near)
    leads = text[said.start() : behind[0].start]
    is_its_end = _UNTIL.search(leads) or _BESIDE.fullmatch(text, said.end(), behind[0].start)
    if day is None or not is_its_end:
        return None
    last = behind[1].start if len(behind) > 1 else end
    words = " ".join(passage.text[said.start() : max(last, behind[0].end)].split())
    return EmbargoInText(day, _hours(text[said.end() : last]), words, said.start())


def _by_hour(
    passage: Passage, text: str, said: re.Match[str], end: int, day: date | None
) -> EmbargoInText | None:
    """Return the embargo that names only an hour of the day told before: `avant 11 h le jour même`."""
    same = _SAME_DAY.search(text, said.end(), end)
    told = _hours(text[said.end() : end])
    if day is None or same is None or not told:
        return None
    words = " ".join(passage.text[said.start() : same.end()].split())
    return EmbargoInText(day, told, words, said.start())


def freed(passage: Passage) -> Iterator[tuple[str, int]]:
    """Yield the words that let everybody publish at once, but for those of what comes later."""
    text = without_quotations(passage.text)
    reached = -1
    for found in sorted((*_FREE.finditer(text), *_RUNS.finditer(text)), key=re.Match.start):
        is_of_pictures = _OF_PICTURES.search(text, max(0, found.start() - 80), found.start())
        if found.start() < reached or is_of_pictures:
            continue
        reached = found.end()
        start = text.rfind("\n", 0, found.start()) + 1
        before = text[start : found.start()]
        behind = text[found.end() : found.end() + 30].partition("\n")[0]
        is_later = _THEN.search(before.rpartition(". ")[2]) or _THEN.match(behind.lstrip(" ,"))
        if not _NOT.search(before) and not is_later:
            yield " ".join(found[0].split()), found.start()


def _readable(text: str) -> str:
    """Return a text whose lines in capitals are not: months have one capital in English."""
    return "\n".join(line.title() if line.isupper() else line for line in text.split("\n"))


def _hours(text: str) -> frozenset[time]:
    named = {at for pattern, at in _NAMED_HOURS if pattern.search(text)}
    dotted = {time(int(it["hour"]), int(it["minute"])) for it in _DOTTED.finditer(text)}
    return frozenset({it.at for it in hours(text.replace("H", "h"))} | named | dotted)
