"""Find an event that a text puts on another day by its name, or at another hour by what comes before
it or runs from then on.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import between, mentions
from mailer.checks.reading.times.hours import hours, periods
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.checks.reading.times.programmes import have_one_root
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.texts.sentences import SentenceInText
    from mailer.checks.reading.times.dates import Mention

_SPACE = r"[ \u00a0\u202f\n]"
_NAMES = "|".join(it.release.event_names for it in LANGUAGES if it.release)
_NAME = rf"(?:the|la|le|l[’']){_SPACE}?(?P<name>(?:{_NAMES})(?:{_SPACE}de{_SPACE}presse)?)(?!\w)"
_BEHIND_DAY = RarePattern(rf"(?i)[^.;\n]{{0,30}}?{_SPACE}(?:pour|for){_SPACE}{_NAME}")
_BEFORE_DAY = RarePattern(rf"(?i)(?<!\w){_NAME}{_SPACE}?,{_SPACE}(?:(?:on|le){_SPACE})?\Z")
_FIRST_NIGHT = RarePattern(
    rf"(?i)(?<!\w)(?:the|la|l[’'])[ \u00a0]?(?P<name>première|premiere|opening night|first night|soirée d[’']ouverture){_SPACE}?,{_SPACE}(?:(?:on|le){_SPACE})?\Z"
)
"""Before a day, what an event that is told in the lead begins with: `la première, jeudi 25 février`."""
_PREVIEW = RarePattern(
    r"(?i)(?<!\w)(?:avant-premières?|previews?|répétitions?|rehearsals?|générale)(?!\w)"
)
_PRESS = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.press)}(?!\w)")
_EMBARGO = RarePattern(in_any_language(lambda phrases: phrases.embargo))
_OTHER = RarePattern(
    r"(?i)(?<!\w)(?:second\w*|deuxième|autre|another|each|every|chaque|tous|toutes|other|further|daily|répétition\w*|rehearsals?)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_NEAR = timedelta(days=4)
_REACH = 80

_LENGTHS = {"half an hour": 30, "an hour": 60, "one hour": 60, "a quarter of an hour": 15, "une heure": 60,
            "une demi-heure": 30, "un quart d'heure": 15, "trois quarts d'heure": 45}  # fmt: skip
_LENGTH = rf"(?P<length>{'|'.join(it.replace(chr(39), '[’' + chr(39) + ']') for it in _LENGTHS)})|(?P<number>{NUMBER}){_SPACE}?(?P<unit>min(?:utes?)?|hours?|heures?|h)"
_AHEAD = RarePattern(
    rf"(?i)(?:{_LENGTH}){_SPACE}(?:before|avant){_SPACE}(?:the|la|le|l[’']|our|notre){_SPACE}?(?:(?:start|début|beginning){_SPACE}(?:of{_SPACE}the|de{_SPACE}la|de{_SPACE}l[’']|du){_SPACE}?)?(?P<name>{_NAMES})(?!\w)",
    sign=r"(?i)(?:hours?|heures?|min(?:utes?)?|h)[ \u00a0\u202f\n](?:before|avant)",
)
_FIRST = RarePattern(
    rf"(?i)(?<!\w)(?:first|premi(?:er|ère)){_SPACE}(?:[\w-]+{_SPACE}){{0,2}}?(?P<thing>(?-i:[a-zà-ÿ]{{4,}}))(?!\w)",
    sign=r"(?i)first|premi",
)
_DAY = 24 * 60
_MOST = 12
"""How many names of a text are compared with its other sentences, so that none takes for ever."""


def events_on_another_day(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield a day behind or before the name of an event (`the visit, on Friday`, `on Friday for the
    visit`) that no other sentence gives to what has that name or its verb.
    """
    text = without_quotations(passage.text)
    dated = [
        it
        for it in sorted(mentions(text, passage.language), key=lambda it: it.start)
        if not (is_dateline(passage, it) or is_day_of_issue(passage, it))
    ]
    told = [it for it in sentences(text) if not _EMBARGO.search(it.words)]
    named = (
        (sentence, mention, name)
        for sentence in told
        for mention in _days(dated, sentence)
        if (name := _name_beside(text, mention)) and not _OTHER.search(sentence.words)
    )
    for sentence, mention, name in islice(named, _MOST):
        yield from _on_another(mention, sentence, name, told, dated, written_on)


def first_nights_on_another_day(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield the day of a first night that is not that of the only moment of the lead."""
    text = without_quotations(passage.text)
    dated = sorted(mentions(text, passage.language), key=lambda it: it.start)
    lead = next((it for it in sentences(text) if hours(it.words) and _days(dated, it)), None)
    days = _days(dated, lead) if lead else ()
    if lead is None or len(days) != 1 or _PREVIEW.search(lead.words):
        return
    first = days[0].near(written_on)
    for mention in dated:
        before = _FIRST_NIGHT.search(text, max(0, mention.start - _REACH), mention.start)
        day = mention.near(written_on)
        if before and first and day and day != first and abs(day - first) <= _NEAR:
            words = text[before.start() : mention.end]
            yield ToldTwice(" ".join(words.split()), " ".join(lead.words.split()), mention.start)


def _name_beside(text: str, mention: Mention) -> str:
    end = text.find(".", mention.end, mention.end + _REACH)
    behind = _BEHIND_DAY.match(text, mention.end, end if end > 0 else mention.end + _REACH)
    before = _BEFORE_DAY.search(text, max(0, mention.start - _REACH), mention.start)
    found = behind or before
    return found["name"] if found else ""


def _on_another(
    mention: Mention,
    sentence: SentenceInText,
    name: str,
    told: Sequence[SentenceInText],
    dated: Sequence[Mention],
    written_on: date,
) -> Iterator[ToldTwice]:
    day = mention.near(written_on)
    known = [
        (days[0], other)
        for other in told
        if other is not sentence and _names(other, name) and not _OTHER.search(other.words)
        if len(days := _days(dated, other)) == 1
    ]
    others = [it.near(written_on) for it, _other in known]
    if day and others and day not in others and all(it and abs(it - day) <= _NEAR for it in others):
        _day, other = known[0]
        yield ToldTwice(
            " ".join(sentence.words.split()), " ".join(other.words.split()), mention.start
        )


def _names(sentence: SentenceInText, name: str) -> bool:
    """Return whether a sentence has the name of an event or its verb, and is of the press as it is."""
    if bool(_PRESS.search(name)) is not bool(_PRESS.search(sentence.words)):
        is_for_both = not _PRESS.search(name) and have_any_root(name, sentence.words)
        return is_for_both and bool(_VERB_FOR.search(sentence.words))
    return have_any_root(name, sentence.words)


_VERB_FOR = RarePattern(
    rf"(?i)(?:présent|presents?|dévoil|unveil)\w*[^.;]{{0,60}}{in_any_language(lambda phrases: phrases.press)}"
)
"""`présente à la presse`: the event itself is for the press."""


def have_any_root(name: str, words: str) -> bool:
    """Return whether one of the words has the root of the last word of a name that is of an event."""
    nouns = [folded(it) for it in _WORD.findall(name) if not _PRESS.search(it)]
    said = [folded(it) for it in _WORD.findall(words)]
    return bool(nouns) and any(have_one_root(nouns[-1], word) for word in said)


def implied_otherwise(passage: Passage) -> Iterator[ToldTwice]:
    """Yield an hour so long before an event that the event is at none of its hours: `by 9.45 am,
    fifteen minutes before the visit`.
    """
    text = without_quotations(passage.text)
    for found in islice(_AHEAD.finditer(text), _MOST):
        start = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _REACH)
        before = list(hours(text[start : found.start()]))[-1:]
        if not before:
            continue
        at = (60 * before[0].at.hour + before[0].at.minute + _minutes(found)) % _DAY
        known = list(_hours_of(text, found["name"], found.start()))
        if known and at not in {minutes for minutes, _said in known}:
            begins = start + before[0].start
            words = " ".join(text[begins : found.end()].split())
            yield ToldTwice(words, known[0][1], begins)


def _minutes(found: re.Match[str]) -> int:
    if found["length"]:
        return _LENGTHS[found["length"].lower().replace("’", "'")]
    many = value_of(found["number"])
    return int(many * (1 if found["unit"].lower().startswith("m") else 60))


def _hours_of(text: str, name: str, apart: int) -> Iterator[tuple[int, str]]:
    """Yield the only hour of each other line or sentence that names the event, and its words."""
    for sentence in sentences(text):
        start = sentence.start
        for line in sentence.words.split("\n"):
            every = hours(line)
            is_other = not start <= apart < start + len(line)
            start += len(line) + 1
            if len(every) == 1 and is_other and have_any_root(name, line):
                yield 60 * every[0].at.hour + every[0].at.minute, " ".join(line.split())


def first_of_them_otherwise(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield `11 am: first boat` where boats go from 10 am on that day."""
    text = without_duty_hours(without_quotations(passage.text))
    dated = sorted(mentions(text, passage.language), key=lambda it: it.start)
    for found in islice(_FIRST.finditer(text), _MOST):
        start = text.rfind("\n", 0, found.start()) + 1
        line = text[start:].partition("\n")[0]
        every = hours(line) if len(line) <= _REACH else ()
        day = between(dated, start, start + len(line))
        for sentence in sentences(text) if len(every) == 1 else ():
            span = next(periods(sentence.words), None)
            if span is None or every[0].at in {it.at for it in span} or every[0].at < span[0].at:
                continue
            days = {it.near(written_on) for it in (*day, *_days(dated, sentence))}
            if len(days) <= 1 and have_any_root(found["thing"], sentence.words):
                said = " ".join(sentence.words.split())
                yield ToldTwice(" ".join(line.split()), said, start + every[0].start)
                return


def _days(dated: Sequence[Mention], sentence: SentenceInText) -> Sequence[Mention]:
    return between(dated, sentence.start, sentence.start + len(sentence.words))
