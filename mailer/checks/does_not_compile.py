"""Does every version compile?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "does-not-compile"


def check(draft: Draft) -> Iterator[Finding]:
    """A version that could not be written has no message to send."""
    for problem in draft.problems:
        yield Finding(
            NAME,
            Severity.ERROR,
            problem.where,
            problem.what,
            _("This version could not be written; nobody would receive it."),
            problem.remedy,
        )
