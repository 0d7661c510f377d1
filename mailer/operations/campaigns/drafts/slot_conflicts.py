"""Finds mailings of other campaigns that reach the same people within a day, and events that meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.calendar.office_calendar import APART
from mailer.model.drafts.draft import SlotConflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.contacts.contact import ContactId
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.operations.sending.audience import Directory
    from mailer.ports import Ledger


def slot_conflicts(draft: Draft, *, directory: Directory, ledger: Ledger) -> Iterator[SlotConflict]:
    """Yield a conflict for each step and each mailing of another campaign less than a day apart.

    Corrections and cancellations, which cannot wait, are in conflict like any other step: it is a
    warning only.
    """
    due = [planned.due_at for planned in draft.scheduled]
    if not due:
        return
    others = ledger.history.leaving_between(
        min(due) - APART, max(due) + APART, other_than=draft.campaign.slug
    )
    people: dict[str, frozenset[ContactId]] = {}
    for planned in draft.scheduled:
        near = [each for each in others if abs(each.due_at - planned.due_at) < APART]
        if not near:
            continue
        recipients = draft.audiences[planned.step.id].contact_ids
        for mailing in near:
            if mailing.id not in people:
                people[mailing.id] = _people(mailing, directory, ledger)
            if count := len(recipients & people[mailing.id]):
                yield SlotConflict(planned.step.id, mailing, mailing.due_at, count)


def event_conflicts(draft: Draft, *, ledger: Ledger) -> tuple[str, ...]:
    """Return the launched campaigns whose event has a day in common with that of the draft."""
    event = draft.campaign.event
    if event is None or event.starts_at is None:
        return ()
    found = ledger.history.campaigns_with_event(
        event.starts_at.date(),
        (event.ends_at or event.starts_at).date(),
        other_than=draft.campaign.slug,
    )
    return tuple(sorted(found))


def _people(mailing: MailingSummary, directory: Directory, ledger: Ledger) -> frozenset[ContactId]:
    if mailing.has_started:
        return directory.reached_by(mailing)
    return directory.audience_of_mailing(ledger.mailings.get(mailing.id)).contact_ids
