"""Do the steps and versions give the same figures?"""

import re
from collections import defaultdict

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import Passage, PassagePart, messages
from mailer.checks.reading.unquoted import without_quotations
from mailer.errors import Place
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS

_FIGURE = re.compile(
    r"(?<![\w.,:/-])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{2,})[ \u00a0\n]+(?:de[ \u00a0]|d[’'])?"
    r"([^\W\d_]{4,})(?![\w-])"
)
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_YEARS = range(1900, 2101)


def check(draft: Draft) -> Findings:
    """Yield a warning for a figure that one file gives a thing and another one never does.

    Quotations and measures are not compared, nor are texts in different languages.
    """
    found: dict[tuple[str, str], dict[str, dict[str, Place]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for passage in messages(draft):
        if passage.part is PassagePart.TEXT:
            for number, word, place in _figures(passage):
                of_file = found[passage.language, word][passage.place.file]
                of_file.setdefault(number, place)
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


def _figures(passage: Passage) -> list[tuple[str, str, Place]]:
    return [
        (re.sub(r"\D", "", match[1]), folded(match[2]).rstrip("sx"), passage.at(match.start()))
        for match in _FIGURE.finditer(without_quotations(passage.text))
        if not _MEASURED.fullmatch(match[2]) and not _is_year(match[1])
    ]


def _is_year(number: str) -> bool:
    return number.isdecimal() and int(number) in _YEARS
