"""Does every version have a text?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.errors import Place

WHY = _("Readers would get a letterhead and nothing below it.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for each empty text."""
    for planned in draft.plan:
        for content in planned.step.contents.values():
            if not content.text.strip():
                yield error(
                    Place(content.file, content.line),
                    what=_("The text is empty."),
                    why=WHY,
                    remedy=_("Write it, or remove the file."),
                )
