"""One SMTP session after EHLO and login: it sends envelopes and contents, and reads outcomes."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple

from mailer.model.mailings.delivery import Accepted, Concern, Deferred, Outcome, Rejected, Uncertain
from mailer.providers.smtp.replies import ServerReply
from mailer.providers.smtp.wire import BrokenLineError, SmtpWire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.health.relay import Encryption
    from mailer.model.mailings.message import Message
    from mailer.providers.smtp.settings import SmtpSettings

_QUIT_TIMEOUT_S = 2.0
_NOT_IN_A_PATH = re.compile("[\r\n\x00 <>]")

Phase = Literal["RSET", "MAIL", "RCPT", "DATA", "content"]
_ENVELOPE_PHASES: tuple[Phase, ...] = ("RSET", "MAIL", "RCPT")
_OF_ONE_MESSAGE = frozenset[Phase](["RCPT", "DATA"])
"""The phases in which a relay that closes may do so because of this recipient."""


class _EnvelopeCommand(NamedTuple):
    """A command of an envelope, ready to be sent."""

    phase: Phase
    line: bytes


@dataclass(frozen=True, slots=True)
class SmtpRefusal:
    """The first command of an envelope that was refused, or the content, with the relay's reply."""

    phase: Phase
    reply: ServerReply


class Session:
    """An SMTP session ready for messages.

    `answered` counts the messages whose outcome is known. `fault` says why the session cannot be
    used any more. Every method may raise BrokenLineError before the final dot, when nothing can
    have been taken. After the dot only `content_outcome` gives the result, and it never raises.
    """

    def __init__(
        self, wire: SmtpWire, extensions: Mapping[str, str], settings: SmtpSettings
    ) -> None:
        self.answered = 0
        self.fault = ""
        self.envelope_sent_for: Message | None = None
        self.has_pipelining = "PIPELINING" in extensions
        self.has_chunking = self.has_pipelining and "CHUNKING" in extensions
        self.has_smtputf8 = "SMTPUTF8" in extensions
        size = extensions.get("SIZE", "")
        self._most_bytes = (int(size) if size.isdigit() else 0) or inf
        self._wire = wire
        self._extensions = extensions
        self._settings = settings
        self._commands: list[_EnvelopeCommand] = []
        self._needs_reset = False
        self._relay_closed = False
        self._read_error = ""
        """The error after which no more replies can be read."""

    def obstacle(self, message: Message) -> Outcome | SmtpRefusal | None:
        """Return what this relay's extensions say against the message before it is sent.

        Only an address that no relay could carry is the recipient's fault.
        """
        addresses = f"{message.envelope_sender}{message.recipient.address}"
        if _NOT_IN_A_PATH.search(addresses):
            return Rejected("501 5.1.3 this is not an address that SMTP can carry")
        if not addresses.isascii() and not self.has_smtputf8:
            reply = "553 5.6.7 the relay takes no address with letters beyond ASCII"
            return Deferred(reply, concern=Concern.ADDRESS_FORM)
        if len(message.raw) > self._most_bytes:
            size_kb, most_kb = len(message.raw) // 1000, self._most_bytes / 1000
            text = f"5.3.4 the message has {size_kb} kB, and the relay takes {most_kb:.0f} kB"
            return SmtpRefusal("MAIL", ServerReply(552, (text,)))
        return None

    def send_envelope(self, message: Message) -> None:
        """Send the envelope. Without PIPELINING (RFC 2920), `envelope_refusal` sends it command
        by command.
        """
        self._send(self._envelope_bytes(message))

    def envelope_refusal(self) -> SmtpRefusal | None:
        """Read the replies to the envelope. Returns the refusal, or None when the relay waits for
        the content.
        """
        refusal = None
        for phase, command in self._commands:
            if not self.has_pipelining:
                if refusal is not None:
                    break
                self._send(command)
            try:
                reply = self._envelope_reply(phase)
                if phase == "DATA" and reply.is_positive and refusal is not None:
                    self._send_empty_content()
            except BrokenLineError as broken:
                if refusal is None:
                    raise
                self.fault = str(broken)  # what was refused before stays refused
                break
            # A relay that refuses RSET will refuse MAIL too, if it matters to it.
            if phase != "RSET" and not reply.is_positive:
                refusal = refusal or SmtpRefusal(phase, reply)
            if self.fault:
                break
        self.envelope_sent_for = None
        self._needs_reset = refusal is not None
        return refusal

    def _envelope_reply(self, phase: Phase) -> ServerReply:
        """Read the reply to one command of an envelope.

        Raises BrokenLineError if the line cannot be used any more, except after 421 to a command
        about one message: the relay may close because of this recipient.
        """
        reply = self._wire.reply(timeout_s=self._settings.command_timeout_s)
        if reply.is_closing and phase in _OF_ONE_MESSAGE:
            self._note_closing(reply)
        else:
            self._require_fitting(reply, phase)
        return reply

    def send_content(self, message: Message, *, following: Message | None = None) -> None:
        """Send the content and the final dot, and with them the envelope of `following`.

        When this raises, the dot was not completely sent.
        """
        content = message.raw if message.is_dotless else dot_stuffed(message.raw)
        dot = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
        envelope = self._envelope_bytes(following) if following else b""
        try:
            self._wire.send(content, dot, envelope, timeout_s=self._settings.data_timeout_s)
        except BrokenLineError as broken:
            if broken.sent_bytes < len(content) + len(dot):
                raise
            # The dot was sent, so only `content_outcome` may say what became of the message.

    def content_outcome(self) -> Outcome | SmtpRefusal:
        """Read the reply to the final dot and return the outcome. Never raises."""
        try:
            reply = self._wire.reply(timeout_s=self._settings.dot_timeout_s)
            return self._final_outcome(reply)
        except BrokenLineError as broken:
            self.fault = str(broken)
            return Uncertain(f"after the dot: {broken}")

    def _final_outcome(self, reply: ServerReply) -> Outcome | SmtpRefusal:
        """Return what the relay's final reply to a message means. Raises BrokenLineError if it is
        no final reply.
        """
        if reply.is_closing:
            self._note_closing(reply)
        else:
            self._require_fitting(reply, "content")
        if not reply.is_positive:
            return SmtpRefusal("content", reply)
        self.answered += 1
        return Accepted(str(reply))

    def send_with_bdat(self, message: Message) -> None:
        """Send envelope and content at once with BDAT, without waiting for replies (RFC 3030 §4.2).

        When this raises, the last byte was not sent. It begins with RSET, because after a refused
        envelope the state of the relay is unknown.
        """
        mail, rcpt = self._mail_and_rcpt(message)
        begin = b"RSET\r\n%b%bBDAT %d LAST\r\n" % (mail, rcpt, len(message.raw))
        self._wire.send(begin, message.raw, timeout_s=self._settings.data_timeout_s)

    def bdat_outcome(self) -> Outcome | SmtpRefusal | None:
        """Return the outcome of the oldest unanswered BDAT message. Never raises.

        None if the relay sent 421 before this message, so that resending is safe (RFC 5321 §3.8:
        it closes the connection and executes nothing more). Uncertain if the connection broke
        without a reply.
        """
        refusal = None
        try:
            for phase in _ENVELOPE_PHASES:
                reply = self._last_reply()
                if reply.is_closing:
                    self._note_closing(reply)
                    if phase in _OF_ONE_MESSAGE:
                        refusal = refusal or SmtpRefusal(phase, reply)
                    return refusal
                self._require_fitting(reply, phase)
                if phase != "RSET" and not reply.is_positive:
                    refusal = refusal or SmtpRefusal(phase, reply)
            final = self._final_outcome(self._last_reply())
        except BrokenLineError as broken:
            self.fault = self._read_error = str(broken)
            if refusal or self._relay_closed:
                return refusal
            return Uncertain(f"after the dot: {broken}")
        return refusal or final

    def _last_reply(self) -> ServerReply:
        """Read a reply to a command already sent, even if nothing more can be sent.

        Raises BrokenLineError once reading has failed.
        """
        if self._read_error:
            raise BrokenLineError(self._read_error)
        return self._wire.reply(timeout_s=self._settings.dot_timeout_s)

    def _note_closing(self, reply: ServerReply) -> None:
        self.fault = self._read_error = str(reply)
        self._relay_closed = True

    @property
    def encryption(self) -> Encryption | None:
        """The encryption of the connection; None in the clear."""
        return self._wire.encryption

    def close(self) -> None:
        """Send QUIT, unless a message is in progress, and close the connection."""
        if not self.fault and self.envelope_sent_for is None:
            with suppress(BrokenLineError):
                self._wire.send(b"QUIT\r\n", timeout_s=_QUIT_TIMEOUT_S)
                self._wire.reply(timeout_s=_QUIT_TIMEOUT_S)
        self._wire.close()

    def _envelope_bytes(self, message: Message) -> bytes:
        """Prepare the envelope. Returns the bytes to send now: all of it with PIPELINING."""
        self._commands = self._envelope(message)
        self.envelope_sent_for = message
        return b"".join(command for _, command in self._commands) if self.has_pipelining else b""

    def _envelope(self, message: Message) -> list[_EnvelopeCommand]:
        mail, rcpt = self._mail_and_rcpt(message)
        envelope = [_EnvelopeCommand("RSET", b"RSET\r\n")] if self._needs_reset else []
        return [
            *envelope,
            _EnvelopeCommand("MAIL", mail),
            _EnvelopeCommand("RCPT", rcpt),
            _EnvelopeCommand("DATA", b"DATA\r\n"),
        ]

    def _mail_and_rcpt(self, message: Message) -> tuple[bytes, bytes]:
        sender, recipient = str(message.envelope_sender), str(message.recipient.address)
        mail, rcpt = f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>"
        if "SIZE" in self._extensions:
            mail += f" SIZE={len(message.raw)}"
        if "8BITMIME" in self._extensions and not message.raw.isascii():
            mail += " BODY=8BITMIME"
        if not (sender.isascii() and recipient.isascii()):
            mail += " SMTPUTF8"
        if "DSN" in self._extensions:
            # A delivery status notification carries ENVID back to us (RFC 3461 §4.4).
            mail += f" RET=HDRS ENVID={message.delivery_id}"
            rcpt += f" NOTIFY=FAILURE,DELAY{_orcpt(recipient)}"
        return f"{mail}\r\n".encode(), f"{rcpt}\r\n".encode()

    def _send_empty_content(self) -> None:
        """Send empty content to a relay that accepts DATA without a recipient (RFC 2920 §3.1)."""
        self._send(b".\r\n")
        reply = self._wire.reply(timeout_s=self._settings.dot_timeout_s)
        if reply.is_closing:
            raise BrokenLineError(str(reply))

    def _send(self, command: bytes) -> None:
        self._wire.send(command, timeout_s=self._settings.command_timeout_s)

    @staticmethod
    def _require_fitting(reply: ServerReply, phase: Phase) -> None:
        """Raise BrokenLineError on 421, and on a positive reply that answers another command.

        After 250 to DATA, for example, our content would be read as commands.
        """
        if reply.is_closing:
            raise BrokenLineError(str(reply))
        if reply.is_positive and (reply.code >= 300) is not (phase == "DATA"):
            message = f"not an answer to {phase}: {reply}"
            raise BrokenLineError(message)


def dot_stuffed(raw: bytes) -> bytes:
    """Return `raw` with the dot at the start of each line doubled (RFC 5321 §4.5.2)."""
    body = raw.replace(b"\r\n.", b"\r\n..")
    return b"." + body if body.startswith(b".") else body


def _orcpt(recipient: str) -> str:
    """Return the ORCPT parameter (RFC 3461 §4.2), or "" when the address would need encoding."""
    needs_encoding = "+" in recipient or "=" in recipient or not recipient.isascii()
    return "" if needs_encoding else f" ORCPT=rfc822;{recipient}"
