"""Messages sent whole, one behind the other, before any of them is answered (RFC 3030).

One round trip serves as many messages as the depth allows. The price: a line that breaks
without a word leaves all of them in doubt, so a depth of 1 goes phase by phase instead.
"""

from __future__ import annotations

from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.delivery import Deferred, Outcome
from mailer.providers.smtp.sequential import deliver_sequentially
from mailer.providers.smtp.session import SmtpRefusal
from mailer.providers.smtp.wire import BrokenLineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.message import DeliveryId, Message
    from mailer.providers.smtp.lines import Lines


def deliver_chunked(
    lines: Lines, source: Iterator[Message]
) -> Iterator[tuple[DeliveryId, Outcome]]:
    """Fills the line, reads half of the answers, fills it again."""
    window = _Window(lines, source)
    while True:
        yield from window.fill()
        yield from window.drain()
        if window.unanswered:
            continue
        if window.stopped is None and not window.is_done:
            window.renew()
        if window.stopped is not None:
            for message in window.to_send:
                yield message.delivery_id, Deferred("not sent: the line was lost before it")
            raise window.stopped
        if window.is_done:
            return
        if not lines.session.chunks:
            yield from deliver_sequentially(lines, chain(window.to_send, source))
            return


class _Window:
    """What has been taken from the source: still `to_send`, or sent and unanswered."""

    def __init__(self, lines: Lines, source: Iterator[Message]) -> None:
        self.to_send: deque[Message] = deque()
        self.unanswered: deque[Message] = deque()
        self.stopped: BaseException | None = None
        """Why nothing more is sent; raised when everything on its way has been answered."""
        self._lines, self._source = lines, source
        self._has_ended = False

    @property
    def is_done(self) -> bool:
        return self._has_ended and not self.to_send

    def fill(self) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Sends until as many are on their way as may be; what the relay cannot take at all
        has its outcome at once.
        """
        while len(self.unanswered) < self._lines.depth and not self._is_over:
            message = self._next()
            if message is None:
                return
            session = self._lines.session
            if objection := session.objection(message):
                yield message.delivery_id, objection
                continue
            try:
                session.send_whole(message)
            except BrokenLineError as broken:
                session.fault = str(broken)
                self.to_send.append(message)
            else:
                self.unanswered.append(message)

    def drain(self) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Reads answers: half of them, or all when nothing more goes on this line."""
        again: list[Message] = []
        while self.unanswered:
            goes_on = not (self.is_done or self._is_over)
            if goes_on and len(self.unanswered) <= self._lines.depth // 2:
                return
            message = self.unanswered.popleft()
            verdict = self._lines.session.verdict_of_whole()
            if isinstance(verdict, SmtpRefusal):
                verdict = self._outcome_of(verdict)
            if verdict is None:
                again.append(message)
            else:
                yield message.delivery_id, verdict
        self.to_send.extendleft(reversed(again))

    def renew(self) -> None:
        """Another line, where the old one is over."""
        try:
            self._lines.ready()
        except (BackendUnavailable, BackendMisconfigured) as error:
            self.stopped = error

    @property
    def _is_over(self) -> bool:
        return self.stopped is not None or self._lines.is_over(unanswered=len(self.unanswered))

    def _next(self) -> Message | None:
        if self.to_send:
            return self.to_send.popleft()
        try:
            message = next(self._source, None)
        except BaseException as error:  # noqa: BLE001 — raised again, once those on their way are answered
            self.stopped = error
            return None
        self._has_ended = message is None
        return message

    def _outcome_of(self, refusal: SmtpRefusal) -> Outcome:
        try:
            return self._lines.outcome_of(refusal)
        except BackendMisconfigured as error:
            self.stopped = self.stopped or error
            return Deferred(error.problems[0].in_short)
