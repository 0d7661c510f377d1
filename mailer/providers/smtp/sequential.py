"""A message at a time, phase by phase: nothing is in doubt before its dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.delivery import Deferred, Outcome
from mailer.providers.smtp.wire import BrokenLineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.message import DeliveryId, Message
    from mailer.providers.smtp.lines import Lines


def deliver_sequentially(
    lines: Lines, source: Iterator[Message]
) -> Iterator[tuple[DeliveryId, Outcome]]:
    """With a depth of 2 or more, the next message's envelope travels with the dot."""
    message, following = next(source, None), None
    while message is not None:
        try:
            outcome = _ask(lines, message)
        except (BackendUnavailable, BackendMisconfigured) as error:
            for taken in filter(None, (message, following)):
                yield taken.delivery_id, Deferred(error.problems[0].in_short)
            raise
        if outcome is None:
            try:
                following = following or _next(lines, source)
            except BaseException:
                # No more is granted; this one was, and the relay waits for it.
                broken = Deferred("connection lost before the end of the message")
                yield message.delivery_id, _finish(lines, message, None) or broken
                raise
            outcome = _finish(lines, message, following)
        if outcome is not None:
            yield message.delivery_id, outcome
            message, following = following or next(source, None), None


def _ask(lines: Lines, message: Message) -> Outcome | None:
    """Sends the envelope, unless it has gone ahead; None: the relay waits for the content.

    A line that had worked and broke before the dot (idle too long, relay restarted) is
    replaced and the message sent on the new one: nothing of it can have been taken.
    """
    while True:
        session = lines.ready()
        has_gone_ahead = session.announced is message
        if not has_gone_ahead and (objection := session.objection(message)):
            return objection
        try:
            if not has_gone_ahead:
                session.announce(message)
            refusal = session.permission()
        except BrokenLineError as broken:
            session.fault = str(broken)
        else:
            return lines.outcome_of(refusal) if refusal else None


def _finish(lines: Lines, message: Message, following: Message | None) -> Outcome | None:
    """Sends the content, and the envelope of `following` with its dot (RFC 2920 §3.1).

    None: the line broke before the dot, and the message is to be sent again.
    """
    session = lines.session
    is_last = lines.is_over(unanswered=1)
    if following and (is_last or not session.pipelines or session.objection(following)):
        following = None
    try:
        session.send_content(message, following=following)
    except BrokenLineError as broken:
        session.fault = str(broken)
        return None
    return session.verdict()


def _next(lines: Lines, source: Iterator[Message]) -> Message | None:
    """The message to go ahead of this one's answer, with a depth of 2 or more."""
    if lines.depth == 1 or not lines.session.pipelines or lines.is_over(unanswered=1):
        return None
    return next(source, None)
