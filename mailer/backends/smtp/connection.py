"""Messages in, outcomes out, over as many lines in a row as it takes."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from mailer.backends.smtp.greeting import misconfigured, open_session, unavailable
from mailer.backends.smtp.line import BrokenLineError
from mailer.backends.smtp.replies import blames_the_sender, refused
from mailer.errors import BackendMisconfigured, BackendUnavailable, ConfigError, Place, Problem
from mailer.model.delivery import Deferred, Outcome, Rejected
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.backends.smtp.session import Refusal, Session
    from mailer.backends.smtp.settings import SmtpSettings
    from mailer.model.message import DeliveryId, Message


class SmtpBackend:
    """`ports.Backend` onto a relay."""

    name = "smtp"

    def __init__(self, settings: SmtpSettings) -> None:
        """Raises ConfigError for settings that cannot be meant."""
        settings.check()
        self.depth = settings.depth
        self._settings = settings
        self._context = _context(settings)

    def connect(self) -> SmtpConnection:
        return SmtpConnection(self._settings, self._context)


class SmtpConnection:
    """Opens its line at once, and a new one whenever the old has served its time or broken."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext) -> None:
        self._settings = settings
        self._context = context
        self._session = open_session(settings, context)

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        source = iter(messages)
        message, following = next(source, None), None
        while message is not None:
            try:
                outcome = self._ask(message)
            except (BackendUnavailable, BackendMisconfigured) as error:
                for taken in filter(None, (message, following)):
                    yield taken.delivery_id, Deferred(error.problems[0].in_short)
                raise
            if outcome is None:
                try:
                    following = following or self._next(source)
                except BaseException:
                    # No more is granted; this one was, and the relay waits for it.
                    broken = Deferred("connection lost before the end of the message")
                    yield message.delivery_id, self._finish(message, None) or broken
                    raise
                outcome = self._finish(message, following)
            if outcome is not None:
                yield message.delivery_id, outcome
                message, following = following or next(source, None), None

    def close(self) -> None:
        self._session.close()

    def _ask(self, message: Message) -> Outcome | None:
        """Sends the envelope, unless it has gone ahead; None: the relay waits for the content.

        A line that had worked and broke before the dot (idle too long, relay restarted) is
        replaced and the message sent on the new one: nothing of it can have been taken.
        """
        while True:
            session = self._ready()
            if objection := session.objection(message):
                return objection
            try:
                if session.announced is not message:
                    session.announce(message)
                refusal = session.permission()
            except BrokenLineError as broken:
                session.fault = str(broken)
            else:
                return self._refused(refusal) if refusal else None

    def _finish(self, message: Message, following: Message | None) -> Outcome | None:
        """Sends the content, and the envelope of `following` with its dot (RFC 2920 §3.1).

        None: the line broke before the dot, and the message is to be sent again.
        """
        session = self._session
        is_last = session.answered + 1 >= self._settings.messages_per_connection
        if following and (is_last or not session.pipelines or session.objection(following)):
            following = None
        try:
            session.send_content(message, following=following)
        except BrokenLineError as broken:
            session.fault = str(broken)
            return None
        return session.verdict()

    def _ready(self) -> Session:
        """A line that is whole and has not carried its number of messages."""
        session = self._session
        if session.fault and not session.answered:
            # It took nothing before it broke: the next one would hardly do better now.
            raise unavailable(self._settings, session.fault)
        if session.fault or session.answered >= self._settings.messages_per_connection:
            session.close()
            self._session = open_session(self._settings, self._context)
        return self._session

    def _next(self, source: Iterator[Message]) -> Message | None:
        """The message to go ahead of this one's answer, with a depth of 2 or more."""
        session = self._session
        is_last = session.answered + 1 >= self._settings.messages_per_connection
        if self._settings.depth == 1 or not session.pipelines or is_last:
            return None
        return next(source, None)

    def _refused(self, refusal: Refusal) -> Outcome:
        """The message's fate, or BackendMisconfigured when every message would share it."""
        reply = refusal.reply
        if refusal.phase == "MAIL" and blames_the_sender(reply):
            raise misconfigured(
                self._settings,
                _("The relay refuses our sender address: {reply}.", reply=str(reply)),
                _("Ask its administrator which sender it lets us use."),
            )
        if reply.refuses_us or refusal.phase == "RSET":
            raise misconfigured(
                self._settings,
                _("The relay refuses to serve us: {reply}.", reply=str(reply)),
                _("Check username and password under [transport.smtp]."),
            )
        outcome = refused(reply)
        if refusal.phase == "RCPT" and isinstance(outcome, Rejected):
            # Postfix's words. At which stage a reply came decides whether "unknown user" is a
            # fact about the mailbox or a filter's excuse (`feedback.classify`).
            return Rejected(f"{outcome.reply} (in reply to RCPT TO)")
        return outcome


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        raise ConfigError(
            Problem(
                Place("config.toml", key="transport.smtp.ca_file"),
                _("The certificates cannot be read: {reason}.", reason=str(error)),
                _("Name a file of PEM certificates."),
            )
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
