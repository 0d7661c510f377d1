"""The sessions with one relay: each is replaced when it is exhausted or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, ConfigError
from mailer.model.delivery import Outcome, Stage
from mailer.providers.smtp.greeting import open_session
from mailer.providers.smtp.refusals import misconfigured, unavailable
from mailer.providers.smtp.replies import is_account_error, refused
from mailer.wording import _

if TYPE_CHECKING:
    import ssl

    from mailer.providers.smtp.session import Phase, Session, SmtpRefusal
    from mailer.providers.smtp.settings import SmtpSettings

_STAGES: dict[Phase, Stage] = {
    "RSET": Stage.SENDER,
    "MAIL": Stage.SENDER,
    "RCPT": Stage.RECIPIENT,
    "DATA": Stage.DATA,
}


class RelaySessions:
    """Sessions with one relay, one at a time: `current` is the present one."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext) -> None:
        """Raises BackendUnavailable or BackendMisconfigured."""
        self._settings, self._context = settings, context
        self.depth = settings.depth
        self.current = open_session(settings, context)

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

    def outcome_of(self, refusal: SmtpRefusal) -> Outcome:
        """Return the message's outcome. Raises BackendMisconfigured when every message would be
        refused for the same reason.
        """
        reply = refusal.reply
        if refusal.phase == "MAIL" and is_account_error(reply):
            raise misconfigured(
                self._settings,
                _("The relay refuses our sender address: {reply}.", reply=str(reply)),
                _("Ask its administrator which sender it lets us use."),
            )
        if reply.is_login_refused:
            raise misconfigured(
                self._settings,
                _("The relay refuses to serve us: {reply}.", reply=str(reply)),
                _("Check username and password under [transport.smtp]."),
            )
        return refused(reply, stage=_STAGES[refusal.phase])

    def close(self) -> None:
        self.current.close()
