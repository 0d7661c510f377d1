"""SMTP replies, and the outcome that each one means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailer.feedback.mail.text import plain_text
from mailer.feedback.our_account import is_about_our_account
from mailer.model.mailings.delivery import Concern, Deferred, Outcome, Rejected, Stage

_MAX_REPLY_LENGTH = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")

# What relays say of all our mail ("Error: too much mail from 192.0.2.7"), of one connection, and
# of a message that is too large. Compared in lower case and without accents.
_OUR_RATE = re.compile(
    r"\btoo (?:much|many) (?:mails?|messages?|e-?mails?|recipients?|connections?|requests?)"
    r"[^.;]{0,40} (?:from|by) (?:you|this|us|client|host|user|sender|account|\[?\d)"
    r"|\b(?:rate|quota|limits?) (?:is |was |has been )?(?:exceeded|reached)[^.;]{0,30}"
    r" (?:for|by|of) (?:you|this|client|user|sender|account|host|ip)"
    r"|\byou(?:r \w+){0,3} (?:have |has |is |are |were )?(?:been )?"
    r"(?:exceed\w*|reached|throttled|limited|sending too)"
    r"|\b(?:from|by) your (?:ip|server|host|network|address)|\byou (?:have sent|are sending) too"
    r"|\b(?:sending|submission|sender|outgoing|outbound|client)[ -](?:rate|limit|quota)"
    r"|\btrop de (?:mails?|messages?|courriels?|courriers?|connexions?|destinataires?)"
    r"[^.;]{0,40} (?:de|depuis|provenant de|par) (?:vous|votre|vos|cette|ce|\[?\d)"
    r"|\bvotre (?:quota|limite|debit|cadence)\b"
    r"|\bzu viele (?:nachrichten|mails|e-mails|verbindungen|empfanger)[^.;]{0,40} von (?:ihnen|ihrer|\[?\d)"
)
_USED_UP = re.compile(
    r"\b(?:too many|limit|maximum|trop de|zu viele)\b[^;]{0,60}"
    r"\b(?:session|connection|connexion|verbindung|sitzung)\b(?! from| by| depuis| de )"
)
_SIZE = re.compile(
    r"^(?!.*\b(?:storage|quota|mailbox|inbox|space|boite|postfach)\b).*"
    r"(?:\b(?:message|mail|e-?mail|size|length|taille|nachricht|data|content)\b[^;]{0,40}"
    r"\b(?:too (?:big|large|long)|exceed\w*|larger than|over the (?:size )?limit|depasse|trop"
    r" (?:gros|grand|volumineux)|zu gross)"
    r"|\btoo (?:big|large) (?:a )?(?:message|mail)|\bsize limit)"
)
_QUOTES = re.compile(
    r"\b(?:host|server|mx|serveur)\b.{1,120}\b(?:said|says|replied|responded|answered|a repondu)\b"
)


@dataclass(frozen=True, slots=True)
class ServerReply:
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
    def is_about_all_our_mail(self) -> bool:
        """Whether the relay itself wants less mail from us, or none, to any recipient."""
        if not self.is_transient or self.quotes_another_host:
            return False
        text = plain_text(str(self))
        return bool(_OUR_RATE.search(text)) or is_about_our_account(text)

    @property
    def is_about_session(self) -> bool:
        """Whether a new connection may do better: the relay closes this one, or it is used up."""
        text = plain_text(str(self))
        return self.is_closing or self.enhanced == "4.5.3" or bool(_USED_UP.search(text))

    @property
    def is_about_relay(self) -> bool:
        """Whether a temporary refusal gives the relay's own state as the reason (RFC 3463: 4.3.x
        is the mail system), or closes the connection.
        """
        is_system = self.enhanced.startswith("4.3.") and "greylist" not in str(self).lower()
        return self.is_transient and (self.is_closing or is_system) and not self.quotes_another_host

    @property
    def is_about_size(self) -> bool:
        """Whether the relay takes no message as large as this one, for whomever it is.

        RFC 3463: 5.3.4. A plain 552 is also the reply for a full mailbox, so its words decide.
        """
        if self.quotes_another_host:
            return False
        text = plain_text(str(self))
        is_plain = self.code == 552 and self.enhanced in {"", "5.3.0", "5.0.0"}
        return self.enhanced == "5.3.4" or (is_plain and bool(_SIZE.search(text)))

    @property
    def is_about_address_form(self) -> bool:
        """Whether the relay takes no address with letters beyond ASCII (RFC 6531 §3.5)."""
        return self.enhanced == "5.6.7" or "smtputf8" in str(self).lower()

    @property
    def quotes_another_host(self) -> bool:
        """Whether the relay passes on the answer of a recipient's server."""
        return bool(_QUOTES.search(plain_text(str(self))))

    @property
    def is_login_refused(self) -> bool:
        """Whether the relay asks for other credentials, so that no message can be sent.

        RFC 4954 §6 defines 530, 534, 535 and 538 for this.
        """
        return self.code in {530, 534, 535, 538}


def refused(reply: ServerReply, *, stage: Stage) -> Outcome:
    """Return the outcome of a refusal: deferred for 4yz, rejected for 5yz.

    In both cases the message has certainly not been taken.
    """
    text = str(reply)
    if reply.is_about_address_form and stage in {Stage.SENDER, Stage.RECIPIENT}:
        return Deferred(text, concern=Concern.ADDRESS_FORM)
    if not reply.is_transient:
        return Rejected(text, stage)
    if reply.is_about_all_our_mail or (stage is Stage.SENDER and reply.is_throttled):
        return Deferred(text, is_throttled=True, concern=Concern.SENDING_RATE)
    return Deferred(text, is_throttled=reply.is_throttled)
