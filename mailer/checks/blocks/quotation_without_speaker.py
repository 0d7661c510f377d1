"""Does every quotation say who speaks, and as what?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks

WHY = _("A newsroom cannot print a sentence that nobody said.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a warning for a quotation that nobody signs, a note for one without a function."""
    for found in blocks(draft, "quotation"):
        values = found.block.whole.values
        if "speaker" not in values:
            yield found.lacks(
                severity=Severity.WARNING,
                line=found.block.line,
                what=_("Nobody signs the quotation."),
                why=WHY,
                remedy=_("End it with a line “— First name Name, function”."),
            )
        elif "role" not in values:
            yield found.lacks(
                severity=Severity.NOTE,
                line=found.block.line,
                what=_("The quotation does not say what {name} is.", name=values["speaker"].text),
                why=_("Readers weigh a sentence by who says it."),
                remedy=_("Write the function after the name: “— Name, function”."),
            )
