"""The sessions with one relay: each is replaced when it is exhausted or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, ConfigError
from mailer.model.mailings.delivery import Accepted, Outcome, Stage
from mailer.providers.smtp.greeting import open_session
from mailer.providers.smtp.refusals import require_served, unavailable
from mailer.providers.smtp.replies import refused
from mailer.providers.smtp.session import SmtpRefusal

if TYPE_CHECKING:
    import ssl

    from mailer.providers.smtp.replies import ServerReply
    from mailer.providers.smtp.session import Phase, Session
    from mailer.providers.smtp.settings import SmtpSettings

_STAGES: dict[Phase, Stage] = {
    "RSET": Stage.SENDER,
    "MAIL": Stage.SENDER,
    "RCPT": Stage.RECIPIENT,
    "DATA": Stage.DATA,
    "content": Stage.CONTENT,
}
_MOST_FAULTS_IN_A_ROW = 5
"""So many recipients in a row whose answer was about the relay itself: it can take nobody now."""


class RelaySessions:
    """Sessions with one relay, one at a time: `current` is the present one."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext) -> None:
        """Raises BackendUnavailable or BackendMisconfigured."""
        self._settings, self._context = settings, context
        self.depth = settings.depth
        self.current = open_session(settings, context)
        self._faults_in_a_row = 0

    def is_exhausted(self, *, unanswered: int = 0) -> bool:
        """Return whether the current session takes no more messages, given those still unanswered."""
        carried = self.current.answered + unanswered
        return bool(self.current.fault) or carried >= self._settings.messages_per_connection

    def usable_session(self) -> Session:
        """Return the current session, or a new one if it is broken or exhausted."""
        if self.current.fault and not self.current.answered:
            # It broke before taking anything, so a new session would hardly do better now.
            raise unavailable(self._settings, self.current.fault)
        if self.is_exhausted():
            self.current.close()
            try:
                self.current = open_session(self._settings, self._context)
            except ConfigError as error:
                # A secret can no longer be read, and messages are already claimed.
                raise BackendMisconfigured(*error.problems) from error
        return self.current

    def outcome_of(self, answer: Outcome | SmtpRefusal | None) -> Outcome | None:
        """Return the message's outcome; None when it is to be sent again, on another session.

        Raises BackendMisconfigured when every message would be refused for the same reason, and
        BackendUnavailable when the relay can take none at present.
        """
        if not isinstance(answer, SmtpRefusal):
            self._faults_in_a_row = 0 if isinstance(answer, Accepted) else self._faults_in_a_row
            return answer
        phase, reply = answer.phase, answer.reply
        if not reply.is_transient:
            require_served(self._settings, phase, reply)
        elif phase == "MAIL" and not reply.is_throttled:
            # It is asked before any recipient is named, so it is no recipient's answer.
            self.current.fault = str(reply)
            return None
        elif phase != "content" and self.current.answered and reply.is_about_session:
            self.current.fault = str(reply)
            return None
        self._count_fault(reply)
        self.current.answered += 1
        return refused(reply, stage=_STAGES[phase])

    def _count_fault(self, reply: ServerReply) -> None:
        """Raise BackendUnavailable if the relay's own trouble has met several recipients in a row.

        One alone may be the cause of its answer, and must not hold the others.
        """
        self._faults_in_a_row = self._faults_in_a_row + 1 if reply.is_about_relay else 0
        if self._faults_in_a_row >= _MOST_FAULTS_IN_A_ROW:
            raise unavailable(self._settings, str(reply))

    def close(self) -> None:
        self.current.close()
