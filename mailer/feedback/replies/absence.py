"""Read an absence notice: the day of return, whether the person has left, and replacements."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import parsedate
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Absence
from mailer.feedback.replies.dates import (
    ABSENCES,
    MONTH,
    MONTHS,
    DatedText,
    any_of,
    date_or_none,
    with_days_marked,
)
from mailer.feedback.replies.ended_mailbox import is_closed, is_read_by_nobody
from mailer.feedback.replies.of_whom import (
    is_about_another,
    is_acknowledgement,
    is_first_person,
    is_own_absence,
    says_return,
    without_quotations,
)
from mailer.feedback.replies.unspaced_replies import day_of_return, says_left

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail

# Words that may come between "de retour" and the day: a weekday, an article, "only". They end where no
# letter follows, which is no word boundary behind an elided one ("fino all'11").
_BETWEEN = rf"(?:[ ,:(–-]|\b{any_of(lambda words: words.between)}(?!\w)){{0,16}}"
_BACK_WORDS = rf"\b{any_of(lambda words: words.back)}\b"
_ANSWERS = rf"\b{any_of(lambda words: words.answers)}\b"
_STARTING = rf"\b{any_of(lambda words: words.starting)}(?!\w)"
_DAY = r"@(\d+)"
_IN_SENTENCE = r"[^.!?;@]"
_BACK = (
    re.compile(_BACK_WORDS + _BETWEEN + _DAY),
    re.compile(_DAY + rf",? {any_of(lambda words: words.back_behind)}\b"),
)
_ANSWERS_FROM = (
    re.compile(rf"{_ANSWERS}{_IN_SENTENCE}{{0,60}}?{_STARTING}{_BETWEEN}{_DAY}"),
    re.compile(rf"{_STARTING}{_BETWEEN}{_DAY}{_IN_SENTENCE}{{0,40}}?{_ANSWERS}"),
)
_NOT = re.compile(r"\b(?:not|n't|pas|plus|nicht|no|non|niet|nao)(?: \w{2,12}){0,2} $")
"""In front of "available from", it is the first day of the absence that follows."""
_JOINER = rf"(?:\b{any_of(lambda words: words.joiner)}(?!\w)|[–-])"
_GOES_ON = re.compile(rf",? ?(?:(?:and|et|und|y|e) )?{_JOINER}{_BETWEEN}{_DAY}")
_LAST = (
    re.compile(rf"\b{any_of(lambda words: words.until)}(?!\w)" + _BETWEEN + _DAY),
    re.compile(rf"(?:@\d+|\b\d{{1,2}}(?:er|\.|st|nd|rd|th)?) ?{_JOINER}{_BETWEEN}{_DAY}"),
    re.compile(
        rf"{_ANSWERS}{_IN_SENTENCE}{{0,60}}?\b{any_of(lambda words: words.after)}\b{_BETWEEN}{_DAY}"
    ),
    re.compile(
        r"\b(?:between|entre|zwischen|tra|fra|tussen|mellan|mellem|mellom|miedzy|mezi)\b"
        rf"{_BETWEEN}(?:@\d+|\d{{1,2}}(?:er|\.|st|nd|rd|th)?),? (?:and|et|und|y|e|en|och|og|i|a)\b{_BETWEEN}{_DAY}"
    ),
    *(re.compile(rf"\b{words.span}{_BETWEEN}{_DAY}") for words in ABSENCES if words.span),
)
_MORNING = (
    r"(?:(?:au|le|de|in the|por la|de la|a la|al|di|alla|am|om de|op de|da|pela) (?:matin|morning|morgen|vormittag|manana|mattin[oa]|ochtend|manha)"
    r"|morgens|vormittags|fruh|(?:(?:a|at|um|a las|alle|ore|om|as) )?(?:0?[6-9]|10)(?:[:.]\d\d)? ?(?:h\d{0,2}|am|a\.m\.|uhr|heures|horas|uur))"
    r"\b(?! ?:| (?:uniquement|seulement|only|nur|solo|solamente|soltanto))"
    r"|(?:matin|morning|manana|mattin[oa]|ochtend|manha)(?= ?(?:[.,;!)]|$|inclu))"
)
_EXCLUDED = re.compile(
    rf" (?:{_MORNING})|"
    r",? \(?(?:exclus?|non (?:inclus|compris|incluso|compreso)|excluded|exclusive|ausschliesslich|escluso|excluido|exclusief)\b"
)
"""Behind the last day: it is already the day of return."""
_MORNING_OF = re.compile(
    r"\b(?:the morning|am (?:morgen|vormittag)|la manana|la mattina|a manha|au matin|le matin) (?:of|de[sl]?|du|di|do) (?:\w{4,10},? )?$"
)
"""In front of the last day: so it is."""
_WHOLE_MONTH = re.compile(rf"\b{any_of(lambda words: words.whole_month)}({MONTH})")
_TOMORROW = re.compile(rf"{_BACK_WORDS}{_BETWEEN}{any_of(lambda words: words.tomorrow)}\b")
_WEEKDAYS = {
    name: number for words in ABSENCES for number, name in enumerate(words.weekdays.split())
}
_BACK_ON_WEEKDAY = re.compile(
    rf"(?:{_BACK_WORDS}|{_ANSWERS}{_IN_SENTENCE}{{0,30}}?{_STARTING})"
    r"(?:[ ,:]|\b(?:le|on|am|el|il|au bureau|in the office|next|prochain|proximo|prossimo|kommenden|nachsten|de)\b){0,8}"
    rf"({'|'.join(_WEEKDAYS)})\b(?! (?:@|\d))"
)
_WEEKDAY_THEN_BACK = re.compile(
    rf"\b({'|'.join(_WEEKDAYS)}),? {any_of(lambda words: words.back_behind)}\b"
)
_NEXT_WEEK = any_of(lambda words: words.next_week)
_BACK_NEXT_WEEK = re.compile(rf"{_BACK_WORDS}{_BETWEEN}{_NEXT_WEEK}\b")
_ALL_NEXT_WEEK = re.compile(rf"\b{_NEXT_WEEK}\b")
_ALL_THIS_WEEK = re.compile(rf"\b{any_of(lambda words: words.this_week)}\b")
# "De retour le 18": the article shows that no hour is meant.
_BACK_ON_NUMBER = re.compile(
    rf"{_BACK_WORDS}[ ,:a-z-]{{0,20}}\b(?:le|the|am|el|il|op|dia|{'|'.join(_WEEKDAYS)}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?![./:-]?\d| ?h)"
)
_LEFT = re.compile(rf"\b{any_of(lambda words: words.left)}")
_NOT_LEFT = re.compile(rf"\b{any_of(lambda words: words.not_left)}")
_SENTENCE_END = re.compile(r"(?:[!?;]|(?<!\b\w)(?<!\b\d\d)\.)(?=\s|$)")
"""Not behind the number of a day, or one letter: "zum 31. Mai", "la boîte de M. Roux"."""
_MAX_CHARS = 4000


def find_absence(mail: Mail) -> Absence:
    """Return the absence that the text describes. The date of `mail` supplies a missing year."""
    text = plain_text(f"{mail.headers.get('subject')} . {mail.notice[:_MAX_CHARS]}")
    own = {mail.sender.casefold(), *(address.casefold() for address in mail.our_addresses)}
    named = [
        found for found in addresses_in(mail.notice[:_MAX_CHARS]) if found.casefold() not in own
    ]
    returns_on = _returns_on(text, _written_on(mail))
    is_gone = not is_acknowledgement(text) and (has_left(text) or _has_ended(text, returns_on))
    if is_gone:  # whoever returns has not left; a successor may be on leave, too
        returns_on = _returns_on(_own_part(text), _written_on(mail))
        is_gone = returns_on is None and not says_return(text) and not _is_told_by_absent(text)
    return Absence(returns_on=returns_on, has_left=is_gone, replacements=tuple(named[:5]))


def promises_answer(folded: str) -> bool:
    """Return whether the writer of a folded text will answer, or read mail, from a later day on."""
    dated = with_days_marked(folded, None)
    found = (match for pattern in _ANSWERS_FROM for match in pattern.finditer(dated.text))
    is_back = any(pattern.search(dated.text) for pattern in _BACK)
    return is_back or any(not _is_of_absence(match) for match in found)


def _own_part(folded: str) -> str:
    """Return the sentences that may say when the writer is back: not those of a successor or an office."""
    sentences = _SENTENCE_END.split(folded)
    return " . ".join(each for each in sentences if not is_about_another(each))


def has_left(folded: str) -> bool:
    """Return whether a sentence says that the person has left for good, or that the address has
    ended; "no longer at my desk today" does not.
    """
    return says_left(folded) or any(
        _LEFT.search(sentence) and not _NOT_LEFT.search(sentence)
        for sentence in _SENTENCE_END.split(without_quotations(folded))
    )


def _is_told_by_absent(folded: str) -> bool:
    """Return whether somebody who is away tells of another person who has left."""
    sentences = _SENTENCE_END.split(folded)
    leavings = [each for each in sentences if has_left(each)]
    return any(map(is_own_absence, sentences)) and not any(map(is_first_person, leavings))


def _has_ended(folded: str, returns_on: date | None) -> bool:
    """Return whether the mailbox is closed, or nobody reads it; who comes back reads it again."""
    sentences = _SENTENCE_END.split(without_quotations(folded))
    return any(map(is_closed, sentences)) or (returns_on is None and is_read_by_nobody(sentences))


def _written_on(mail: Mail) -> date | None:
    parsed = parsedate(mail.headers.get("date")[:100])
    return date_or_none(parsed[0], parsed[1], parsed[2]) if parsed else None


def _returns_on(text: str, written_on: date | None) -> date | None:
    """Return the day of return as stated, else the day after the last one of absence."""
    unspaced = day_of_return(text, written_on)
    if unspaced:
        return unspaced
    dated = with_days_marked(text, written_on)
    for pattern in _BACK:
        back = pattern.search(dated.text)
        if back:
            return dated.day(back.group(1))
    answers = (match for pattern in _ANSWERS_FROM for match in pattern.finditer(dated.text))
    first = next((match for match in answers if not _is_of_absence(match)), None)
    if first:
        return dated.day(first.group(1))
    last = _last_day(dated)
    if last is not None:
        return last + timedelta(days=1) if last < date.max else None
    return _without_date(dated.text, written_on) if written_on else None


def _is_of_absence(answers: re.Match[str]) -> bool:
    """Return whether the day is the first one without an answer: "not available from …", "from … to …"."""
    text, start = answers.string, answers.start()
    return bool(_GOES_ON.match(text, answers.end()) or _NOT.search(text, max(0, start - 40), start))


def _last_day(dated: DatedText) -> date | None:
    found = (match for pattern in _LAST for match in pattern.finditer(dated.text))
    days = (
        day - timedelta(days=_is_back_then(match))
        for match in found
        if (day := dated.day(match.group(1))) is not None
    )
    return max(days, default=None)


def _is_back_then(last: re.Match[str]) -> bool:
    """Return whether the last day of absence is already the first one back."""
    text, mark = last.string, last.start(1) - 1
    before = _MORNING_OF.search(text, max(0, mark - 40), mark)
    return bool(before or _EXCLUDED.match(text, last.end()))


def _without_date(text: str, written_on: date) -> date | None:
    """Return the day that "back tomorrow", "back on Monday" or "away all June" means."""
    if written_on.year >= date.max.year:
        return None
    month = _WHOLE_MONTH.search(text)
    if month:
        number = MONTHS[month.group(1).rstrip(".")]
        year = written_on.year + (number < written_on.month)
        return date(year + number // 12, number % 12 + 1, 1)
    if _TOMORROW.search(text):
        return written_on + timedelta(days=1)
    weekday = _BACK_ON_WEEKDAY.search(text) or _WEEKDAY_THEN_BACK.search(text)
    if weekday:
        return _next_weekday(_WEEKDAYS[weekday.group(1)], written_on)
    numbered = _BACK_ON_NUMBER.search(text)
    if numbered:
        return _next_numbered(int(numbered.group(1)), written_on)
    return _after_week(text, written_on)


def _next_weekday(weekday: int, written_on: date) -> date:
    return written_on + timedelta(days=(weekday - written_on.weekday() - 1) % 7 + 1)


def _next_numbered(number: int, written_on: date) -> date | None:
    """Return the next day with this number: of this month, or of the next."""
    ahead = (written_on + timedelta(days=days) for days in range(1, 32))
    return next((day for day in ahead if day.day == number), None)


def _after_week(text: str, written_on: date) -> date | None:
    """Return the Monday that "away this week" or "away next week" means."""
    monday = _next_weekday(0, written_on)
    if _BACK_NEXT_WEEK.search(text) or _ALL_THIS_WEEK.search(text):
        return monday
    return monday + timedelta(days=7) if _ALL_NEXT_WEEK.search(text) else None
