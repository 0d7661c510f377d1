"""Does a method say how many were counted, and when?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks

WHY = _("How many, and when, is what a desk asks first about a study or a survey.")
SOURCE = sources.SURVEYS


def check(draft: Draft) -> Findings:
    """Yield a note for each method without a single number."""
    for found in blocks(draft, "method"):
        whole = found.block.whole
        words = [*whole.text, *whole.rows]
        if words and not any(re.search(r"\d|\ue000", value.text) for value in words):
            yield found.lacks(
                severity=Severity.NOTE,
                line=found.block.line,
                what=_("The method has no number."),
                why=WHY,
                remedy=_("Write for instance “Sample: 1,002 people, March 2026”."),
            )
