"""Do journalists with a disability know how to come in?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks

WHY = _("Somebody in a wheelchair, or who does not hear, has to know before leaving.")
SOURCE = sources.ALTERNATIVES


def check(draft: Draft) -> Findings:
    """Yield a warning for each block of access that says nothing of accessibility."""
    for found in blocks(draft, "access"):
        if "access_for_all" not in found.block.whole.values:
            yield found.lacks(
                severity=Severity.WARNING,
                line=found.block.line,
                what=_("The access says nothing to people with a disability."),
                why=WHY,
                remedy=_(
                    "Write “accessibility: …”: step-free entrance, lift, loop, sign language."
                ),
            )
