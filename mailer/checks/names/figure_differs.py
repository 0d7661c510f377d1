"""Do the steps and versions give the same figures?"""

from collections import Counter
from collections.abc import Iterator, Sequence

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, TextFile, _, warning
from mailer.checks.reading.quantities.figures import FigureInText, figures
from mailer.checks.reading.quantities.files_compared import (
    DifferingNumber,
    NumberAt,
    differing_numbers,
)
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS

_STEM = 5


def check(draft: Draft) -> Findings:
    """Yield a warning for a figure that one file gives a thing and another one never does.

    Quotations and measures are not compared. Of a translation it is compared whether one figure is
    another one, where all others are the same.
    """
    for found in (*differing_numbers(_figures(draft)), *_in_other_languages(draft)):
        yield warning(
            found.place,
            what=_(
                "{number} {word} here, and {other} in {file}.",
                number=found.number,
                word=found.word,
                other=found.other,
                file=TextFile(found.file),
            ),
            why=WHY,
            remedy=_("Write the right figure in both."),
        )


def _figures(draft: Draft) -> Iterator[NumberAt]:
    for passage in messages(draft):
        for figure in figures(passage) if passage.part is PassagePart.TEXT else ():
            if figure.counted_anew:
                continue
            thing, place = (passage.language, figure.noun), passage.at(figure.start)
            yield NumberAt(thing, figure.counted, figure.number, place)


def _in_other_languages(draft: Draft) -> Iterator[DifferingNumber]:
    for planned in draft.plan:
        texts = {
            passage.language: passage
            for passage in messages(draft)
            if passage.planned is planned and passage.part is PassagePart.TEXT
        }
        own = texts.pop(draft.campaign.language, None)
        for passage in texts.values() if own else ():
            assert own
            for one, other in _only_other(figures(own), figures(passage)):
                file = own.place.file.rpartition("/")[2]
                place = passage.at(other.start)
                yield DifferingNumber(other.counted, other.number, place, one.number, file)


def _only_other(
    own: Sequence[FigureInText], others: Sequence[FigureInText]
) -> Iterator[tuple[FigureInText, FigureInText]]:
    """Yield the only figure of each text that the other one lacks, if they must be one.

    That needs another figure which both have, or nouns that begin alike: `associations`.
    """
    numbers = (Counter(it.number for it in own), Counter(it.number for it in others))
    missing, added = numbers[0] - numbers[1], numbers[1] - numbers[0]
    if missing.total() != 1 or added.total() != 1:
        return
    one = next(it for it in own if it.number in missing)
    other = next(it for it in others if it.number in added)
    if len(own) > 1 or one.noun[:_STEM] == other.noun[:_STEM]:
        yield one, other
