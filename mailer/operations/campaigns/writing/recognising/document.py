"""A document as a proposal: its facts, its text without them, and what was taken out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.embargoes import embargo_at
from mailer.languages import LANGUAGES
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.proposals import CompetingWords, ProposedFact, RecognisedDocument
from mailer.operations.campaigns.writing.recognising.accreditation import (
    accreditation_anywhere,
    deadline_day,
    of_journalists,
    relative_deadline,
)
from mailer.operations.campaigns.writing.recognising.boxes import boxed_event
from mailer.operations.campaigns.writing.recognising.contacts import contact_facts
from mailer.operations.campaigns.writing.recognising.event import competing_moments, event_facts
from mailer.operations.campaigns.writing.recognising.event_names import event_name
from mailer.operations.campaigns.writing.recognising.heading import (
    day_of_issue,
    embargo_of,
    headline_of,
    kind_of,
    letterhead,
    marks,
    place_of_dateline,
)
from mailer.operations.campaigns.writing.recognising.issued import issued_on
from mailer.operations.campaigns.writing.recognising.letterheads import (
    competing_heads,
    unlabelled_letterhead,
)
from mailer.operations.campaigns.writing.recognising.lines import (
    NOTHING,
    Line,
    lines_of,
    margin_lines,
    without,
)
from mailer.operations.campaigns.writing.recognising.links import link_facts
from mailer.operations.campaigns.writing.recognising.moments import (
    DateContext,
    home_zone,
    says_hour,
    with_years,
)
from mailer.operations.campaigns.writing.recognising.partners import partner_facts
from mailer.operations.campaigns.writing.recognising.places import beside_event, place_facts
from mailer.operations.campaigns.writing.recognising.unsure import quoted_in_full, without_unsure
from mailer.operations.campaigns.writing.recognising.words import LABELS, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mailer.operations.campaigns.writing.recognising.lines import Recognised


def recognise(
    markdown: str,
    *,
    language: str,
    today: date,
    margins: Sequence[str] = (),
    zone: str = "Europe/Paris",
) -> RecognisedDocument:
    """Return what a text and its headers and footers (`margins`) say outright.

    `language` is that of the office, for a text that does not show its own. A date without a year
    is the next one after the text was written.
    """
    spoken = spoken_language(markdown) or language
    home, clock = home_zone(markdown, zone)
    how = with_years(markdown, DateContext(spoken, today, home))
    issued = issued_on(markdown, how)
    lines = lines_of(markdown)
    beside = margin_lines(margins, after=markdown.count("\n") + 1)
    kind, said = kind_of(lines, beside)
    found = [said]
    remains = dict(said.remains)
    dateline, at = place_of_dateline(lines, remains, how)
    remains |= dateline.remains
    body = [line for line in lines if line.number != at]
    place = place_facts(_below_dateline(lines, dateline), how)
    event = event_facts(markdown, how, kind)
    if not event:
        event, boxed = boxed_event(beside, how, kind)
        place = boxed if boxed.facts and not place.facts else place
    if not place.facts:
        place = replace(place, facts=beside_event(lines, event))
    asked = accreditation_anywhere(body, beside, how)
    is_release = kind is CampaignKind.PRESS_RELEASE
    if is_release and not event:
        asked = of_journalists(asked)
    for recognised in (
        dateline,
        embargo_of(lines, [" ".join(each.split()) for each in margins], how),
        marks(lines),
        place,
        asked,
        contact_facts(body, beside),
        partner_facts(_below_dateline(lines, dateline)),
        link_facts(body, beside),
    ):
        found.append(recognised)
        remains |= {n: left for n, left in recognised.remains.items() if remains.get(n) != ""}
    event = _besides_embargo(event, kind, found)
    event, unsure = without_unsure(event, "\n".join((markdown, *margins)), how)
    if is_release and not event and place.facts and not place.remains:
        found.remove(place)  # a sentence says where something is, and nobody is invited
    if not any(fact.path[:2] == ("accreditation", "deadline") for it in found for fact in it.facts):
        event = (*event, *relative_deadline(body, event, how))
    if home != zone:
        event = (ProposedFact(("time_zone",), home, clock), *event)
    remains |= without(_saying_when(body, event))
    if is_release or issued:
        remains |= day_of_issue(lines, None if is_release else issued, event, how)
    remains |= letterhead(lines, said).remains
    remains |= unlabelled_letterhead(lines, remains, said, how)
    heads = competing_heads(lines, remains, said, how)
    moments = unsure or competing_moments(markdown, how, kind)
    undecided = tuple(_undecided(found, heads, moments))
    title = NOTHING if heads else headline_of(lines, remains)
    found.append(title)
    if event and not any(fact.path[-1] == "name" for fact in event):
        event = (*event_name(lines, _title(title)), *event)
    remains |= without(_heads_of_nothing(lines, {**remains, **title.remains}))
    return RecognisedDocument(
        language=spoken,
        kind=kind,
        facts=quoted_in_full(_in_order(found, event), "\n".join((markdown, *margins)), how),
        text=_with_embargo(_text(markdown, {**remains, **title.remains}), undecided),
        taken_out=tuple(_taken_out(lines, remains)),
        original=markdown,
        deadline_day=deadline_day(body, how),
        undecided=undecided,
    )


def _title(headline: Recognised) -> str:
    return next((str(fact.value) for fact in headline.facts), "")


def _undecided(
    found: Sequence[Recognised], heads: tuple[str, ...], moments: tuple[str, ...]
) -> Iterator[CompetingWords]:
    """Yield what the document says in two ways."""
    if heads:
        yield CompetingWords(("title",), heads)
    yield from (each for recognised in found for each in recognised.undecided)
    if moments:
        yield CompetingWords(("event", "starts_at"), moments)


def _besides_embargo(
    event: tuple[ProposedFact, ...], kind: CampaignKind | None, found: Sequence[Recognised]
) -> tuple[ProposedFact, ...]:
    """Return the event; none where a release only says the end of its embargo once more."""
    ends = {fact.value for each in found for fact in each.facts if fact.path[0] == "embargo"}
    is_end = kind is CampaignKind.PRESS_RELEASE and any(fact.value in ends for fact in event)
    return () if is_end else event


def _below_dateline(lines: Sequence[Line], dateline: Recognised) -> list[Line]:
    """Return the lines; of that of the dateline what stands behind it, as it is written."""
    rest = dateline.remains
    return [Line(each.number, rest.get(each.number, each.source)) for each in lines]


def _saying_when(lines: Sequence[Line], event: Sequence[ProposedFact]) -> Iterator[Line]:
    """Yield the lines that only say when the event is, below a label or behind it: the page does."""
    words = " ".join(fact.words for fact in event)
    if any(not isinstance(fact.value, datetime) and says_hour(fact.words) for fact in event):
        return  # the hour by another clock is in no fact
    is_below = False
    for line in lines if words else ():
        labelled = label("when").match(line.text)
        said = line.text[labelled.end() :] if labelled else line.text
        says_only = not re.search(r"\w", said) or said.strip(" .,\u00a0") in words
        is_whole = any(said.strip(" .,\u00a0") == fact.words for fact in event)
        if says_only and (labelled or is_below or is_whole):
            yield line
        is_below = says_only and bool(labelled or is_below)


_SOME = 5
_FEW = 3
"""How many frequent words tell a language, where the text has some, or none, of another one."""


def spoken_language(text: str) -> str:
    """Return the language whose frequent words a text has most of; empty when it has hardly any."""
    counts = {
        language.code: len(re.findall(rf"(?i){language.release.common}", text))
        + sum(1 for _mention in mentions(text, language.code))
        for language in LANGUAGES
        if language.release
    }
    best = max(counts, key=lambda code: counts[code])
    others = max(count for code, count in counts.items() if code != best)
    is_telling = counts[best] >= (_FEW if others == 0 else _SOME) and counts[best] > 2 * others
    return best if is_telling else ""


def _in_order(
    found: Sequence[Recognised], event: Sequence[ProposedFact]
) -> tuple[ProposedFact, ...]:
    """Return the facts in the order of `campaign.toml`."""
    every = [*(fact for each in found for fact in each.facts), *event]
    tables = ("event", "accreditation", "embargo", "press_contacts", "partners", "links")
    order = {name: number for number, name in enumerate(tables, start=1)}
    return tuple(sorted(every, key=lambda fact: order.get(str(fact.path[0]), 0)))


def _text(markdown: str, remains: Mapping[int, str]) -> str:
    """Return the text with what remains of its lines."""
    left = [remains.get(number, source) for number, source in enumerate(markdown.split("\n"))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(left)).strip()


def _with_embargo(text: str, undecided: Sequence[CompetingWords]) -> str:
    """Return the text below the embargo that only a header or a footer says and that is no fact: a
    check finds it there.
    """
    said = [each.words for each in undecided if each.path[0] == "embargo"]
    is_lost = bool(said) and embargo_at(text) is None
    return "\n\n".join((*said[0], text)) if is_lost else text


def _heads_of_nothing(lines: Sequence[Line], remains: Mapping[int, str]) -> Iterator[Line]:
    """Yield the headings, and the labels alone, below which all was taken out."""
    below: Line | None = None  # the next line that stays
    is_cut = False  # whether something between was taken out
    for line in reversed(lines):
        is_bare = any(label(name).fullmatch(line.text) for name in LABELS)
        if remains.get(line.number) == "":
            is_cut = True
        elif (line.level > 1 or is_bare) and is_cut and (below is None or below.level):
            yield line
        else:
            below, is_cut = line, False


def _taken_out(lines: Sequence[Line], remains: Mapping[int, str]) -> Iterator[str]:
    """Yield each line that is gone as a whole, and the part that is gone of another."""
    for line in lines:
        left = remains.get(line.number)
        if left == "":
            yield line.text
        elif left is not None and left != line.source:
            yield line.text.replace(left.lstrip("# "), "").strip(" \u00a0–—:|-") or line.text
