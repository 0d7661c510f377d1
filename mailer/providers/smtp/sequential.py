"""Send one message at a time, phase by phase: nothing is uncertain before its final dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.mailings.delivery import Concern, Deferred, Outcome
from mailer.providers.smtp.wire import BrokenLineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.providers.smtp.relay_sessions import RelaySessions


def deliver_sequentially(
    sessions: RelaySessions, source: Iterator[Message]
) -> Iterator[tuple[DeliveryId, Outcome]]:
    """Deliver each message in turn.

    With a depth of 2 or more, the next message's envelope is sent together with the final dot.
    """
    message, following = next(source, None), None
    while message is not None:
        try:
            outcome = _ask(sessions, message)
            if outcome is None:
                following = following or _next(sessions, source)
                outcome = _finish(sessions, message, following)
        except _SourceError as ended:
            # The source grants no more messages, but the relay still waits for this one.
            yield message.delivery_id, _last_outcome(sessions, message)
            raise ended.cause from None
        except (BackendUnavailable, BackendMisconfigured) as error:
            for taken in filter(None, (message, following)):
                yield taken.delivery_id, _not_sent(error)
            raise
        if outcome is not None:
            yield message.delivery_id, outcome
            message, following = following or next(source, None), None


class _SourceError(Exception):
    """The source failed to give a message. It may do so with the errors of a backend."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(cause)
        self.cause = cause


def _not_sent(error: BackendUnavailable | BackendMisconfigured) -> Deferred:
    return Deferred(error.problems[0].in_short, concern=Concern.CONNECTION)


def _last_outcome(sessions: RelaySessions, message: Message) -> Outcome:
    """Send the content of a message for which the relay waits, and return its outcome."""
    lost = "connection lost before the end of the message"
    try:
        outcome = _finish(sessions, message, None)
    except (BackendUnavailable, BackendMisconfigured) as error:
        return _not_sent(error)
    return outcome or Deferred(lost, concern=Concern.CONNECTION)


def _ask(sessions: RelaySessions, message: Message) -> Outcome | None:
    """Send the envelope, unless it was sent already. Returns the outcome if the relay refuses it,
    or None when the relay waits for the content.

    A session that had worked and breaks before the dot (idle too long, relay restarted) is
    replaced and the message is sent on the new one, because nothing of it can have been taken.
    """
    while True:
        session = sessions.usable_session()
        is_envelope_sent = session.envelope_sent_for is message
        if not is_envelope_sent and (obstacle := session.obstacle(message)):
            return sessions.outcome_of(obstacle)
        try:
            if not is_envelope_sent:
                session.send_envelope(message)
            refusal = session.envelope_refusal()
        except BrokenLineError as broken:
            session.fault = str(broken)
        else:
            if refusal is None:
                return None
            if (outcome := sessions.outcome_of(refusal)) is not None:
                return outcome


def _finish(sessions: RelaySessions, message: Message, following: Message | None) -> Outcome | None:
    """Send the content, and with its dot the envelope of `following` (RFC 2920 §3.1).

    Returns the outcome, or None when the connection broke before the dot, so that the message
    must be sent again.
    """
    session = sessions.current
    is_last = sessions.is_exhausted(unanswered=1)
    if following and (is_last or not session.has_pipelining or session.obstacle(following)):
        following = None
    try:
        session.send_content(message, following=following)
    except BrokenLineError as broken:
        session.fault = str(broken)
        return None
    return sessions.outcome_of(session.content_outcome())


def _next(sessions: RelaySessions, source: Iterator[Message]) -> Message | None:
    """Return the message whose envelope may be sent before this one is answered, if any."""
    if (
        sessions.depth == 1
        or not sessions.current.has_pipelining
        or sessions.is_exhausted(unanswered=1)
    ):
        return None
    try:
        return next(source, None)
    except BaseException as error:
        raise _SourceError(error) from error
