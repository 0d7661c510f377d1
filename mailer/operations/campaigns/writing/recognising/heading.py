"""The head of a document: its kind, its dateline, its headline, an embargo."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, PassagePart
from mailer.checks.reading.times.datelines import is_dateline
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.embargoes import embargo_at
from mailer.errors import Place
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.proposals import CompetingWords, ProposedFact
from mailer.operations.campaigns.writing.recognising.letterheads import (
    ADDRESS,
    INSTITUTION,
    OFFICE,
    has_address_behind_bar,
)
from mailer.operations.campaigns.writing.recognising.lines import (
    NOTHING,
    Recognised,
    first_sentence,
    sentences_of,
    without,
)
from mailer.operations.campaigns.writing.recognising.moments import CLOCK, said_moments
from mailer.operations.campaigns.writing.recognising.words import kind_labels, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.operations.campaigns.writing.recognising.lines import Line
    from mailer.operations.campaigns.writing.recognising.moments import DateContext

_FIRST = 6
"""Among how many first lines the kind of a document stands."""
_KINDS = kind_labels()
_BEFORE_KIND = re.compile(r"[^\w#]*")
_DAY = r"(?:[^\W\d]+,? )?(?:\d{1,2}(?:er|st|nd|rd|th)?[ \u00a0][^\W\d]+|[^\W\d]+ \d{1,2},?)[ \u00a0]\d{4}|(?:\d{1,2}[./-]){2}\d{4}|\d{4}-\d\d-\d\d"
_ONLY_DAY = re.compile(rf"(?:(?i:du|le|of|dated)[ \u00a0])?(?:{_DAY})")
_TOO = words(lambda release: release.kind_too)
_AFTER_KIND = re.compile(
    rf"(?:[ \u00a0](?:{_TOO})\b)?"
    r"[\s\u00a0»”\]*)]*(?:[:–—|/-]+[\s\u00a0]*|\Z"
    rf"|,?[ \u00a0]*(?:(?i:n[°ºo]|no\.|#)[ \u00a0]?[\w/-]+|(?:(?i:du|le|of|dated)[ \u00a0])?(?:{_DAY}))\W*\Z)"
)
"""A kind stands alone or before a colon or a dash; a number or a day may follow it."""
_PARTS = re.compile(r"[ \u00a0]+[–—|/·-][ \u00a0]+")
_PLACE_AND_DAY = re.compile(
    rf"(?P<place>[^\W\d_][^\d|–—]{{1,40}}?)[ \u00a0]+[|–—/-][ \u00a0]+(?P<day>{_DAY})"
)
"""Behind a kind, a dateline that is written with bars: `| BREST | 9 MARS 2027`."""
_NO_KIND = re.compile(rf"{words(lambda release: release.no_kind)}[\s\u00a0:–—|.-]*")
_SUBJECT = re.compile(rf"(?:{in_any_language(lambda phrases: phrases.subject_label)})[ \u00a0]*:")
_END_SIGN = re.compile(words(lambda release: release.end_sign))
_WHAT = re.compile(
    rf"\A(?:{words(lambda release: release.what)})[ \u00a0]*[:?][ \u00a0]*(?=[A-ZÀ-Ý])"
)
_DATED = re.compile(
    rf"(?:{words(lambda release: release.issued)})[ \u00a0]*:?[ \u00a0]*(?:{_DAY})(?:,?[ \u00a0](?:(?:at|à)[ \u00a0])?{CLOCK})?\W*"
)
GREETING = re.compile(rf"(?:{words(lambda release: release.greeting)})[\s\u00a0]*[,!.]?")
_FEW = 3
"""How many words a line has at most that is hardly a headline."""
_LONGEST_LABEL = 100
"""How many signs a line has at most that says nothing but an embargo."""
_EMBARGO_LABEL = re.compile(
    rf"(?:\w+[\s\u00a0]+)?{in_any_language(lambda phrases: phrases.embargo)}(?:[^.;]|\.(?=[\w,])|(?<=m)\.)*\Z"
)
_EMBARGO_ALONE = re.compile(
    rf"(?:\w+[\s\u00a0]+)?{in_any_language(lambda phrases: phrases.embargo)}\W*"
)
_WHOLE = re.compile(rf"(?:{words(lambda release: release.under_embargo)})")
_EMBARGO_ON = re.compile(
    r"\w* (?:sur|on|for|concernant|regarding|about) ((?:[^\W\d_]+[ ’'])+?)(?=until|jusqu|to |\d|\Z)"
)
"""What an embargo is on: `embargo on the names of the winners until`."""
_EMBARGO = re.compile(in_any_language(lambda phrases: phrases.embargo))


def kind_of(
    lines: Sequence[Line], margins: Sequence[Sequence[Line]] = ()
) -> tuple[CampaignKind | None, Recognised]:
    """Return the kind that stands at the beginning of one of the first lines, by itself or before
    a colon or a dash; or else in a header (`margins`).
    """
    for part in (lines[:_FIRST], *margins):
        for line in part:
            if found := _labelled_kind(line):
                return found
    first = next((line for line in lines[:_FIRST] if _NO_KIND.fullmatch(line.text)), None)
    if first is None:
        return None, NOTHING
    fact = ProposedFact(("kind",), CampaignKind.PRESS_RELEASE.value, first.text)
    return CampaignKind.PRESS_RELEASE, Recognised((fact,), without([first]))


def _labelled_kind(line: Line) -> tuple[CampaignKind, Recognised] | None:
    """Return the only kind whose label begins a line, and what remains of the line."""
    found = {
        kind: end
        for kind, pattern in _KINDS.items()
        if (end := _label_end(pattern, line.text)) is not None
    }
    if len(found) != 1:
        return _kind_behind(line)
    ((name, end),) = found.items()
    said, rest = line.text[:end].strip(" \u00a0:–—|/-*[]«»“”"), line.text[end:]
    if dateline := _PLACE_AND_DAY.fullmatch(rest):
        rest = f"{dateline['place']}, {dateline['day']}"
    fact = ProposedFact(("kind",), name, said)
    return CampaignKind(name), Recognised((fact,), {line.number: _same_level(line, rest)})


def _kind_behind(line: Line) -> tuple[CampaignKind, Recognised] | None:
    """Return the kind that stands alone behind a dash or a bar, below an office or a dateline:
    `Namur, 3 mai 2027 – COMMUNIQUÉ`.
    """
    before, *_between, last = ["", *_PARTS.split(line.text)]
    found = [
        kind for kind, pattern in _KINDS.items() if _label_end(pattern, last) == len(last) != 0
    ]
    before = line.text[: len(line.text) - len(last)].rstrip(" \u00a0–—|/·-")
    if len(found) != 1 or not before or line.level == 1 or len(line.text) >= _LONGEST_LABEL:
        return None
    is_head = mentions(before, "fr") or mentions(before, "en") or OFFICE.fullmatch(before)
    if not is_head:
        return None
    fact = ProposedFact(("kind",), found[0], last.strip(" *_"))
    return CampaignKind(found[0]), Recognised((fact,), {line.number: before})


def _label_end(pattern: re.Pattern[str], text: str) -> int | None:
    before = _BEFORE_KIND.match(text)
    label = pattern.match(text, before.end() if before else 0)
    after = _AFTER_KIND.match(text, label.end()) if label else None
    return after.end() if after else None


def _same_level(line: Line, text: str) -> str:
    return f"{'#' * line.level} {text}" if line.level and text else text


def place_of_dateline(
    lines: Sequence[Line], remains: dict[int, str], how: DateContext
) -> tuple[Recognised, int]:
    """Return the city of the dateline and the number of its line (-1: none).

    `remains` is what other readers have left of each line: a kind may stand before it.
    """
    for line, below in zip_longest(lines[: 2 * _FIRST], lines[1 : 2 * _FIRST + 1]):
        text = remains.get(line.number, line.text).lstrip("# ")
        said = f"{text}\n{below.text}" if below else text
        passage = Passage(PassagePart.TEXT, said, how.language, Place(""))
        mention = next(
            (it for it in mentions(text, how.language) if is_dateline(passage, it)), None
        )
        city = re.sub(r"\A[ÀA] ", "", text.partition(",")[0].strip(" \u00a0*_(–—-"))
        is_headline = line.level == 1 or len(city.split()) > 2 * _FEW
        if mention is None or is_headline or re.search(r"\d", city) or _EMBARGO.search(city):
            continue
        rest = text[mention.end :].lstrip(" \u00a0*_).:–—-\\")
        fact = ProposedFact(("place",), city, text[: mention.end].strip())
        return Recognised((fact,), {line.number: rest}), line.number
    return NOTHING, -1


def _says_kind_only(text: str) -> bool:
    """Return whether a line says nothing but the kind of the document."""
    return any(_label_end(pattern, text) == len(text) for pattern in _KINDS.values())


def day_of_issue(
    lines: Sequence[Line], issued: date | None, event: Sequence[ProposedFact], how: DateContext
) -> dict[int, str]:
    """Return the lines of the head that say only the day on which the document was issued as taken
    out; without `issued`, as of a release, any day but that of its event.
    """
    begins = {f"{fact.value:%Y-%m-%d}" for fact in event if isinstance(fact.value, date)}
    taken: dict[int, str] = {}
    for line in lines[: 2 * _FIRST]:
        days = {it.near(how.today) for it in mentions(line.text, how.language)}
        is_event = any(str(day) in begins for day in days)
        if _ONLY_DAY.fullmatch(line.text) and not is_event and (not issued or issued in days):
            taken[line.number] = ""
    return taken


def letterhead(lines: Sequence[Line], kind: Recognised) -> Recognised:
    """Return the names and addresses of institutions above the headline, which the page writes by
    itself. Below the kind a name counts only with its address, since it may be the headline.
    """
    found: list[Line] = []
    is_below = False
    for at, line in enumerate(lines[: 2 * _FIRST]):
        following = lines[at + 1].text if at + 1 < len(lines) else ""
        if line.level == 1:
            break
        if line.number in kind.remains or _NO_KIND.fullmatch(line.text):
            is_below = True
        elif (
            has_address_behind_bar(line.text)
            or (ADDRESS.search(line.text) and (found or not is_below))
            or (_is_office(line.text) and (not is_below or ADDRESS.search(following)))
        ):
            found.append(line)
        elif is_below:
            break
    return Recognised((), without(found)) if is_below or _has_headline(lines) else NOTHING


def _has_headline(lines: Sequence[Line]) -> bool:
    return any(line.level == 1 for line in lines[: 2 * _FIRST])


def _is_office(text: str) -> bool:
    """Return whether a line is the name of an institution and no sentence about one."""
    return OFFICE.fullmatch(text) is not None and INSTITUTION.search(text) is not None


def headline_of(lines: Sequence[Line], remains: dict[int, str]) -> Recognised:
    """Return the first heading, or else the first line that says something else than the kind.

    The text keeps it, as a heading.
    """
    left = [(line, remains.get(line.number, line.source)) for line in lines]
    headed = [each for each in left if each[0].level == 1]
    told = [
        (line, title)
        for line, source in (*headed, *left)
        if _may_head(title := _plain(source, line))
    ]
    for at, (line, title) in enumerate(told):
        if line.level != 1 and title.endswith("."):
            return NOTHING  # a sentence, and no headline
        if (
            line.level != 1
            and (_says_form(title) or _names_kind(title))
            and _is_title(told[at + 1 : at + 2])
        ):
            continue
        fact = ProposedFact(("title",), title, line.text)
        return Recognised((fact,), {line.number: f"# {title}"})
    return NOTHING


def _may_head(title: str) -> bool:
    """Return whether a line says something that a headline can say."""
    if not re.search(r"\w", title) or _NO_KIND.fullmatch(title) or _EMBARGO.search(title[:40]):
        return False
    return not any(it.fullmatch(title) for it in (_ONLY_DAY, GREETING, _PLACE_AND_DAY, _DATED))


def _says_form(title: str) -> bool:
    """Return whether a line only says in one word what people come to: `Webinaire`."""
    return " " not in title


def _names_kind(title: str) -> bool:
    """Return whether a line says what people come to: `Press view and interviews`,
    `Programme de la visite de presse`.
    """
    return len(title.split()) <= 2 * _FEW and any(it.search(title) for it in _KINDS.values())


def _is_title(following: Sequence[tuple[Line, str]]) -> bool:
    """Return whether the next line is a headline: of some words, and no sentence."""
    return any(len(title.split()) > _FEW and title[-1] not in ".,;:" for _line, title in following)


def _plain(source: str, line: Line) -> str:
    """Return what a line says, without the label of what an event is."""
    said = line.text if source == line.source else source.lstrip("# ").strip()
    return _WHAT.sub("", said)


def embargo_of(lines: Sequence[Line], margins: Sequence[str], how: DateContext) -> Recognised:
    """Return until when an embargo holds, if a line or a header says one moment with its hour."""
    spoken: list[tuple[tuple[Line, ...], str]] = [((), text) for text in margins]
    spoken += [((line,), line.text) for line in lines[: 2 * _FIRST]]
    spoken += [
        ((label, line), f"{label.text} {line.text}")
        for label, line in pairwise(lines[: 2 * _FIRST])
        if _EMBARGO_ALONE.fullmatch(label.text)
    ]
    found: dict[datetime, tuple[tuple[Line, ...], str]] = {}
    for source, text in spoken:
        if _EMBARGO.search(text):
            if _of_a_part(text):
                continue
            is_label = _EMBARGO_LABEL.match(text) is not None and len(text) < _LONGEST_LABEL
            for moment in said_moments(text, how):
                if moment.instant and not moment.is_unsure and (moment.is_limit or is_label):
                    found.setdefault(moment.instant, (source, text))
    if len(found) != 1:
        return Recognised(
            undecided=tuple(_embargo_not_taken([*margins, *(it.text for it in lines)]))
        )
    ((value, (source, text)),) = found.items()
    fact = ProposedFact(("embargo", "until"), value, text)
    return Recognised((fact,), _without_embargo(source, text))


def _embargo_not_taken(texts: Sequence[str]) -> Iterator[CompetingWords]:
    """Yield the sentences that say an embargo whose end could not be taken, wherever they stand."""
    said = dict.fromkeys(
        sentence
        for text in texts
        for sentence in sentences_of(text)
        if embargo_at(sentence) is not None
    )
    if said:
        yield CompetingWords(("embargo", "until"), tuple(said))


def _of_a_part(text: str) -> bool:
    """Return whether an embargo holds for a part of the text only: `Le nom des lauréats est sous
    embargo`.
    """
    for sentence in sentences_of(text):
        if said := _EMBARGO.search(sentence):
            before = re.split(r"[:;|]|[ \u00a0][–—-][ \u00a0]", sentence[: said.start()])[-1]
            on = _EMBARGO_ON.match(sentence, said.end())
            if not all(
                map(_WHOLE.fullmatch, re.findall(r"[^\W\d_]+", f"{before} {on[1] if on else ''}"))
            ):
                return True
    return False


def _without_embargo(source: Sequence[Line], text: str) -> dict[int, str]:
    """Return what remains of the lines of an embargo: the sentences behind it."""
    said, behind = first_sentence(text)
    if not source or len(said) >= _LONGEST_LABEL:
        return {}
    return {**without(source), source[-1].number: behind}


def marks(lines: Sequence[Line]) -> Recognised:
    """Return the lines that only say that a text ends, or may be published at once, and the subject
    of a mail that is typed above it, and who is greeted there.
    """
    every = (
        each for each in lines if _END_SIGN.fullmatch(each.text) or _NO_KIND.fullmatch(each.text)
    )
    again = [each for each in lines[: 2 * _FIRST] if _says_kind_only(each.text)]
    typed = (each for each in lines[:_FIRST] if _SUBJECT.match(each.text) and each.level != 1)
    greets = (each for each in lines[: 2 * _FIRST] if GREETING.fullmatch(each.text))
    return Recognised((), without([*every, *again, *typed, *greets]))
