"""Does every version compile?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, Severity, _
from mailer.errors import Problem

WHY = _("As it stands, nothing can be sent from this file.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield an error for each problem of the draft, because it leaves nothing to send."""
    return map(finding_of, draft.problems)


def finding_of(problem: Problem) -> Finding:
    """Return a problem as an error. It also serves campaigns that cannot become a draft."""
    return Finding(
        "does-not-compile",
        Severity.ERROR,
        problem.where,
        problem.what,
        WHY,
        problem.remedy,
        problem.act,
    )
