"""The check value, and the functions with which checks make findings.

A check is one module. Its file name is the check's name, the first line of its docstring is its
question, `WHY` and `SOURCE` say why it is asked, and `check(draft)` yields its findings. With
`READS_AUDIENCES` it is asked again each time; the others find the same in the same draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mailer.model.drafts.draft import Draft
from mailer.model.drafts.finding import Finding, Severity
from mailer.wording import FactKey, Quoted, Text, TextFile, _, _n, to_administrator

if TYPE_CHECKING:
    from mailer.errors import Place
    from mailer.model.drafts.fix import Fix
    from mailer.remedies import Remedy

__all__ = [
    "Check",
    "Draft",
    "FactKey",
    "Finding",
    "Findings",
    "Quoted",
    "Severity",
    "TextFile",
    "_",
    "_n",
    "error",
    "finding",
    "note",
    "to_administrator",
    "warning",
]

Findings = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Check:
    """One question about a draft. `name` appears in its findings and in the documentation.

    `why` says what it spares a journalist, `source` from where that is known. Only a check that
    `reads_audiences` may read them, or the hour of `now`: what the others found is kept.
    """

    name: str
    question: str
    ask: Callable[[Draft], Findings]
    why: Text
    source: Text
    reads_audiences: bool = False

    def findings(self, draft: Draft) -> Findings:
        """Return the findings of this check, with its name."""
        return (replace(found, check=self.name) for found in self.ask(draft))


def finding(
    severity: Severity,
    where: Place,
    *,
    what: Text,
    why: Text,
    remedy: Text,
    act: Remedy | None = None,
    fix: Fix | None = None,
) -> Finding:
    """Make a finding. `Check.findings` adds the name of the check."""
    return Finding("", severity, where, what, why, remedy, act, fix)


error = partial(finding, Severity.ERROR)
"""Make a finding that blocks a launch."""
warning = partial(finding, Severity.WARNING)
"""Make a finding that a person should look at."""
note = partial(finding, Severity.NOTE)
"""Make a finding for information."""
