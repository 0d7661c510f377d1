"""Decides whether the register of answers is recent enough for a reminder to rely on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from mailer.model.accreditations.accreditation import AnswerSources
    from mailer.model.mailings.mailing import AudienceRule


def depends_on_answers(rule: AudienceRule) -> bool:
    """Return whether people's answers decide who receives a step at its planned hour.

    They do not for a step that each answer triggers by itself. Amendments and cancellations must
    not wait for answers.
    """
    selects_by_answer = bool(rule.only or rule.unless)
    return selects_by_answer and not (rule.on or rule.is_for_readers or rule.cancels)


def answers_known_at(sources: AnswerSources) -> datetime | None:
    """Return the instant up to which the register has every answer; None before the first mail.

    This is when a person last wrote in the register or confirmed it, or else when the first mail
    left. It is when the program last read the mailbox, if that is later and no newer reply waits
    there for a person: only they can understand it.
    """
    if sources.first_sent_at is None:
        return None
    known_at = max(sources.first_sent_at, sources.looked_at or sources.first_sent_at)
    read_at, reply_at = sources.mailbox_read_at, sources.newest_reply_at
    if read_at is None or (reply_at is not None and reply_at > known_at):
        return known_at
    return max(known_at, read_at)


def are_answers_stale(known_at: datetime | None, *, at: datetime, fresh_for: timedelta) -> bool:
    """Return whether the answers known at `known_at` are too old to rely on at the instant `at`.

    They never are when `fresh_for` is zero, by which the office switches this check off.
    """
    return bool(fresh_for) and known_at is not None and at - known_at >= fresh_for
