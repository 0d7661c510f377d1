"""Is the edition of the event the same in every step and version?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.files_compared import NumberAt, differing_numbers
from mailer.checks.reading.prose import passages
from mailer.checks.reading.unquoted import without_quotations
from mailer.render.markdown.press_blocks.words import folded

WHY = _("A desk compares the two mails, trusts neither, and has to call.")
SOURCE = sources.FACTS

_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,3})(?:er|re|e|è|ème|ième|ère|nd|nde|st|rd|th)[ \u00a0\n]+([^\W\d_]{4,})"
)


def check(draft: Draft) -> Findings:
    """Yield a warning for a number that one file gives a word and another one never does.

    A file with both numbers speaks of two editions.
    """
    for found in differing_numbers(_editions(draft)):
        yield warning(
            found.place,
            what=_(
                "“{word}” has the number {number} here, and {other} in {file}.",
                word=found.word,
                number=found.number,
                other=found.other,
                file=found.file,
            ),
            why=WHY,
            remedy=_("Write the right number in both."),
        )


def _editions(draft: Draft) -> Iterator[NumberAt]:
    for passage in passages(draft):
        for match in _ORDINAL.finditer(without_quotations(passage.text)):
            word = folded(match[2]).rstrip("s")
            yield NumberAt(word, word, match[1], passage.at(match.start()))
