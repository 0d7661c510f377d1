"""Say in words what an amendment changes since the version before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.labels import change_in_words
from mailer.model.mailings.since_launch import changes_since, facts_of, is_of_step

if TYPE_CHECKING:
    from mailer.operations.amendments.draft import AmendmentDraft
    from mailer.wording import Text


def changes_in_words(found: AmendmentDraft) -> list[Text]:
    """Return each fact that differs from what was told last, from what to what."""
    campaign = found.draft.campaign
    told = found.history.facts.get(found.history.version, {})
    of_all = {fact: value for fact, value in told.items() if not is_of_step(fact)}
    present = facts_of(campaign, campaign.steps[0])
    changes = changes_since({"": of_all}, {"": present})
    return [change_in_words(change) for change in changes]
