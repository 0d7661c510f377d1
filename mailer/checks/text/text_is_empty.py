"""Does every version say something?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "text-is-empty"


def check(draft: Draft) -> Iterator[Finding]:
    """No text is blank."""
    for planned in draft.plan:
        for content in planned.step.contents.values():
            if not content.text.strip():
                yield Finding(
                    NAME,
                    Severity.ERROR,
                    Place(content.file, content.line),
                    _("The text is empty."),
                    _("Readers would get a letterhead and nothing below it."),
                    _("Write it, or remove the file."),
                )
