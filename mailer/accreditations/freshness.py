"""How old what we know of the answers is, and whether a reminder may rely on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from mailer.model.accreditations.accreditation import AnswerSources
    from mailer.model.mailings.mailing import AudienceRule


def depends_on_answers(rule: AudienceRule) -> bool:
    """Return whether what people answered decides who receives a step at its hour.

    A step that an answer triggers knows its answer. One for the readers of an amendment tells what
    has changed, and must not wait: nor must a cancellation.
    """
    is_asked = bool(rule.only or rule.unless)
    return is_asked and not (rule.on or rule.is_for_readers or rule.cancels)


def answers_known_at(sources: AnswerSources) -> datetime | None:
    """Return until when the register has every answer; None when nobody can have answered yet.

    A person who notes something in the register, or confirms it, has looked. The mailbox that the
    program reads counts as well, unless a reply waits for a person since: only they can read it.
    """
    if sources.first_sent_at is None:
        return None
    known_at = max(sources.first_sent_at, sources.looked_at or sources.first_sent_at)
    read_at, reply_at = sources.mailbox_read_at, sources.newest_reply_at
    if read_at is None or (reply_at is not None and reply_at > known_at):
        return known_at
    return max(known_at, read_at)


def are_answers_stale(known_at: datetime | None, *, at: datetime, fresh_for: timedelta) -> bool:
    """Return whether nobody has looked at the answers for too long, at the instant `at`.

    Without a `fresh_for` they never are: the office has switched the question off.
    """
    return bool(fresh_for) and known_at is not None and at - known_at >= fresh_for
