"""Has nothing stayed in the text that was written for a colleague?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.text.unresolved_placeholder import TO_DO

WHY = _("What the office still doubts is printed, or makes the rest doubtful.")
SOURCE = sources.PRACTICE

_NOTE = re.compile(
    rf"(?P<open>[\[({{])[ \u00a0*_]*{in_any_language(lambda phrases: phrases.note_to_colleague)}[^\[\](){{}}\n]{{0,200}}[\])}}](?!\()"
    r"|\[[ \u00a0]*[A-ZÀ-Þ][\w-]+[ \u00a0]?[:,][^\[\]\n]{4,200}\?[ \u00a0]*\](?!\()"
)


def check(draft: Draft) -> Findings:
    """Yield a warning for words in brackets that ask somebody of the office for something:
    `[Note pour Anne : …]`, `[Legal to confirm]`. What is still to be filled in is told as that.
    """
    for passage in messages(draft):
        for found in _NOTE.finditer(passage.source) if passage.part is PassagePart.TEXT else ():
            if TO_DO.search(passage.text, found.start(), found.end()):
                continue
            yield warning(
                passage.at(found.start()),
                what=_("“{words}” is a note to a colleague.", words=" ".join(found[0].split())),
                why=WHY,
                remedy=_("Do what it asks, and take it out."),
            )
