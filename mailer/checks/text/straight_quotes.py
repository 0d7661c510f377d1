"""Are quotations in the quotation marks of their language?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, _n, note
from mailer.checks.reading.texts.prose import Passage, passages
from mailer.languages import language_of

QUOTED = re.compile(r'"[^"\n]+"')

WHY = _("Straight quotes are a typewriter’s; they make a text look careless.")
SOURCE = sources.TYPOGRAPHY


def check(draft: Draft) -> Findings:
    """Yield one note for each text whose straight quotes cannot be turned into « » by the program.

    They do not pair, or stand for inches.
    """
    for typed in passages(draft):
        if '"' in typed.source:  # no typography puts a straight quote where none was typed
            yield from in_passage(typed.as_set(), typed.typography)


def in_passage(passage: Passage, tag: str) -> Findings:
    """Yield the note for one text, by the typographic rules of a language tag."""
    typography = language_of(tag).typography
    found = list(QUOTED.finditer(passage.text))
    if typography is None or not typography.quotes or not found:
        return
    yield note(
        passage.at(found[0].start()),
        what=_n(
            "{count} quotation stands between straight quotes: {first}",
            "{count} quotations stand between straight quotes; the first: {first}",
            count=len(found),
            first=found[0][0],
        ),
        why=WHY,
        remedy=_("Write {quotes} with a no-break space inside.", quotes=typography.quotes),
    )
