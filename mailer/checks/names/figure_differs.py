"""Do the steps and versions give the same figures?"""

from collections import defaultdict
from typing import TYPE_CHECKING

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.figures import figures
from mailer.checks.reading.prose import PassagePart, messages

if TYPE_CHECKING:
    from mailer.errors import Place

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a warning for a figure that one file gives a thing and another one never does.

    Quotations and measures are not compared, nor are texts in different languages.
    """
    found: dict[tuple[str, str], dict[str, dict[str, Place]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for passage in messages(draft):
        if passage.part is PassagePart.TEXT:
            for figure in figures(passage):
                of_file = found[passage.language, figure.noun][passage.place.file]
                of_file.setdefault(figure.number, passage.at(figure.start))
    for (_language, word), by_file in found.items():
        first, *others = by_file.values()
        for numbers in others:
            if first.keys().isdisjoint(numbers):
                number, place = next(iter(numbers.items()))
                yield warning(
                    place,
                    what=_(
                        "{number} {word} here, and {other} in {file}.",
                        number=number,
                        word=word,
                        other=next(iter(first)),
                        file=next(iter(first.values())).file.rpartition("/")[2],
                    ),
                    why=WHY,
                    remedy=_("Write the right figure in both."),
                )
