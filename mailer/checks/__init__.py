"""The pre-launch checks: one question, one small file, one answer with a remedy.

Each module of `CHECKS` has a `NAME`, as it is shown and documented, and `check(draft)`,
which yields findings. Nothing is discovered by magic: a check that is not listed here does
not run. `links`, `dates`, `prose`, `places`, `reminders` and `subjects` are what checks
read with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailer.checks.accreditation import (
    accreditation_without_address,
    accreditation_without_deadline,
    deadline_after_event,
    deadline_before_reminder,
    quota_not_enforced,
)
from mailer.checks.audience import (
    already_sent,
    list_without_contacts,
    missing_language,
    no_recipients,
)
from mailer.checks.dates import date_that_is_none, date_without_year, relative_date, weekday_differs
from mailer.checks.event import (
    embargo_without_zone,
    event_differs,
    event_without_hour,
    event_without_place,
)
from mailer.checks.links import (
    image_without_alt,
    link_over_http,
    link_text_is_url,
    link_without_target,
    same_link_text,
    vague_link_text,
)
from mailer.checks.sender import no_reply_sender, office_not_identified, press_contact_without_phone
from mailer.checks.steps import (
    reminder_to_everybody,
    step_after_event,
    step_at_clock_change,
    step_moved,
    steps_out_of_order,
    too_many_reminders,
)
from mailer.checks.subject import subject_equals_preheader, subject_says_nothing, subject_too_long
from mailer.checks.text import (
    does_not_compile,
    french_typography,
    html_too_heavy,
    long_sentence,
    ordinal_suffix,
    straight_quotes,
    text_is_empty,
    unresolved_placeholder,
)
from mailer.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft
    from mailer.model.finding import Finding


class Check(Protocol):
    """What a module of this package offers."""

    NAME: str

    def check(self, draft: Draft) -> Iterator[Finding]: ...


CHECKS: tuple[Check, ...] = (
    does_not_compile,
    text_is_empty,
    unresolved_placeholder,
    event_without_hour,
    event_without_place,
    press_contact_without_phone,
    weekday_differs,
    date_that_is_none,
    event_differs,
    relative_date,
    date_without_year,
    step_after_event,
    steps_out_of_order,
    step_at_clock_change,
    step_moved,
    too_many_reminders,
    reminder_to_everybody,
    accreditation_without_deadline,
    accreditation_without_address,
    deadline_after_event,
    deadline_before_reminder,
    quota_not_enforced,
    embargo_without_zone,
    link_without_target,
    link_over_http,
    link_text_is_url,
    vague_link_text,
    same_link_text,
    image_without_alt,
    no_recipients,
    already_sent,
    list_without_contacts,
    missing_language,
    no_reply_sender,
    office_not_identified,
    subject_says_nothing,
    subject_too_long,
    subject_equals_preheader,
    html_too_heavy,
    long_sentence,
    straight_quotes,
    ordinal_suffix,
    french_typography,
)

_ORDER = list(Severity)


def run_checks(draft: Draft) -> tuple[Finding, ...]:
    """Every finding once: what blocks first, then by file and line."""
    found = dict.fromkeys(finding for check in CHECKS for finding in check.check(draft))
    return tuple(
        sorted(
            found,
            key=lambda finding: (
                _ORDER.index(finding.severity),
                finding.where.file,
                finding.where.line,
            ),
        )
    )
