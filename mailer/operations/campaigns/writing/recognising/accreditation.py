"""How to be accredited: whether it is compulsory, until when, where to ask."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.languages import LANGUAGES
from mailer.model.campaigns.proposals import CompetingWords, ProposedFact
from mailer.operations.campaigns.writing.recognising.lines import (
    Recognised,
    part_below,
    sentences_of,
)
from mailer.operations.campaigns.writing.recognising.moments import hour_of, said_moments
from mailer.operations.campaigns.writing.recognising.words import label, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line
    from mailer.operations.campaigns.writing.recognising.moments import DateContext, SaidMoment

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_REGISTERS = re.compile(words(lambda release: release.registers))
_WRITES_TO = re.compile(rf"\b(?:{words(lambda release: release.writes_to)})")
_GOES_ON = re.compile(
    rf"(?:{words(lambda release: release.says_of_request)})\b[^.;]*\b(?:{words(lambda release: release.limit)})"
)
_COMPULSORY = re.compile(rf"\b{words(lambda release: release.compulsory)}")
_WEB = re.compile(r"(?i)https?://|\bwww\.")
_MIDNIGHT = re.compile(rf"\b(?:{words(lambda release: release.midnight)})\b")
_UNTIL_MIDNIGHT = re.compile(
    rf"(?:{words(lambda release: release.limit)})[\s\u00a0]+{_MIDNIGHT.pattern}[\s\u00a0,]+(?:(?:on|of|le)[\s\u00a0]+)?\Z"
)
_PLAIN = words(lambda release: release.says_how)
_MORE = re.compile(rf"\d|\b(?!(?:{_PLAIN})\b)[^\W\d_]+")
"""A number or a word that says more than how to be accredited: `boots`, `wheelchair`."""
_DAYS_BEFORE = tuple(
    (re.compile(rf"(?i)(?<!\w)(?:{named})(?!\w)"), days)
    for language in LANGUAGES
    if language.release
    for named, days in language.release.days_before.items()
)
_OF_PRESS = re.compile(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.press)}|(?i:accr[ée]dit\w*))(?!\w)"
)
_LEGAL = re.compile(words(lambda release: release.legal))
_PATH = "accreditation"


def accreditation_facts(lines: Sequence[Line], how: DateContext) -> Recognised:
    """Return what the sentences about accreditation say.

    They are taken out of the text only where the page says the same: accreditation is compulsory,
    every date and address of theirs was taken, and they speak of nothing else.
    """
    said = list(dict.fromkeys(accreditation_sentences(lines)))
    text = " ".join(sentence for _line, sentence in said)
    facts = [*_required(text), *_deadline(said, how), *_addresses(said)]
    is_told = any(fact.path[-1] == "required" for fact in facts)
    remains: dict[int, str] = {}
    for line, sentence in said if is_told else ():
        if not _leads_to_a_form(line, sentence) and _is_covered(sentence, facts, how):
            left = remains.get(line.number, line.source)
            remains[line.number] = _cut(left, line, sentence)
    return Recognised(tuple(facts), remains, _undecided(said, facts, how))


def accreditation_anywhere(
    lines: Sequence[Line], margins: Sequence[Sequence[Line]], how: DateContext
) -> Recognised:
    """Return what a text says of accreditation, or else what its boxes say."""
    found = accreditation_facts(lines, how)
    boxed = () if found.facts else [line for part in margins for line in part]
    facts = accreditation_facts(boxed, how).facts
    return Recognised(facts) if facts else found


def of_journalists(found: Recognised) -> Recognised:
    """Return what is said of accreditation if it speaks of journalists: a release tells of other
    registrations, too.
    """
    return found if any(_OF_PRESS.search(fact.words) for fact in found.facts) else Recognised()


def accreditation_sentences(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Yield the sentences about accreditation, and all those below such a heading."""
    below = {
        line.number
        for at, heading in enumerate(lines)
        if label("accreditation").fullmatch(heading.text)
        for line in part_below(tuple(lines), at)
    }
    for line in lines:
        if line.level:
            continue
        is_beside = False  # behind a sentence about accreditation
        for sentence in sentences_of(line.text):
            is_beside = bool(
                _REGISTERS.search(sentence)
                or line.number in below
                or (is_beside and (_WRITES_TO.search(sentence) or _GOES_ON.match(sentence)))
            )
            if is_beside and not _LEGAL.search(sentence):
                yield line, sentence


def _required(text: str) -> Iterator[ProposedFact]:
    found = _COMPULSORY.search(text)
    if found:
        yield ProposedFact((_PATH, "required"), value=True, words=_around(text, found))


def _around(text: str, found: re.Match[str]) -> str:
    start = max((text.rfind(sign, 0, found.start()) + 1 for sign in ".!?"), default=0)
    return text[start : found.end()].strip()


def _deadline(said: Sequence[tuple[Line, str]], how: DateContext) -> Iterator[ProposedFact]:
    found: dict[object, SaidMoment] = {
        moment.value: moment
        for _line, sentence in said
        for moment in said_moments(sentence, how)
        if moment.is_limit and moment.instant
    }
    if any(moment.is_unsure for moment in found.values()):
        return
    if len(found) == 1:
        (moment,) = found.values()
        yield ProposedFact((_PATH, "deadline"), moment.value, moment.words)
    elif not found:
        yield from _at_midnight(said, how)


def _undecided(
    said: Sequence[tuple[Line, str]], facts: Sequence[ProposedFact], how: DateContext
) -> tuple[CompetingWords, ...]:
    """Return the deadlines of which none could be taken, or the sentence with the day of the only one,
    of which no hour is said.
    """
    words_said = dict.fromkeys(
        moment.words
        for _line, sentence in said
        for moment in said_moments(sentence, how)
        if moment.is_limit and moment.instant
    )
    is_taken = any(fact.path[-1] == "deadline" for fact in facts)
    if not words_said:
        of_a_day = (s for _line, s in said if any(each.is_limit for each in said_moments(s, how)))
        words_said = dict.fromkeys(of_a_day)
    return (
        ()
        if is_taken or not words_said
        else (CompetingWords((_PATH, "deadline"), tuple(words_said)),)
    )


def _at_midnight(said: Sequence[tuple[Line, str]], how: DateContext) -> Iterator[ProposedFact]:
    """Yield the last minute of the only day until whose midnight one can ask."""
    days = {
        moment.day: sentence
        for _line, sentence in said
        for moment in said_moments(sentence, how)
        if (moment.is_limit and _MIDNIGHT.search(sentence))
        or _UNTIL_MIDNIGHT.search(sentence.partition(moment.words)[0])
    }
    if len(days) == 1:
        ((day, sentence),) = days.items()
        yield ProposedFact((_PATH, "deadline"), datetime.combine(day, time(23, 59)), sentence)


def relative_deadline(
    lines: Sequence[Line], event: Sequence[ProposedFact], how: DateContext
) -> tuple[ProposedFact, ...]:
    """Return the deadline that is said by the day of the event: `la veille à 18 h`."""
    start = next((fact.value for fact in event if fact.path[-1] == "starts_at"), None)
    said = {
        datetime.combine(start - timedelta(days=days), at): sentence
        for _line, sentence in accreditation_sentences(lines)
        for named, days in _DAYS_BEFORE
        if isinstance(start, date) and named.search(sentence) and (at := hour_of(sentence, how))
    }
    if len(said) != 1:
        return ()
    ((value, sentence),) = said.items()
    return (ProposedFact((_PATH, "deadline"), value, sentence),)


def deadline_day(lines: Sequence[Line], how: DateContext) -> date | None:
    """Return the only day until which one can ask, also when no hour is said."""
    days = {
        moment.day
        for _line, sentence in accreditation_sentences(lines)
        for moment in said_moments(sentence, how)
        if moment.is_limit
    }
    return days.pop() if len(days) == 1 else None


def _addresses(said: Sequence[tuple[Line, str]]) -> Iterator[ProposedFact]:
    found = {
        address.strip("."): sentence
        for _line, sentence in said
        for address in MAIL.findall(sentence)
    }
    if found:
        yield ProposedFact(
            (_PATH, "addresses"), tuple(found), " / ".join(dict.fromkeys(found.values()))
        )


def _leads_to_a_form(line: Line, sentence: str) -> bool:
    """Return whether people register at an address of the web, for which the facts have no key."""
    labels = (name for name, url in line.links if not url.startswith("mailto:"))
    return _WEB.search(sentence) is not None or any(name in sentence for name in labels)


def _is_covered(sentence: str, facts: Sequence[ProposedFact], how: DateContext) -> bool:
    values = {fact.path[-1]: fact.value for fact in facts}
    addresses = values.get("addresses", ())
    assert isinstance(addresses, tuple)
    moments = [moment.value for moment in said_moments(sentence, how)]
    return all(each.strip(".") in addresses for each in MAIL.findall(sentence)) and (
        all(moment == values.get("deadline") for moment in moments)
        and not _MORE.search(MAIL.sub(" ", _without_moments(sentence, how)))
    )


def _without_moments(sentence: str, how: DateContext) -> str:
    for moment in said_moments(sentence, how):
        sentence = sentence.replace(moment.words, "")
    return sentence


def _cut(source: str, line: Line, sentence: str) -> str:
    """Return what remains of a line without a sentence; all of it where that is not found in it."""
    if line.text == sentence:
        return ""
    return source.replace(sentence, "", 1).strip() if sentence in source else source
