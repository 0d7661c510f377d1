"""SMTP replies, and the outcome that each one means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailer.model.delivery import Accepted, Deferred, Outcome, Rejected, Stage

_MAX_REPLY_LENGTH = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")

# How relays name the message they have just accepted. The plain word is searched first because
# that is faster than the pattern.
_PEER_IDS = (
    ("queued as", re.compile(r"queued as ([\w.-]+)", re.IGNORECASE)),  # Postfix
    ("id=", re.compile(r"\bid=([\w.-]+)", re.IGNORECASE)),  # Exim
    ("internalid=", re.compile(r"InternalId=([\w.-]+)", re.IGNORECASE)),  # Exchange
    ("message accepted", re.compile(r"\b([\w.-]{8,}) Message accepted", re.IGNORECASE)),  # Sendmail
    (" qp ", re.compile(r"\bok:? (\d+ qp \d+)", re.IGNORECASE)),  # qmail
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply (RFC 5321 §4.2): its code, and the text of its lines without the code."""

    code: int
    lines: tuple[str, ...]

    def __str__(self) -> str:
        text = " ".join(self.lines)
        if not text.isprintable():
            text = _CONTROL.sub(" ", text)
        return f"{self.code} {text}"[:_MAX_REPLY_LENGTH].strip()

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 2034) at the start of the reply, or ""."""
        found = _ENHANCED.match(self.lines[0]) if self.lines else None
        return found[0] if found else ""

    @property
    def is_positive(self) -> bool:
        """Whether the code is 2yz or 3yz, so that the dialogue can go on."""
        return self.code < 400

    @property
    def is_transient(self) -> bool:
        return 400 <= self.code < 500

    @property
    def is_closing(self) -> bool:
        """Whether the relay closes the connection: 421, in any phase (RFC 5321 §3.8)."""
        return self.code == 421

    @property
    def is_throttled(self) -> bool:
        """Whether the receiver wants fewer messages a minute (RFC 3463: 4.7.x is policy).

        Greylisting is not throttling: the receiver only wants this message to come again.
        """
        return self.enhanced.startswith("4.7.") and "greylist" not in str(self).lower()

    @property
    def is_login_refused(self) -> bool:
        """Whether the relay asks for other credentials, so that no message can be sent.

        RFC 4954 §6 defines 530, 534, 535 and 538 for this.
        """
        return self.code in {530, 534, 535, 538}


def accepted(reply: Reply) -> Accepted:
    """Return the accepted outcome, with the relay's own id for the message if it gives one."""
    text = str(reply)
    folded = text.lower()
    for word, pattern in _PEER_IDS:
        if word in folded and (found := pattern.search(text)):
            return Accepted(text, found[1])
    return Accepted(text)


def refused(reply: Reply, *, stage: Stage) -> Outcome:
    """Return the outcome of a refusal: deferred for 4yz, rejected for 5yz.

    In both cases the message has certainly not been taken.
    """
    if reply.is_transient:
        return Deferred(str(reply), is_throttled=reply.is_throttled)
    return Rejected(str(reply), stage)


def is_account_error(reply: Reply) -> bool:
    """Return whether a refusal of MAIL concerns our account, not this message.

    In reply to MAIL, 552 and 5.3.4 concern the declared size (RFC 1870 §6.1), and 5.6.7 concerns
    the characters of the address (RFC 6531 §3.5).
    """
    return not reply.is_transient and reply.code != 552 and reply.enhanced not in {"5.3.4", "5.6.7"}
