"""Is the edition of the event the same in every step and version?"""

import re
from collections import defaultdict
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, TextFile, _, note, warning
from mailer.checks.reading.quantities.files_compared import (
    DifferingNumber,
    NumberAt,
    differing_numbers,
)
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages, passages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.editions import EditionInText, editions
from mailer.render.markdown.press_blocks.words import folded

WHY = _("A desk compares the two mails, trusts neither, and has to call.")
SOURCE = sources.FACTS

_OTHERS = matches(in_any_language(lambda phrases: phrases.other_editions))
_NOT_HELD = re.compile(
    "journee|day|nuit|night|semaine|week|prix|prize|award|trophee|course|race|show|lecture"
)
"""Several of these have a number within one event: `la 2e journée`, `3rd prize`."""
_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,3})(?:er|re|e|è|ème|ième|ère|nd|nde|st|rd|th)[ \u00a0\n]+([^\W\d_]{4,})"
)

_THIS = re.compile(r"\b(?:[cC]ette|[tT]his)[ \u00a0]\Z")


def check(draft: Draft) -> Findings:
    """Yield a warning for a number that one file gives a word and another one never does.

    A file with both numbers speaks of two editions.
    """
    for found in (*differing_numbers(_editions(draft)), *_in_other_languages(draft)):
        yield warning(
            found.place,
            what=_(
                "“{word}” has the number {number} here, and {other} in {file}.",
                word=found.word,
                number=found.number,
                other=found.other,
                file=TextFile(found.file),
            ),
            why=WHY,
            remedy=_("Write the right number in both."),
        )
    yield from _within_a_text(draft)


def _within_a_text(draft: Draft) -> Findings:
    """Yield a note for a second number of an edition in a text that compares no editions."""
    for passage in messages(draft):
        every = list(_held(passage)) if passage.part is PassagePart.TEXT else []
        events = {it.of for it in every if it.of}
        only = events.pop() if len(events) == 1 else ""
        first: dict[str, EditionInText] = {}
        for edition in every:
            other = first.setdefault(edition.of or only or edition.noun, edition)
            is_apart = passage.sentence_at(other.start) != passage.sentence_at(
                edition.start
            ) or _THIS.search(passage.text, 0, edition.start)
            if other.number != edition.number and is_apart:
                yield note(
                    passage.at(edition.start),
                    what=_(
                        "“{words}” here, and “{name}” elsewhere.",
                        words=edition.words,
                        name=other.words,
                    ),
                    why=WHY,
                    remedy=_("Write the right number in both."),
                )


def _held(passage: Passage) -> Iterator[EditionInText]:
    """Yield the editions of a text that are those of an event, and not of another year."""
    for edition in editions(passage):
        is_part = _NOT_HELD.fullmatch(edition.of or edition.noun) and not edition.is_named
        if not is_part and not _OTHERS.search(passage.sentence_at(edition.start)):
            yield edition


def _in_other_languages(draft: Draft) -> Iterator[DifferingNumber]:
    """Yield the first edition of each file that gives none of those of the campaign's language."""
    by_file: dict[tuple[bool, str], list[NumberAt]] = defaultdict(list)
    for passage in passages(draft):
        is_own = passage.language == draft.campaign.language
        for edition in editions(passage):
            place = passage.at(edition.start)
            by_file[is_own, "" if is_own else place.file].append(
                NumberAt(edition.noun, edition.words, edition.number, place)
            )
    own = by_file.pop((True, ""), [])
    for given in by_file.values():
        if own and {it.number for it in own}.isdisjoint(it.number for it in given):
            first, file = given[0], own[0].place.file.rpartition("/")[2]
            yield DifferingNumber(first.word, first.number, first.place, own[0].number, file)


def _editions(draft: Draft) -> Iterator[NumberAt]:
    for passage in passages(draft):
        for match in _ORDINAL.finditer(without_quotations(passage.text)):
            word = folded(match[2]).rstrip("s")
            yield NumberAt(word, word, match[1], passage.at(match.start()))
