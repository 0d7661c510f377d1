"""What a relay answers, and what it means at each phase."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailer.model.delivery import Accepted, Deferred, Outcome, Rejected, Stage

_LONGEST = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")

# What relays call the message they have just taken, each with a word that is looked for first.
_PEER_IDS = (
    ("queued as", re.compile(r"queued as ([\w.-]+)", re.IGNORECASE)),  # Postfix
    ("id=", re.compile(r"\bid=([\w.-]+)", re.IGNORECASE)),  # Exim
    ("internalid=", re.compile(r"InternalId=([\w.-]+)", re.IGNORECASE)),  # Exchange
    ("message accepted", re.compile(r"\b([\w.-]{8,}) Message accepted", re.IGNORECASE)),  # Sendmail
    (" qp ", re.compile(r"\bok:? (\d+ qp \d+)", re.IGNORECASE)),  # qmail
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply (RFC 5321 §4.2): its code, and its lines without it."""

    code: int
    lines: tuple[str, ...]

    def __str__(self) -> str:
        text = " ".join(self.lines)
        if not text.isprintable():
            text = _CONTROL.sub(" ", text)
        return f"{self.code} {text}"[:_LONGEST].strip()

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 2034) that the reply begins with, or ""."""
        found = _ENHANCED.match(self.lines[0]) if self.lines else None
        return found[0] if found else ""

    @property
    def is_positive(self) -> bool:
        """2yz, or 3yz: go on."""
        return self.code < 400

    @property
    def is_transient(self) -> bool:
        return 400 <= self.code < 500

    @property
    def closes(self) -> bool:
        """421: the relay takes its leave, whatever the phase (RFC 5321 §3.8)."""
        return self.code == 421

    @property
    def is_throttled(self) -> bool:
        """Whether a provider wants fewer messages a minute (RFC 3463: 4.7.x is policy). A
        greylist does not: it wants this message again.
        """
        return self.enhanced.startswith("4.7.") and "greylist" not in str(self).lower()

    @property
    def refuses_us(self) -> bool:
        """The relay wants credentials, or other ones: no message would fare better.

        530, 534, 535, 538 are those of RFC 4954 §6.
        """
        return self.code in {530, 534, 535, 538}


def accepted(reply: Reply) -> Accepted:
    """The relay's receipt, with its own name for the message where it gives one."""
    text = str(reply)
    folded = text.lower()
    for word, pattern in _PEER_IDS:
        if word in folded and (found := pattern.search(text)):
            return Accepted(text, found[1])
    return Accepted(text)


def refused(reply: Reply, *, stage: Stage) -> Outcome:
    """4yz: certainly not taken, try later; 5yz: nor ever."""
    if reply.is_transient:
        return Deferred(str(reply), is_throttled=reply.is_throttled)
    return Rejected(str(reply), stage)


def is_account_error(reply: Reply) -> bool:
    """Whether a refusal of MAIL concerns us, not this message.

    552 and 5.3.4 there speak of the message's announced size (RFC 1870 §6.1), 5.6.7 of
    its letters (RFC 6531 §3.5).
    """
    return not reply.is_transient and reply.code != 552 and reply.enhanced not in {"5.3.4", "5.6.7"}
