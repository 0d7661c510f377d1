"""Do newsrooms have time to send somebody?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.calendar.timetable import working_days_after
from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, _n, finding
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.checks.reading.texts.prose import messages
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import mentions
from mailer.labels import step_title
from mailer.model.campaigns.campaign import CampaignKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_DAYS = {CampaignKind.ADVISORY: 4, CampaignKind.SAVE_THE_DATE: 10}
"""Working days between the first mailing and the event below which few can still come."""
_DAYS_OF_RELEASE = 1
"""A release may be news of the day; who may come to its event still needs a day of work."""
_INVITES = re.compile(in_any_language(lambda phrases: phrases.invites_press))

WHY = _("Newsrooms plan their week, and ask for about ten days.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning if the first step leaves too shortly before the event for its kind; a note for
    a release that invites journalists on the eve or the day, to the event or to their own meeting.
    """
    if not draft.scheduled:
        return
    first = min(draft.scheduled, key=lambda planned: planned.due_at)
    event, wanted = draft.campaign.event, _DAYS.get(draft.campaign.kind)
    severity = Severity.WARNING
    day = event.starts_at.date() if event and event.starts_at else None
    if draft.campaign.kind is CampaignKind.PRESS_RELEASE:
        day = next(_days_for_the_press(draft, first.local.date()), day)
        wanted, severity = _days_of_release(draft), Severity.NOTE
    if day is None or wanted is None:
        return
    leaves = first.local.date()
    days = sum(working_days_after(leaves, count) < day for count in range(1, wanted + 1))
    if leaves <= day and days < wanted:
        yield finding(
            severity,
            place_of(draft.campaign, step_key(draft.campaign, first.step, "send")),
            what=_n(
                "“{step}” leaves {count} working day before the event.",
                "“{step}” leaves {count} working days before the event.",
                count=days,
                step=step_title(first.step.id),
            ),
            why=WHY,
            remedy=_n(
                "Let it leave {count} working day before, or more.",
                "Let it leave {count} working days before, or more.",
                count=wanted,
            ),
        )


def _days_of_release(draft: Draft) -> int | None:
    """Return how many days a release needs: those of an invitation where one must be accredited."""
    if draft.campaign.accreditation.required:
        return _DAYS[CampaignKind.ADVISORY]
    return _DAYS_OF_RELEASE if _invites_the_press(draft) else None


def _days_for_the_press(draft: Draft, leaves: date) -> Iterator[date]:
    """Yield the days to come of the sentences that invite journalists."""
    for passage in messages(draft):
        for mention in mentions(passage.text, passage.language):
            day = mention.near(leaves)
            is_writing = is_dateline(passage, mention) or is_day_of_issue(passage, mention)
            if is_writing or day is None or day < leaves:
                continue
            if _INVITES.search(passage.sentence_at(mention.start)):
                yield day


def _invites_the_press(draft: Draft) -> bool:
    """Return whether a text says that journalists may come."""
    return any(_INVITES.search(passage.text) for passage in messages(draft))
