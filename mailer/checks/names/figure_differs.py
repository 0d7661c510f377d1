"""Do the steps and versions give the same figures?"""

from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.figures import figures
from mailer.checks.reading.files_compared import NumberAt, differing_numbers
from mailer.checks.reading.prose import PassagePart, messages

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a warning for a figure that one file gives a thing and another one never does.

    Quotations and measures are not compared, nor are texts in different languages.
    """
    for found in differing_numbers(_figures(draft)):
        yield warning(
            found.place,
            what=_(
                "{number} {word} here, and {other} in {file}.",
                number=found.number,
                word=found.word,
                other=found.other,
                file=found.file,
            ),
            why=WHY,
            remedy=_("Write the right figure in both."),
        )


def _figures(draft: Draft) -> Iterator[NumberAt]:
    for passage in messages(draft):
        for figure in figures(passage) if passage.part is PassagePart.TEXT else ():
            thing, place = (passage.language, figure.noun), passage.at(figure.start)
            yield NumberAt(thing, figure.noun, figure.number, place)
