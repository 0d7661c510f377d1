"""Is the edition of the event the same in every step and version?"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.prose import passages
from mailer.checks.reading.unquoted import without_quotations
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from mailer.errors import Place

WHY = _("A desk compares the two mails, trusts neither, and has to call.")
SOURCE = sources.FACTS

_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,3})(?:er|re|e|è|ème|ième|ère|nd|nde|st|rd|th)[ \u00a0\n]+([^\W\d_]{4,})"
)


def check(draft: Draft) -> Findings:
    """Yield a warning for a number that one file gives a word and another one never does.

    A file with both numbers speaks of two editions.
    """
    found: dict[str, dict[str, dict[str, Place]]] = defaultdict(lambda: defaultdict(dict))
    for passage in passages(draft):
        for match in _ORDINAL.finditer(without_quotations(passage.text)):
            of_word = found[folded(match[2]).rstrip("s")]
            of_word[passage.place.file].setdefault(match[1], passage.at(match.start()))
    for word, by_file in found.items():
        first, *others = by_file.values()
        for numbers in others:
            if first.keys().isdisjoint(numbers):
                number, place = next(iter(numbers.items()))
                yield warning(
                    place,
                    what=_(
                        "“{word}” has the number {number} here, and {other} in {file}.",
                        word=word,
                        number=number,
                        other=next(iter(first)),
                        file=next(iter(first.values())).file.rpartition("/")[2],
                    ),
                    why=WHY,
                    remedy=_("Write the right number in both."),
                )
