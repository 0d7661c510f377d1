"""Whether a step that depends on answers may rely on what the register says now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.accreditations import answers_known_at, are_answers_stale, depends_on_answers
from mailer.errors import Place, Problem
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.mailing import AudienceRule, Mailing, MailingSummary
    from mailer.ports import Ledger
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class StaleAnswers:
    """Since when nobody has looked at the answers to a campaign, as the office reads the time."""

    known_at: datetime

    @property
    def what(self) -> Text:
        return _("nobody has looked at the answers since {at}", at=self.known_at)


def stale_answers(
    mailing: Mailing | MailingSummary, *, at: datetime, fresh_for: timedelta, ledger: Ledger
) -> StaleAnswers | None:
    """Return why a step must wait at the instant `at` for somebody to look, or None."""
    if not fresh_for or not depends_on_answers(mailing.rule):
        return None
    return stale_register(
        mailing.campaign, at=at, fresh_for=fresh_for, zone=mailing.time_zone, ledger=ledger
    )


def stale_register(
    campaign: str, *, at: datetime, fresh_for: timedelta, zone: str, ledger: Ledger
) -> StaleAnswers | None:
    """Return since when nobody has looked at the answers, if that is too long at `at`."""
    known_at = answers_known_at(ledger.register_looks.sources(campaign))
    if known_at is None or not are_answers_stale(known_at, at=at, fresh_for=fresh_for):
        return None
    return StaleAnswers(known_at.astimezone(ZoneInfo(zone)))


def look_asked(
    rule: AudienceRule, *, due_at: datetime, stale: StaleAnswers | None, draft: Draft, hours: int
) -> Text | None:
    """Say in a plan that a step relies on the answers, and whether it is held for that now."""
    condition = look_needed(rule, hours=hours)
    if condition is None:
        return None
    if draft.since_launch is not None and stale is not None and due_at <= draft.now:
        return _("held: {reason}", reason=stale.what)
    return condition


def look_needed(rule: AudienceRule, *, hours: int) -> Text | None:
    """Say that a step relies on the answers, and so leaves on a condition; None where it does not.

    `hours` is for how long a look at the answers holds.
    """
    if not hours or not depends_on_answers(rule):
        return None
    return _n(
        "leaves only if somebody has looked at the answers in the {count} hour before",
        "leaves only if somebody has looked at the answers in the {count} hours before",
        count=hours,
    )


def waits_for_a_look(stale: StaleAnswers, campaign: str) -> Problem:
    """Say that a step is held until somebody has looked at the answers."""
    return Problem(
        Place(campaign),
        stale.what,
        _(
            "Look at the register and the mailbox, note who has answered, and confirm that you have"
            " looked. It then leaves by itself, unless it is too late to be useful."
        ),
        Remedy(RemedyAct.CONFIRM_ANSWERS, {"campaign": campaign}),
    )
