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

_OTHER_EDITIONS = matches(in_any_language(lambda phrases: phrases.other_editions))
"""Words of a sentence about the edition of another year: its number differs rightly."""
_PARTS_OF_EVENTS = re.compile(
    "journee|day|nuit|night|semaine|week|prix|prize|award|trophee|course|race|show|lecture"
)
"""What may be numbered within one event, folded: `la 2e journée`, `3rd prize`."""
_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,3})(?:er|re|e|è|ème|ième|ère|nd|nde|st|rd|th)[ \u00a0\n]+([^\W\d_]{4,})"
)
_THIS = re.compile(r"\b(?:[cC]ette|[tT]his)[ \u00a0]\Z")


def check(draft: Draft) -> Findings:
    """Yield a warning where two files give the same word different numbers: `5e forum`, `6e forum`.

    A file that has both numbers speaks of two editions, and is right.
    """
    for found in (*differing_numbers(_ordinals(draft)), *_in_other_languages(draft)):
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
    """Yield a note for each edition whose number is not that of the same event above it."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for edition, first in _contradictions(passage):
            yield note(
                passage.at(edition.start),
                what=_(
                    "“{words}” here, and “{name}” elsewhere.",
                    words=edition.words,
                    name=first.words,
                ),
                why=WHY,
                remedy=_("Write the right number in both."),
            )


def _contradictions(passage: Passage) -> Iterator[tuple[EditionInText, EditionInText]]:
    """Yield each edition with another number than the first one of its event, and that first one.

    An edition that names no event is of the only one that the text numbers, if there is only one.
    """
    present = list(_present_editions(passage))
    events = {each.of for each in present if each.of}
    only_event = events.pop() if len(events) == 1 else ""
    first_by_event: dict[str, EditionInText] = {}
    for edition in present:
        first = first_by_event.setdefault(edition.of or only_event or edition.noun, edition)
        if first.number != edition.number and not _are_compared(passage, first, edition):
            yield edition, first


def _are_compared(passage: Passage, first: EditionInText, edition: EditionInText) -> bool:
    """Return whether one sentence names both editions, and does not call the second `this` one."""
    is_one_sentence = passage.sentence_at(first.start) == passage.sentence_at(edition.start)
    return is_one_sentence and not _THIS.search(passage.text, 0, edition.start)


def _present_editions(passage: Passage) -> Iterator[EditionInText]:
    """Yield the editions of events in a text, but for those of other years."""
    for edition in editions(passage):
        is_part = _PARTS_OF_EVENTS.fullmatch(edition.of or edition.noun) and not edition.is_named
        if not is_part and not _OTHER_EDITIONS.search(passage.sentence_at(edition.start)):
            yield edition


def _in_other_languages(draft: Draft) -> Iterator[DifferingNumber]:
    """Yield the first edition of each file in another language than the campaign's, if none of its
    editions has a number that a text in the campaign's language gives.
    """
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


def _ordinals(draft: Draft) -> Iterator[NumberAt]:
    """Yield each ordinal number with the word that it stands before: 5 and `forum`."""
    for passage in passages(draft):
        for match in _ORDINAL.finditer(without_quotations(passage.text)):
            word = folded(match[2]).rstrip("s")
            yield NumberAt(word, word, match[1], passage.at(match.start()))
