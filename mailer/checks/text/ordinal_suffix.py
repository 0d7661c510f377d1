"""Are ordinals abbreviated as the language of the text abbreviates them?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import Passage, passages
from mailer.languages import language_of
from mailer.model.drafts.fix import Fix

WHY = _("Careful readers notice, and newsrooms have careful readers.")
SOURCE = sources.TYPOGRAPHY


def check(draft: Draft) -> Findings:
    """Yield a note for each ordinal that the program does not correct by itself, such as 2ère."""
    for typed in passages(draft):
        typography = language_of(typed.typography).typography
        if typography is None or typography.ordinals is None:
            continue
        ordinals, passage = typography.ordinals, typed.as_set()
        for found in re.finditer(ordinals.wrong, passage.text):
            right = ordinals.right(found[0])
            yield note(
                passage.at(found.start()),
                what=_(
                    "“{words}” is not how this language abbreviates an ordinal.", words=found[0]
                ),
                why=WHY,
                remedy=_("Write {right}.", right=right),
                fix=_fix(typed, found[0], right),
            )


def _fix(typed: Passage, wrong: str, right: str) -> Fix | None:
    """Return the fix of a word that stands once in what was typed."""
    every = [found.span() for found in re.finditer(rf"\b{wrong}\b", typed.text)]
    return typed.fix(*every[0], right) if len(every) == 1 else None
