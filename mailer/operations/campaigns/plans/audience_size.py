"""Compare an audience with the last one of the same lists, which reveals a wrong list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class AudienceComparison:
    """A step of a draft, the last mailing that began for the same people, and both sizes."""

    step: str
    count: int
    before: MailingSummary
    count_before: int


def compare_audiences(draft: Draft, *, ledger: Ledger) -> Iterator[AudienceComparison]:
    """Yield a comparison for each step whose audience rule a mailing had before."""
    begun = ledger.similar_mailings.last_of_each_rule()
    for planned in draft.plan:
        similar = [mailing for mailing in begun if mailing.rule == planned.rule]
        if similar:
            before = max(similar, key=lambda mailing: mailing.due_at)
            yield AudienceComparison(
                planned.step.id,
                len(draft.audiences[planned.step.id].recipients),
                before,
                ledger.deliveries.tally(before.id).audience,
            )
