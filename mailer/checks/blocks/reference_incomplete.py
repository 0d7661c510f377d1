"""Can the publication be found, and is its embargo that of the campaign?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks
from mailer.wording import FactKey, Text

_NEEDED: tuple[tuple[str, Text], ...] = (("authors", _("authors")), ("journal", _("journal")))

WHY = _("A science desk looks the publication up before it calls.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a finding for what a reference lacks, and for an embargo that nothing keeps."""
    for found in blocks(draft, "reference"):
        values = found.block.whole.values
        for key, name in _NEEDED:
            if key not in values:
                yield found.lacks(
                    severity=Severity.WARNING,
                    line=found.block.line,
                    what=_("The reference does not say its {key}.", key=name),
                    why=WHY,
                    remedy=_("Write “{key}: …” in the block.", key=name),
                )
        if not {"doi", "link"} & values.keys():
            yield found.lacks(
                severity=Severity.WARNING,
                line=found.block.line,
                what=_("The reference has neither DOI nor link."),
                why=WHY,
                remedy=_("Write “DOI: 10.…”, or “link: https://…”."),
            )
        if "embargo" in values and draft.campaign.embargo is None:
            yield found.lacks(
                severity=Severity.WARNING,
                line=values["embargo"].line,
                what=_("The reference names an embargo that the campaign does not have."),
                why=_("Subject and first lines do not say it, and most people read no further."),
                remedy=_("Fill in {fact}.", fact=FactKey("embargo.until", "…")),
            )
