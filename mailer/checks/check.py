"""What a check is, and the words in which it answers.

A check is one module: its first line is its question, its file name its name, and
`check(draft)` yields a finding for each answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.model.draft import Draft
from mailer.model.finding import Finding, Severity
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from mailer.errors import Place
    from mailer.remedies import Remedy

__all__ = [
    "Check",
    "Draft",
    "Finding",
    "Findings",
    "Severity",
    "_",
    "_n",
    "error",
    "finding",
    "note",
    "warning",
]

Findings = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Check:
    """One question about a draft. `name` stands in every finding and in the documentation."""

    name: str
    question: str
    ask: Callable[[Draft], Findings]

    def findings(self, draft: Draft) -> Findings:
        """The answers, under the name of this check."""
        return (replace(found, check=self.name) for found in self.ask(draft))


def finding(
    severity: Severity,
    where: Place,
    *,
    what: Text,
    why: Text,
    remedy: Text,
    act: Remedy | None = None,
) -> Finding:
    """A finding of the check that yields it, whose name is added when it is asked."""
    return Finding("", severity, where, what, why, remedy, act)


def error(
    where: Place, *, what: Text, why: Text, remedy: Text, act: Remedy | None = None
) -> Finding:
    """A finding that blocks a launch."""
    return finding(Severity.ERROR, where, what=what, why=why, remedy=remedy, act=act)


def warning(
    where: Place, *, what: Text, why: Text, remedy: Text, act: Remedy | None = None
) -> Finding:
    """A finding that wants a look."""
    return finding(Severity.WARNING, where, what=what, why=why, remedy=remedy, act=act)


def note(
    where: Place, *, what: Text, why: Text, remedy: Text, act: Remedy | None = None
) -> Finding:
    """A finding for information."""
    return finding(Severity.NOTE, where, what=what, why=why, remedy=remedy, act=act)
