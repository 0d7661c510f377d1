"""One introduced line: envelopes, contents and verdicts, each told apart."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

from mailer.model.delivery import Outcome, Rejected, Stage, Uncertain
from mailer.providers.smtp.replies import Reply, accepted, refused
from mailer.providers.smtp.wire import BrokenLineError, SmtpWire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.message import Message
    from mailer.providers.smtp.settings import SmtpSettings

_QUIT_TIMEOUT_S = 2.0
_NOT_IN_A_PATH = re.compile("[\r\n\x00 <>]")

Phase = Literal["RSET", "MAIL", "RCPT", "DATA"]
_BEFORE_THE_CONTENT: tuple[Phase, ...] = ("RSET", "MAIL", "RCPT")


@dataclass(frozen=True, slots=True)
class SmtpRefusal:
    """The first command of an envelope that was refused, and the relay's words."""

    phase: Phase
    reply: Reply


class Session:
    """A line past its greeting. `answered` counts the messages whose fate it told; `fault` says
    why it cannot be used any more.

    Every method may raise BrokenLineError before the dot: nothing was taken then. From the
    dot on only `verdict` speaks, and it never raises.
    """

    def __init__(
        self, line: SmtpWire, extensions: Mapping[str, str], settings: SmtpSettings
    ) -> None:
        self.answered = 0
        self.fault = ""
        self.announced: Message | None = None
        self.pipelines = "PIPELINING" in extensions
        self.chunks = self.pipelines and "CHUNKING" in extensions
        size = extensions.get("SIZE", "")
        self._most_bytes = (int(size) if size.isdigit() else 0) or inf
        self._line = line
        self._extensions = extensions
        self._settings = settings
        self._commands: list[tuple[Phase, bytes]] = []
        self._needs_reset = False
        self._took_leave = False
        self._silent_since = ""
        """Why nothing more is to be read from this line."""

    def objection(self, message: Message) -> Rejected | None:
        """Why this relay cannot take this message at all, known before asking."""
        addresses = f"{message.envelope_sender}{message.recipient.address}"
        if _NOT_IN_A_PATH.search(addresses):
            return Rejected("501 5.1.3 this is not an address that SMTP can carry")
        if not addresses.isascii() and "SMTPUTF8" not in self._extensions:
            return Rejected("553 5.6.7 the relay takes no address with letters beyond ASCII")
        if len(message.raw) > self._most_bytes:
            size_kb = len(message.raw) // 1000
            return Rejected(f"552 5.3.4 the message ({size_kb} kB) is larger than the relay takes")
        return None

    def announce(self, message: Message) -> None:
        """Sends the envelope; without PIPELINING (RFC 2920) `permission` sends it bit by bit."""
        self._send(self._announcement(message))

    def permission(self) -> SmtpRefusal | None:
        """The relay's answer to the envelope; None: it waits for the content."""
        refusal = None
        for phase, command in self._commands:
            if not self.pipelines:
                if refusal is not None:
                    break
                self._send(command)
            reply = self._reply(self._settings.command_timeout_s)
            if phase == "RSET":
                continue  # a relay that minds will say so to MAIL; one that does not takes it all
            if not reply.is_positive:
                refusal = refusal or SmtpRefusal(phase, reply)
            elif phase == "DATA" and refusal is not None:
                self._send_nothing()
        self.announced = None
        self._needs_reset = refusal is not None
        self.answered += refusal is not None
        return refusal

    def send_content(self, message: Message, *, following: Message | None = None) -> None:
        """The content and its dot; the envelope of the message `following` travels with them.

        When this raises, the dot has not left whole.
        """
        content = message.raw if message.is_dotless else dot_stuffed(message.raw)
        dot = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
        envelope = self._announcement(following) if following else b""
        try:
            self._line.send(content, dot, envelope, timeout_s=self._settings.data_timeout_s)
        except BrokenLineError as broken:
            if broken.sent_bytes < len(content) + len(dot):
                raise
            # The dot is gone: from here on only `verdict` speaks.

    def verdict(self) -> Outcome:
        """What became of the content sent last."""
        try:
            reply = self._line.reply(timeout_s=self._settings.dot_timeout_s)
        except BrokenLineError as broken:
            self.fault = str(broken)
            return Uncertain(f"after the dot: {broken}")
        self.answered += 1
        return self._judged(reply)

    def _judged(self, reply: Reply) -> Outcome:
        """What the relay's last word on a message means."""
        if reply.closes:
            self._take_leave(reply)
        if reply.is_positive:
            return accepted(reply)
        return refused(reply, stage=Stage.CONTENT)

    def send_whole(self, message: Message) -> None:
        """Envelope and content in one go, behind whatever is on its way (RFC 3030 §4.2).

        When this raises, the last byte has not left. Begins with RSET: after a refusal nobody
        can say what state the relay is in.
        """
        mail, rcpt = self._mail_and_rcpt(message)
        begin = b"RSET\r\n%b%bBDAT %d LAST\r\n" % (mail, rcpt, len(message.raw))
        self._line.send(begin, message.raw, timeout_s=self._settings.data_timeout_s)

    def verdict_of_whole(self) -> Outcome | SmtpRefusal | None:
        """What became of the oldest message sent whole; never raises.

        None: certainly not taken, for the relay took its leave before (RFC 5321 §3.8: it
        closes then, and obeys nothing more). A line lost without a word leaves a doubt.
        """
        refusal = None
        try:
            for phase in _BEFORE_THE_CONTENT:
                reply = self._last_reply()
                if reply.closes:
                    self._take_leave(reply)
                    return refusal
                if phase != "RSET" and not reply.is_positive:
                    refusal = refusal or SmtpRefusal(phase, reply)
            reply = self._last_reply()
        except BrokenLineError as broken:
            self.fault = self._silent_since = str(broken)
            if refusal or self._took_leave:
                return refusal
            return Uncertain(f"after the dot: {broken}")
        self.answered += 1
        return refusal or self._judged(reply)

    def _last_reply(self) -> Reply:
        """A reply to what was sent, even where no more can be sent; none once it fell silent."""
        if self._silent_since:
            raise BrokenLineError(self._silent_since)
        return self._line.reply(timeout_s=self._settings.dot_timeout_s)

    def _take_leave(self, reply: Reply) -> None:
        self.fault = self._silent_since = str(reply)
        self._took_leave = True

    def close(self) -> None:
        """Takes leave, unless the relay is in the middle of something."""
        if not self.fault and self.announced is None:
            with suppress(BrokenLineError):
                self._line.send(b"QUIT\r\n", timeout_s=_QUIT_TIMEOUT_S)
                self._line.reply(timeout_s=_QUIT_TIMEOUT_S)
        self._line.close()

    def _announcement(self, message: Message) -> bytes:
        """What is sent at once of the envelope."""
        self._commands = self._envelope(message)
        self.announced = message
        return b"".join(command for _, command in self._commands) if self.pipelines else b""

    def _envelope(self, message: Message) -> list[tuple[Phase, bytes]]:
        mail, rcpt = self._mail_and_rcpt(message)
        envelope: list[tuple[Phase, bytes]] = [("RSET", b"RSET\r\n")] if self._needs_reset else []
        return [*envelope, ("MAIL", mail), ("RCPT", rcpt), ("DATA", b"DATA\r\n")]

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
            # Our id comes back in a delivery status notification (RFC 3461 §4.4).
            mail += f" RET=HDRS ENVID={message.delivery_id}"
            rcpt += f" NOTIFY=FAILURE,DELAY{_original(recipient)}"
        return f"{mail}\r\n".encode(), f"{rcpt}\r\n".encode()

    def _send_nothing(self) -> None:
        """Answers a relay that wants content for nobody (RFC 2920 §3.1): an empty one."""
        self._send(b".\r\n")
        self._reply(self._settings.dot_timeout_s)

    def _send(self, command: bytes) -> None:
        self._line.send(command, timeout_s=self._settings.command_timeout_s)

    def _reply(self, timeout_s: float) -> Reply:
        """A reply before the dot; 421 closes the line, whatever it answers."""
        reply = self._line.reply(timeout_s=timeout_s)
        if reply.closes:
            raise BrokenLineError(str(reply))
        return reply


def dot_stuffed(raw: bytes) -> bytes:
    """`raw` with its leading dots doubled (RFC 5321 §4.5.2)."""
    body = raw.replace(b"\r\n.", b"\r\n..")
    return b"." + body if body.startswith(b".") else body


def _original(recipient: str) -> str:
    """ORCPT (RFC 3461 §4.2) where the address needs no encoding; else nothing."""
    needs_encoding = "+" in recipient or "=" in recipient or not recipient.isascii()
    return "" if needs_encoding else f" ORCPT=rfc822;{recipient}"
