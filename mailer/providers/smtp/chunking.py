"""Pipeline whole messages with BDAT before any of them is answered (RFC 3030).

One round trip serves as many messages as the depth allows. The price: a connection that breaks
without a reply makes all of them uncertain, so a depth of 1 goes phase by phase instead.
"""

from __future__ import annotations

from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.mailings.delivery import Concern, Deferred, Outcome
from mailer.providers.smtp.sequential import deliver_sequentially
from mailer.providers.smtp.wire import BrokenLineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.providers.smtp.relay_sessions import RelaySessions
    from mailer.providers.smtp.session import SmtpRefusal

_LINE_LOST = Deferred("not sent: the line was lost before it", concern=Concern.CONNECTION)


def deliver_chunked(
    sessions: RelaySessions, source: Iterator[Message]
) -> Iterator[tuple[DeliveryId, Outcome]]:
    """Send messages up to the depth, read half of the replies, and send again."""
    window = _Window(sessions, source)
    while True:
        yield from window.fill()
        yield from window.drain()
        if window.unanswered:
            continue
        if window.stopped is None and not window.is_done:
            window.reconnect()
        if window.stopped is not None:
            for message in window.to_send:
                yield message.delivery_id, _LINE_LOST
            raise window.stopped
        if window.is_done:
            return
        if not sessions.current.has_chunking:
            yield from deliver_sequentially(sessions, chain(window.to_send, source))
            return


class _Window:
    """The messages taken from the source: those still `to_send`, and those sent and unanswered."""

    def __init__(self, sessions: RelaySessions, source: Iterator[Message]) -> None:
        self.to_send: deque[Message] = deque()
        self.unanswered: deque[Message] = deque()
        self.stopped: BaseException | None = None
        """The error that stops sending. It is raised when every sent message is answered."""
        self._sessions, self._source = sessions, source
        self._has_ended = False

    @property
    def is_done(self) -> bool:
        return self._has_ended and not self.to_send

    def fill(self) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Send until `depth` messages are unanswered.

        Yields the outcome of each message that this relay cannot take at all.
        """
        while len(self.unanswered) < self._sessions.depth and not self._is_exhausted:
            message = self._next()
            if message is None:
                return
            session = self._sessions.current
            if obstacle := session.obstacle(message):
                yield message.delivery_id, self._outcome_of(obstacle) or _LINE_LOST
                continue
            try:
                session.send_with_bdat(message)
            except BrokenLineError as broken:
                session.fault = str(broken)
                self.to_send.append(message)
            else:
                self.unanswered.append(message)

    def drain(self) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Read half of the replies, or all of them when nothing more is sent on this session."""
        to_resend: list[Message] = []
        while self.unanswered:
            can_send_more = not (self.is_done or self._is_exhausted)
            if can_send_more and len(self.unanswered) <= self._sessions.depth // 2:
                return
            message = self.unanswered.popleft()
            outcome = self._outcome_of(self._sessions.current.bdat_outcome())
            if outcome is None:
                to_resend.append(message)
            else:
                yield message.delivery_id, outcome
        self.to_send.extendleft(reversed(to_resend))

    def reconnect(self) -> None:
        """Open another session if the present one is exhausted."""
        try:
            self._sessions.usable_session()
        except (BackendUnavailable, BackendMisconfigured) as error:
            self.stopped = error

    @property
    def _is_exhausted(self) -> bool:
        return self.stopped is not None or self._sessions.is_exhausted(
            unanswered=len(self.unanswered)
        )

    def _next(self) -> Message | None:
        if self.to_send:
            return self.to_send.popleft()
        try:
            message = next(self._source, None)
        except BaseException as error:  # noqa: BLE001 — raised again, once the sent messages are answered
            self.stopped = error
            return None
        self._has_ended = message is None
        return message

    def _outcome_of(self, answer: Outcome | SmtpRefusal | None) -> Outcome | None:
        try:
            return self._sessions.outcome_of(answer)
        except (BackendUnavailable, BackendMisconfigured) as error:
            self.stopped = self.stopped or error
            return Deferred(error.problems[0].in_short, concern=Concern.CONNECTION)
