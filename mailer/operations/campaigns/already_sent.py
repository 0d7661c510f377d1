"""The same text to the same people under another name: a copied folder, a renamed step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.similar import DuplicateMailing, SimilarMailing
from mailer.operations.sending.audience import Directory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailer.model.draft import Draft
    from mailer.ports import Ledger

SAME_SUBJECT_FOR = timedelta(days=30)
"""After that, a subject like “Agenda” may come back; the very same text never may."""


def duplicate_mailings(
    draft: Draft, *, ledger: Ledger, now: datetime
) -> Iterator[DuplicateMailing]:
    """Mailings that most of a step's people have, or will have, from elsewhere.

    Most of the smaller side: of the people of this step, or of those of the other mailing.
    """
    directory = Directory(ledger, now=now)
    own = {(draft.campaign.slug, planned.step.id) for planned in draft.plan}
    for planned in draft.plan:
        step = planned.step.id
        versions = [message for (of, _), message in draft.messages.items() if of == step]
        found = ledger.similar_mailings.find(
            contents={message.content_hash for message in versions},
            headlines={message.normalized_subject for message in versions},
            since=now - SAME_SUBJECT_FOR,
        )
        wanted = {each.contact.key for each in draft.audiences[step].recipients}
        for mailing in found:
            if (mailing.campaign, mailing.step) in own:
                continue
            reached = _people(mailing, ledger, directory)
            count = len(wanted & reached)
            if count and 2 * count >= min(len(wanted), len(reached)):
                yield DuplicateMailing(step, mailing, count, len(wanted))


def _people(alike: SimilarMailing, ledger: Ledger, directory: Directory) -> frozenset[str]:
    if alike.has_begun:
        return ledger.similar_mailings.delivered_address_keys(alike.mailing_id)
    audience = directory.audience_of_mailing(ledger.mailings.get(alike.mailing_id))
    return frozenset(each.contact.key for each in audience.recipients)
