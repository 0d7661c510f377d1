"""What a text says in its sentences: enough for a check that asks whether it is said at all.

A fact of a campaign must be surer than this, so that `new --from` takes none of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from mailer.checks.reading.names.streets import NUMBER_BEHIND
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.times.hours import hours, periods
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.proposals import ProposedFact
from mailer.operations.campaigns.writing.recognising.accreditation import MAIL
from mailer.operations.campaigns.writing.recognising.lines import lines_of
from mailer.operations.campaigns.writing.recognising.moments import said_moments
from mailer.operations.campaigns.writing.recognising.people import PHONE
from mailer.operations.campaigns.writing.recognising.places import whole_place
from mailer.operations.campaigns.writing.recognising.words import label, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.campaigns.proposals import RecognisedDocument
    from mailer.operations.campaigns.writing.recognising.lines import Line
    from mailer.operations.campaigns.writing.recognising.moments import DateContext, SaidMoment

_INVITING = frozenset({CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE})
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«“])")
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w’'-]*"
_STREET = in_any_language(lambda phrases: phrases.street)
_FRENCH_STREET = words(lambda release: release.street)
_TOWN = rf"(?:,?[ \u00a0](?:à[ \u00a0]|in[ \u00a0])?(?:\d{{5}}[ \u00a0])?{_CAPITAL})?"
_ADDRESS = re.compile(
    rf"(?<![\d.,])\d{{1,4}}(?: ?(?:bis|ter))?,? (?:{_CAPITAL} ){{0,3}}{_STREET}\b(?! (?:kilo)?met)[^.;:()\n]{{0,60}}"
    rf"|(?<!\w){_FRENCH_STREET} (?:(?:de la|de l[’']|d[’']|des|du|de) ?)?{_CAPITAL}{_TOWN}"
    rf"|(?<!\w)(?:{_CAPITAL} ){{1,3}}{_FRENCH_STREET}\b{_TOWN}"
)
_STREETS = (_ADDRESS, NUMBER_BEHIND)
_VENUE = re.compile(
    r"(?i)(?<!\w)(?:(?:à la|au|aux|dans (?:la|le|les)|devant (?:la|le|les)"
    r"|at(?: the)?|in the|outside(?: the)?|inside(?: the)?)[ \u00a0]|(?:à|dans|devant) l[’'])"
    rf"(?P<venue>(?!\d)[^,.;:()@\n]{{0,40}}?\b{in_any_language(lambda phrases: phrases.venue)}\b[^,.;:()\n]{{0,40}})"
)
_BEHIND_HOUR = re.compile(
    r"(?i)\d[ \u00a0]?(?:h(?:[ \u00a0]?\d\d)?|:\d\d|[ap]\.?m\.?),?[ \u00a0]+(?:[–—-][ \u00a0]+)?(?!\d)(?:(?:à|au|aux|at|in)[ \u00a0]+)?(?!from\b|depuis\b|du\b|de l)"
    rf"(?P<venue>[^,.;:()@\n]{{0,40}}?\b{in_any_language(lambda phrases: phrases.venue)}\b[^,.;:()@\n]{{0,40}})(?:,[ \u00a0][^,.;:()@\n]{{2,40}})?[.\s]*\Z"
)
"""A place that ends a line behind the hour: `10 h, piscine des Dunes, Brest`."""
_EVENT = re.compile(rf"\b{in_any_language(lambda phrases: phrases.event)}")
_EMBARGO = matches(in_any_language(lambda phrases: phrases.embargo))
_BEGINS = matches(in_any_language(lambda phrases: phrases.begins))
_TAKES_PLACE = matches(in_any_language(lambda phrases: phrases.takes_place))
_EACH_DAY = matches(in_any_language(lambda phrases: phrases.each_day))
_ASKS = matches(in_any_language(lambda phrases: phrases.asks_for_place))
_MUST_ASK = re.compile(in_any_language(lambda phrases: phrases.must_ask))
_OF_A_CONTACT = RarePattern(in_any_language(lambda phrases: phrases.asks_a_contact))
_LIMIT = re.compile(rf"{words(lambda release: release.limit)}\s+\Z")
_WEB = re.compile(r"(?i)https?://|\bwww\.")
_PRESS = matches(in_any_language(lambda phrases: phrases.press))
_PHONE = re.compile(rf"{PHONE.pattern}|(?<![\d-])\d{{3}}[-.\u2011]\d{{4}}(?![\d-])")
_PERSON = re.compile(rf"(?<!\w){_CAPITAL} (?:(?:de|du|van|von|Le|La) |d[’'])?{_CAPITAL}")
_NOBODY = re.compile(
    rf"\b(?:{words(lambda release: release.institution)}|{words(lambda release: release.switchboard)}"
    rf"|{in_any_language(lambda phrases: phrases.press)})\b"
)
_LONGEST_NAMED = 60
"""How many signs a line has at most that names somebody whose number stands beside it."""
_NEAR = 4
"""How many lines below a word for the press somebody may stand who answers it."""


def with_sentences(found: RecognisedDocument, how: DateContext) -> RecognisedDocument:
    """Return the document with what only its sentences say: the hour, the place, whom to call and
    how to be accredited.
    """
    lines = lines_of(found.original)
    body = [
        sentence
        for line in _above_contacts(lines)
        for sentence in _SENTENCE.split(without_duty_hours(line.text))
    ]
    found = _with_moment(found, body, how)
    facts = [
        *_place(found, lines, body, how),
        *_contact(found, lines),
        *_accreditation(found, body, how),
    ]
    day = found.deadline_day or next((m.day for m in _deadlines(body, how)), None)
    return replace(found, facts=(*found.facts, *facts), deadline_day=day)


def asks_by_other_ways(found: RecognisedDocument) -> bool:
    """Return whether people ask for a place by a form of the web, or by telephone."""
    return any(_WEB.search(it) or _PHONE.search(it) for it in _asking(found))


def asks_a_contact(found: RecognisedDocument) -> bool:
    """Return whether people ask those for a place whom the press may call: `par courriel`."""
    return any(_OF_A_CONTACT.search(it) for it in _asking(found))


def _asking(found: RecognisedDocument) -> Iterator[str]:
    """Yield the sentences that say how people ask for a place, each with the one behind it."""
    body = [
        it
        for line in _above_contacts(lines_of(found.original))
        for it in _SENTENCE.split(line.text)
    ]
    for sentence, behind in zip(body, (*body[1:], ""), strict=True):
        if _MUST_ASK.search(sentence):
            yield f"{sentence} {behind}"
        elif _ASKS.search(sentence):
            yield sentence


def _above_contacts(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines above the contacts, whose address is not that of the event.

    Contacts in the head stand above the text.
    """
    for at, line in enumerate(lines):
        if at > _NEAR and (label("contact").match(line.text) or _heads_contacts(lines[at:])):
            return
        yield line


def _heads_contacts(lines: Sequence[Line]) -> bool:
    """Return whether a short line begins with a word for the press, and a number or address is near."""
    first = lines[0].text
    if not _PRESS.match(first) or len(first.split()) > _NEAR:
        return False
    return any(_PHONE.search(it.text) or MAIL.search(it.text) for it in lines[: _NEAR + 1])


def _with_moment(
    found: RecognisedDocument, body: Sequence[str], how: DateContext
) -> RecognisedDocument:
    """Return the document with the day of its event, and with the hour that stands elsewhere."""
    at = found.value("event", "starts_at")
    is_told = any(label("when").match(it) or _MUST_ASK.search(it) for it in body)
    if at is None and (found.kind in _INVITING or is_told):
        moments = list(_moments(body, how))
        if not moments:
            return found
        first = min(moments, key=lambda moment: moment.at is None)
        if _are_days_of_one(moments[:2]):
            first = moments[0]
        fact = ProposedFact(("event", "starts_at"), first.value, first.words)
        found, at = replace(found, facts=(*found.facts, fact)), first.value
    if not isinstance(at, date) or isinstance(at, datetime):
        return found
    said = next(_hours_of(at, [it for it in body if not _EMBARGO.search(it)], how), None)
    if said is None:
        return found
    kept = tuple(fact for fact in found.facts if fact.path != ("event", "starts_at"))
    return replace(found, facts=(*kept, ProposedFact(("event", "starts_at"), *said)))


def _moments(body: Sequence[str], how: DateContext) -> Iterator[SaidMoment]:
    for sentence in (it for it in body if not _EMBARGO.search(it)):
        for moment in said_moments(sentence, how):
            if not moment.is_limit and (moment.day != how.today or moment.at):
                yield moment


def _are_days_of_one(moments: Sequence[SaidMoment]) -> bool:
    """Return whether the first sentence with a day has two of one event: `Thursday 4 and Friday 5`."""
    if len(moments) != 2 or any(it.at for it in moments):
        return False
    first, last = moments
    return first.sentence == last.sentence and last.day - first.day == timedelta(days=1)


def _hours_of(day: date, body: Sequence[str], how: DateContext) -> Iterator[tuple[datetime, str]]:
    """Yield the hours behind `When:`, then in sentences about the day, then in those that say when
    something begins, and at last those of each day: `pendant deux jours, de 9 h à 18 h`.
    """
    labelled = [it for it in body if label("when").match(it) and not any(said_moments(it, how))]
    about = [it for it in body if any(each.day == day for each in said_moments(it, how))]
    begins = [it for it in body if _BEGINS.search(it) or (_EVENT.search(it) and it not in about)]
    items = [it for it in body if any(not it[: hour.start].strip(" -–•*") for hour in hours(it))]
    daily = [it for it in body if _EACH_DAY.search(it) and any(True for _span in periods(it))]
    for sentence in (*labelled, *about, *begins, *items, *daily):
        spans = [first for first, _last in periods(sentence)]
        for hour in (*spans, *hours(sentence)):
            if not _LIMIT.search(sentence[: hour.start]):
                yield datetime.combine(day, hour.at), sentence


def _place(
    found: RecognisedDocument, lines: Sequence[Line], body: Sequence[str], how: DateContext
) -> Iterator[ProposedFact]:
    """Yield the first street of the text, or of a place below its contacts; and the place in a
    sentence about the event.
    """
    day = found.value("event", "starts_at")
    is_event = found.kind in _INVITING or day is not None
    if not is_event or found.value("event", "venue") or found.value("event", "address"):
        return
    if street := next(_streets(body, how), None):
        yield ProposedFact(("event", "address"), street[0].strip(), street[0])
    elif whole := next(filter(None, (whole_place(line.text) for line in lines[_NEAR:])), None):
        yield ProposedFact(("event", "address"), whole[1], whole[1])
    for sentence in body:
        if place := _BEHIND_HOUR.search(sentence):
            yield ProposedFact(("event", "venue"), place["venue"].strip(), place["venue"])
            return
        if _is_about_event(sentence, how) and (venue := _VENUE.search(sentence)):
            yield ProposedFact(("event", "venue"), venue["venue"].strip(), venue["venue"])
            return


def _streets(body: Sequence[str], how: DateContext) -> Iterator[re.Match[str]]:
    """Yield the streets of a text; of those without a number only what a sentence about the event
    names, or a line of its own.
    """
    for pattern in _STREETS:
        for sentence in body:
            street = pattern.search(sentence)
            is_told = _is_short(sentence) or _is_about_event(sentence, how)
            if street and (street[0][0].isdigit() or is_told):
                yield street


def _is_about_event(sentence: str, how: DateContext) -> bool:
    return bool(
        _EVENT.search(sentence)
        or _TAKES_PLACE.search(sentence)
        or hours(sentence)
        or any(True for _moment in said_moments(sentence, how))
    )


def _contact(found: RecognisedDocument, lines: Sequence[Line]) -> Iterator[ProposedFact]:
    """Yield the name and the number of somebody who stands with a number near a word for the
    press, where no contact has one.
    """
    contacts = {fact.path[1] for fact in found.facts if fact.path[0] == "press_contacts"}
    if any(found.value("press_contacts", index, "phone") for index in contacts):
        return
    for at, line in enumerate(lines):
        phone = _PHONE.search(line.text)
        around = lines[max(0, at - _NEAR) : at + 1]
        is_last = at >= len(lines) - _NEAR
        is_said = any(_PRESS.search(each.text) or _ASKS.search(each.text) for each in around)
        if phone is None or not (is_last or is_said):
            continue
        beside = (*reversed(around[:-1]), *lines[at + 1 : at + 2])
        for said in (line, *(each for each in beside if _is_short(each.text))):
            if name := next(filter(None, map(_person, _PERSON.findall(said.text))), None):
                index = len(contacts)
                yield ProposedFact(("press_contacts", index, "name"), name, line.text)
                yield ProposedFact(("press_contacts", index, "phone"), phone[0], line.text)
                if mail := MAIL.search(line.text):
                    yield ProposedFact(("press_contacts", index, "email"), mail[0], line.text)
                return


def _is_short(text: str) -> bool:
    return len(text) < _LONGEST_NAMED and not text.endswith((".", "!", "?"))


def _person(name: str) -> str:
    return "" if _NOBODY.search(name) else name


def _accreditation(
    found: RecognisedDocument, body: Sequence[str], how: DateContext
) -> Iterator[ProposedFact]:
    """Yield that one must ask, where to, and until when."""
    path = "accreditation"
    must = next((it for it in body if _MUST_ASK.search(it)), None)
    if must and not found.value(path, "required"):
        yield ProposedFact((path, "required"), value=True, words=must)
    asking = (it for it in body if _ASKS.search(it) and MAIL.search(it))
    if not found.value(path, "addresses") and (sentence := next(asking, None)):
        mails = tuple(mail.strip(".") for mail in MAIL.findall(sentence))
        yield ProposedFact((path, "addresses"), mails, sentence)
    if not found.value(path, "deadline") and not found.deadline_day:
        for moment in _deadlines(body, how):
            if moment.instant:
                yield ProposedFact((path, "deadline"), moment.value, moment.words)
                return


def _deadlines(body: Sequence[str], how: DateContext) -> Iterator[SaidMoment]:
    for sentence in body:
        if _ASKS.search(sentence) or _MUST_ASK.search(sentence):
            yield from (moment for moment in said_moments(sentence, how) if moment.is_limit)
