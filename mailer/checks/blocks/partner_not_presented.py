"""Does “À propos” present every partner who signs?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks, is_same_name

WHY = _("Partners look for their own paragraph before they approve.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a note for each partner that a block of presentations leaves out."""
    for found in blocks(draft, "about"):
        named = [it.values["name"].text for it in found.block.entries if "name" in it.values]
        for partner in draft.campaign.partners:
            if not any(is_same_name(name, partner.name) for name in named):
                yield found.lacks(
                    severity=Severity.NOTE,
                    line=found.block.line,
                    what=_("“{name}” signs and is not presented.", name=partner.name),
                    why=WHY,
                    remedy=_("Add a line “- {name}” to the block.", name=partner.name),
                )
