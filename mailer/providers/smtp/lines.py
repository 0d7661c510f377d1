"""The line in use, and its successors: replaced when it has served its time or broken."""

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


class Lines:
    """Lines to one relay, one at a time: `session` is the present one."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext) -> None:
        """Raises BackendUnavailable or BackendMisconfigured."""
        self._settings, self._context = settings, context
        self.depth = settings.depth
        self.session = open_session(settings, context)

    def is_over(self, *, unanswered: int = 0) -> bool:
        """Whether the present line takes no message more, with so many on their way."""
        carried = self.session.answered + unanswered
        return bool(self.session.fault) or carried >= self._settings.messages_per_connection

    def ready(self) -> Session:
        """A line that is whole and has not carried its number of messages."""
        if self.session.fault and not self.session.answered:
            # It took nothing before it broke: the next one would hardly do better now.
            raise unavailable(self._settings, self.session.fault)
        if self.is_over():
            self.session.close()
            try:
                self.session = open_session(self._settings, self._context)
            except ConfigError as error:
                # A secret that cannot be read any more, while messages are in hand.
                raise BackendMisconfigured(*error.problems) from error
        return self.session

    def outcome_of(self, refusal: SmtpRefusal) -> Outcome:
        """The message's fate, or BackendMisconfigured when every message would share it."""
        reply = refusal.reply
        if refusal.phase == "MAIL" and is_account_error(reply):
            raise misconfigured(
                self._settings,
                _("The relay refuses our sender address: {reply}.", reply=str(reply)),
                _("Ask its administrator which sender it lets us use."),
            )
        if reply.refuses_us:
            raise misconfigured(
                self._settings,
                _("The relay refuses to serve us: {reply}.", reply=str(reply)),
                _("Check username and password under [transport.smtp]."),
            )
        return refused(reply, stage=_STAGES[refusal.phase])

    def close(self) -> None:
        self.session.close()
