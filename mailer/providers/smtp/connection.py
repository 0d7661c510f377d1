"""The SMTP backend and its connections, which turn messages into outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.providers.smtp.chunking import deliver_chunked
from mailer.providers.smtp.greeting import tls_context
from mailer.providers.smtp.relay_sessions import RelaySessions
from mailer.providers.smtp.sequential import deliver_sequentially

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.providers.smtp.settings import SmtpSettings


class SmtpBackend:
    """The `ports.Backend` for an SMTP relay."""

    name = "smtp"

    def __init__(self, settings: SmtpSettings) -> None:
        """Raises ConfigError for settings that cannot work."""
        settings.check()
        self.depth = settings.depth
        self._settings = settings
        self._context = tls_context(settings)

    def connect(self) -> SmtpConnection:
        return SmtpConnection(self._settings, self._context)


class SmtpConnection:
    """Open a session at once, and a new one when the old is exhausted or broken."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext) -> None:
        self._sessions = RelaySessions(settings, context)

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        if self._sessions.depth > 1 and self._sessions.current.has_chunking:
            return deliver_chunked(self._sessions, iter(messages))
        return deliver_sequentially(self._sessions, iter(messages))

    def close(self) -> None:
        self._sessions.close()
