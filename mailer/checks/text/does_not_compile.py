"""Does every version compile?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.errors import Problem
    from mailer.model.draft import Draft

NAME = "does-not-compile"


def check(draft: Draft) -> Iterator[Finding]:
    """A version that could not be written has no message to send."""
    return map(finding_of, draft.problems)


def finding_of(problem: Problem) -> Finding:
    """What keeps a file from being used, as a finding that blocks."""
    return Finding(
        NAME,
        Severity.ERROR,
        problem.where,
        problem.what,
        _("As it stands, nothing can be sent from this file."),
        problem.remedy,
        problem.act,
    )
