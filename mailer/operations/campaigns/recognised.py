"""Recognise the facts of an old document, so that a new campaign begins with them.

Only what the text says outright is taken, with the words that say it. Where it says two things, or
something that is not so (a weekday that does not belong to its date), nothing is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, time
from typing import TYPE_CHECKING

from mailer.checks.reading.datelines import is_dateline
from mailer.checks.reading.dates import mentions
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import Passage, PassagePart
from mailer.errors import Place
from mailer.languages import LANGUAGES
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailer.checks.reading.dates import Mention
    from mailer.model.campaign import CampaignKind

_SOON = 330
"""Within how many days an event lies whose year is not given."""
_CONTACT_LINES = 6
_HOUR = re.compile(
    r"(?i)[\s\u00a0,(–—-]*(?:(?:à|a|dès|de|from|at|on)\s+|à partir de\s+)?"
    r"(?P<hour>[01]?\d|2[0-3])[\s\u00a0]*"
    r"(?:(?:h(?:eures?)?|:)[\s\u00a0]*(?P<minute>[0-5]\d)?(?:[\s\u00a0]*(?P<half>[ap])\.?m\b)?"
    r"|(?P<bare>[ap])\.?m\b)(?!\w)"
)
_PHONE = re.compile(r"(?<![\d+])(?:\+\d{1,3}|0)(?:[ .\u00a0()-]{0,2}\d){8,11}(?!\d)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'.-]*){1,3}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])|\n{2,}")
_SIGNS = re.compile(r"[*_#>\\]+|^\s*[-•]\s+", re.MULTILINE)
_KIND_LABEL = re.compile(in_any_language(lambda phrases: phrases.kind_label) + r"[\s:–—|.-]*")
_VENUE = re.compile(in_any_language(lambda phrases: rf"(?:{phrases.venue_label})[\s\u00a0]*:\s*"))
_CONTACT = re.compile(
    in_any_language(lambda phrases: rf"(?:{phrases.contact_label})(?=[\s\u00a0]*(?::|$))")
)
_REGISTER = re.compile(in_any_language(lambda phrases: phrases.asks_to_register))
_LIMIT = re.compile(in_any_language(lambda phrases: phrases.limit) + r"[\s\u00a0]+(?:le\s+)?\Z")


FACTS: Mapping[str, Text] = {
    "title": _("headline"),
    "event": _("day and hour"),
    "venue": _("place"),
    "contact": _("whom to call"),
    "phone": _("phone"),
    "address": _("address for accreditations"),
}
"""The names of the facts, as people say them."""


@dataclass(frozen=True, slots=True)
class RecognisedFact:
    """A value, and the words of the document that say it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class RecognisedFacts:
    """What a document says outright; None where it says nothing, or two things."""

    kind: CampaignKind | None = None
    title: RecognisedFact | None = None
    event: RecognisedFact | None = None
    """An ISO day, with the hour if one stands beside it."""
    venue: RecognisedFact | None = None
    contact: RecognisedFact | None = None
    phone: RecognisedFact | None = None
    address: RecognisedFact | None = None

    def values(self) -> dict[str, str]:
        """Return the values that were recognised, by name; without the kind."""
        return {name: fact.value for name, fact in self._facts()}

    def evidence(self) -> dict[str, str]:
        """Return the words of each value that was recognised, by name."""
        return {name: fact.words for name, fact in self._facts()}

    def _facts(self) -> Iterator[tuple[str, RecognisedFact]]:
        for each in fields(self):
            fact = getattr(self, each.name)
            if isinstance(fact, RecognisedFact):
                yield each.name, fact


def recognise(markdown: str, *, language: str, today: date) -> RecognisedFacts:
    """Return the facts that a text says outright. A date without a year is the next one."""
    lines = [line for raw in markdown.splitlines() if (line := _plain(raw))]
    contact, phone = _contact(lines)
    return RecognisedFacts(
        kind=_kind(lines),
        title=_title(markdown, lines, language),
        event=_event(markdown, language, today),
        venue=_venue(lines),
        contact=contact,
        phone=phone,
        address=_address(markdown),
    )


def _plain(line: str) -> str:
    return _SIGNS.sub("", line).strip()


def _kind(lines: Sequence[str]) -> CampaignKind | None:
    """Return the kind that stands at the beginning of one of the first lines."""
    for line in lines[:5]:
        found = {
            kind
            for language in LANGUAGES
            if language.phrases
            for kind, words in language.phrases.kinds.items()
            if re.match(rf"(?i:{words})\b", line)
        }
        if len(found) == 1:
            return found.pop()
    return None


def _title(markdown: str, lines: Sequence[str], language: str) -> RecognisedFact | None:
    """Return the first heading, or else the first line that is no dateline, without the kind of
    the document.
    """
    headings = [_plain(line) for line in markdown.splitlines() if line.startswith("# ")]
    rest = (line for line in lines if not _has_dateline(line, language))
    for line in (*headings, *rest):
        title = _KIND_LABEL.sub("", line, count=1) if _KIND_LABEL.match(line) else line
        if title.strip():
            return RecognisedFact(title.strip(), line)
    return None


def _has_dateline(line: str, language: str) -> bool:
    passage = Passage(PassagePart.TEXT, line, language, Place(""))
    return any(is_dateline(passage, mention) for mention in mentions(line, language))


def _event(markdown: str, language: str, today: date) -> RecognisedFact | None:
    passage = Passage(PassagePart.TEXT, markdown, language, Place(""))
    found = list(mentions(passage.text, language))
    written = next((it for it in found if it.year and is_dateline(passage, it)), None)
    reference = (written and written.near(today)) or today
    with_hour: dict[tuple[date, time], str] = {}
    without: dict[date, str] = {}
    for mention in found:
        if is_dateline(passage, mention) or _is_limit(passage.text, mention):
            continue
        day = _day(mention, reference)
        if day is None:
            continue
        hour = _HOUR.match(passage.text, mention.end)
        end = hour.end() if hour else mention.end
        words = " ".join(passage.text[mention.start : end].split())
        if hour and (at := _time(hour)):
            with_hour.setdefault((day, at), words)
        elif mention.weekday is not None:
            without.setdefault(day, words)
    if len(with_hour) == 1:
        ((day, at), words) = next(iter(with_hour.items()))
        return RecognisedFact(f"{day.isoformat()} {at:%H:%M}", words)
    if not with_hour and len(without) == 1:
        day, words = next(iter(without.items()))
        return RecognisedFact(day.isoformat(), words)
    return None


def _is_limit(text: str, mention: Mention) -> bool:
    return _LIMIT.search(text, max(0, mention.start - 30), mention.start) is not None


def _day(mention: Mention, reference: date) -> date | None:
    """Return the day of an event to come; None for others and for a wrong weekday."""
    years = [mention.year] if mention.year else [reference.year, reference.year + 1]
    for year in years:
        try:
            day = date(year, mention.month, mention.day)
        except ValueError:
            continue
        if mention.weekday not in {None, day.weekday()}:
            continue
        if 0 <= (day - reference).days <= _SOON or (mention.year and day >= reference):
            return day
    return None


def _time(found: re.Match[str]) -> time | None:
    hour, half = int(found["hour"]), (found["half"] or found["bare"] or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, int(found["minute"] or 0))


def _venue(lines: Sequence[str]) -> RecognisedFact | None:
    found = {line[match.end() :].strip(" .") for line in lines if (match := _VENUE.match(line))}
    found.discard("")
    return RecognisedFact(*found, *found) if len(found) == 1 else None


def _contact(lines: Sequence[str]) -> tuple[RecognisedFact | None, RecognisedFact | None]:
    """Return the first person below a label of contacts, and the number that follows them."""
    for index, line in enumerate(lines):
        label = _CONTACT.match(line)
        if label is None:
            continue
        block = [line[label.end() :].strip(" :\u00a0"), *lines[index + 1 : index + _CONTACT_LINES]]
        parts = [
            part.strip(" :\u00a0") for each in block for part in re.split(r"[,;|/(–—]| - ", each)
        ]
        names = [(at, part) for at, part in enumerate(parts) if _NAME.fullmatch(part)]
        if not names:
            return None, None
        at, name = names[0]
        rest = parts[at + 1 : names[1][0]] if len(names) > 1 else parts[at + 1 :]
        phones = {found[0].strip() for part in rest for found in _PHONE.finditer(part)}
        words = " / ".join(filter(None, block))[:80]
        phone = RecognisedFact(phones.pop(), words) if len(phones) == 1 else None
        return RecognisedFact(name, words), phone
    return None, None


def _address(markdown: str) -> RecognisedFact | None:
    """Return the only address in a sentence that says how to be accredited."""
    found = {
        address.strip("."): " ".join(sentence.split())[:80]
        for sentence in _SENTENCE.split(markdown)
        if _REGISTER.search(sentence)
        for address in _MAIL.findall(sentence)
    }
    return RecognisedFact(*next(iter(found.items()))) if len(found) == 1 else None
