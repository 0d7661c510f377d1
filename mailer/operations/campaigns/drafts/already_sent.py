"""Find mailings that would send the same text twice: a copied folder or a renamed step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.mailings.similar import DuplicateMailing, SimilarMailing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.message import CompiledMessage
    from mailer.operations.sending.audience import Directory
    from mailer.ports import Ledger

SAME_SUBJECT_FOR = timedelta(days=30)
"""After this time a subject such as “Agenda” may be used again. The same text never may."""


def duplicate_mailings(
    draft: Draft, *, directory: Directory, ledger: Ledger, now: datetime
) -> Iterator[DuplicateMailing]:
    """Yield similar mailings that share most of a step's recipients.

    "Most" counts against the smaller of both audiences.
    """
    if not _similar(draft, draft.messages.values(), ledger, now):
        return  # as nearly always: nothing is like any of its steps
    for planned in draft.plan:
        step = planned.step.id
        versions = [message for (of, _), message in draft.messages.items() if of == step]
        others = _similar(draft, versions, ledger, now)
        if not others:
            continue
        wanted = {each.contact.key for each in draft.audiences[step].recipients}
        for mailing in others:
            delivered = _people(mailing, ledger, directory)
            count = len(wanted & delivered)
            if count and 2 * count >= min(len(wanted), len(delivered)):
                yield DuplicateMailing(step, mailing, count, len(wanted))


def _similar(
    draft: Draft, versions: Collection[CompiledMessage], ledger: Ledger, now: datetime
) -> list[SimilarMailing]:
    """Return the mailings of other steps and campaigns with the text or subject of a version."""
    own = {(draft.campaign.slug, planned.step.id) for planned in draft.plan}
    found = ledger.similar_mailings.find(
        contents={message.content_hash for message in versions},
        subjects={message.normalized_subject for message in versions},
        since=now - SAME_SUBJECT_FOR,
    )
    return [each for each in found if (each.campaign, each.step) not in own]


def _people(similar: SimilarMailing, ledger: Ledger, directory: Directory) -> frozenset[str]:
    if similar.has_begun:
        return ledger.similar_mailings.delivered_address_keys(similar.mailing_id)
    audience = directory.audience_of_mailing(ledger.mailings.get(similar.mailing_id))
    return frozenset(each.contact.key for each in audience.recipients)
