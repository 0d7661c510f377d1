"""Match findings with the acceptances of the people who looked at them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mailer.model.drafts.accepted_finding import AcceptedFinding
    from mailer.model.drafts.finding import Finding


def with_acceptances(
    found: Iterable[Finding], accepted: Sequence[AcceptedFinding]
) -> Iterator[Finding]:
    """Yield each finding, with its acceptance if it has one and does not block."""
    by_id = {each.finding: each for each in accepted}
    for finding in found:
        acceptance = None if finding.blocks else by_id.get(finding.id)
        yield replace(finding, accepted=acceptance) if acceptance else finding


def open_findings(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that nobody has accepted."""
    return tuple(finding for finding in found if finding.accepted is None)


def accepted_findings(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that somebody has accepted."""
    return tuple(finding for finding in found if finding.accepted is not None)
