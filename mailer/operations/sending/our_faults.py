"""Tell a refusal of the person from one of our account, our server or our message.

Relays name many faults of ours only when a recipient is named (Postfix delays its checks until
RCPT). Recorded as they come, they would mark everybody as refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.mail.text import plain_text
from mailer.feedback.our_account import is_about_our_account, is_closed_to_some
from mailer.feedback.reading import Reason
from mailer.model.mailings.delivery import Concern, Deferred, Outcome, Rejected, Stage

if TYPE_CHECKING:
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing

_SMTP_STAGES = frozenset([Stage.RECIPIENT, Stage.DATA, Stage.CONTENT])
_OURS = frozenset(
    [
        Reason.SENDER_REFUSED,
        Reason.BLOCKED,
        Reason.AUTHENTICATION,
        Reason.TOO_BIG,
        Reason.RELAYING,
        Reason.RATE,
        Reason.ENCRYPTION,
        Reason.PROTOCOL,
    ]
)
_OF_CONTENT = frozenset(
    [Reason.SPAM, Reason.VIRUS, Reason.CONTENT, Reason.POLICY, Reason.SYSTEM, Reason.TOO_BIG]
)
# Beyond what the rules for bounces say: replies that only our own relay gives.
_RELAYS_OWN = re.compile(
    r"\brcpthosts\b"
    r"|\b5\.7\.(?:2[0-7]|60|64|509|515)\b"  # RFC 7372, and Microsoft's for sender and domain
)
# A recipient's server speaks through the relay; or the address itself has a wrong form, its domain
# takes no mail (RFC 7505), or its own mailbox has a limit of its own (RFC 3463: 5.1.3, 5.2.3).
_OF_THE_PERSON = re.compile(
    r"\b(?:host|server|mx|serveur)\b.{1,120}\b(?:said|says|replied|responded|answered|a repondu)\b"
    r"|^501\b|\b5\.1\.3\b|^556\b|\b5\.1\.10\b"
    r"|\b5\.2\.3\b.*\b(?:mail ?box|recipient(?!s)|user|inbox|boite|destinataire|postfach|empfangers?)\b"
)
# RFC 3463: longer than the relay takes; a full mailbox is 5.2.2.
_TOO_LONG = re.compile(r"\b5\.(?:2\.3|3\.4)\b")


def without_our_faults(outcome: Outcome, delivery: Delivery, mailing: Mailing) -> Outcome:
    """Return a deferral for a permanent refusal that is not about the recipient; others as they are.

    Nobody is marked by it: the message goes once the fault is corrected.
    """
    if not isinstance(outcome, Rejected) or outcome.stage not in _SMTP_STAGES:
        return outcome
    text = plain_text(outcome.reply)
    if _OF_THE_PERSON.search(text) or is_closed_to_some(text):
        return outcome
    is_ours = _RELAYS_OWN.search(text) or _TOO_LONG.search(text) or is_about_our_account(text)
    if is_ours or _reason(outcome, delivery, mailing) in _OURS:
        return Deferred(outcome.reply, concern=Concern.CONTENT)
    return outcome


def tried_again_if_of_content(outcome: Outcome, delivery: Delivery, mailing: Mailing) -> Outcome:
    """Return a deferral for the first refusal of a content, which may be refused to everybody.

    If it is, the mailing is paused, and nobody is marked. If it was this person's own filter, the
    second refusal is recorded.
    """
    if not isinstance(outcome, Rejected) or outcome.stage is not Stage.CONTENT or delivery.attempt:
        return outcome
    is_of_content = _reason(outcome, delivery, mailing) in _OF_CONTENT
    return Deferred(outcome.reply) if is_of_content else outcome


def _reason(outcome: Rejected, delivery: Delivery, mailing: Mailing) -> Reason:
    # Its rules take long to load, and few mailings meet a refusal.
    from mailer.feedback.classify.classification import classify  # noqa: PLC0415 - as said

    ours = [str(mailing.letterhead.sender.address)]
    verdict = classify(
        outcome.reply, recipient=str(delivery.address), stage=outcome.stage, ours=ours
    )
    return verdict.reason
