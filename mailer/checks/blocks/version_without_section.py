"""Does every language that a text offers further down stand there?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks, sections_of

WHY = _("The link would lead nowhere.")
SOURCE = sources.LANGUAGE_OF_PARTS


def check(draft: Draft) -> Findings:
    """Yield an error for each link to a section that the text does not have."""
    for found in blocks(draft, "versions"):
        sections = sections_of(found.content)
        for entry in found.block.entries:
            link = entry.values.get("link")
            if link and link.target.startswith("#") and link.target not in sections:
                code = link.target.removeprefix("#lang-")
                yield found.lacks(
                    severity=Severity.ERROR,
                    line=entry.line,
                    what=_("The text has no section in the language “{code}”.", code=code),
                    why=WHY,
                    remedy=_(
                        "Write the section between “::: language {code}” and “:::”.", code=code
                    ),
                )
