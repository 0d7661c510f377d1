"""Does every key number say where it comes from?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks, head_of

WHY = _("A newsroom prints no number of which it cannot say where it comes from.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a warning for each number without a source of its own or of its block."""
    for found in blocks(draft, "figures"):
        if "source" in found.block.whole.values:
            continue
        for entry in found.block.entries:
            if "source" not in entry.values:
                yield found.lacks(
                    severity=Severity.WARNING,
                    line=entry.line,
                    what=_("The figure “{words}” has no source.", words=head_of(entry)),
                    why=WHY,
                    remedy=_("Write “source: …” below it, or once at the end of the block."),
                )
