"""Does every version compile?"""

from mailer.checks.check import Draft, Finding, Findings, Severity, _
from mailer.errors import Problem


def check(draft: Draft) -> Findings:
    """A version that could not be written has no message to send."""
    return map(finding_of, draft.problems)


def finding_of(problem: Problem) -> Finding:
    """Return a problem as a finding that blocks, also for a campaign of which no draft can be made."""
    return Finding(
        "does-not-compile",
        Severity.ERROR,
        problem.where,
        problem.what,
        _("As it stands, nothing can be sent from this file."),
        problem.remedy,
        problem.act,
    )
