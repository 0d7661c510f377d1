"""Reasons in plain language, for the list of people to call back and for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.feedback.reading import Reason
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.wording import Text

_SENTENCES = {
    Reason.USER_UNKNOWN: _("This address does not exist."),
    Reason.HOST_UNKNOWN: _("The domain of this address does not exist."),
    Reason.MOVED: _("The person has left this address."),
    Reason.NO_MAIL_HERE: _("The domain of this address takes no mail."),
    Reason.MAILBOX_FULL: _("The mailbox is full."),
    Reason.DISABLED: _("The account is disabled or inactive."),
    Reason.FILTERED: _("The recipient's filter refused the message."),
    Reason.RESTRICTED: _("Only members or known senders may write to this address."),
    Reason.SENDER_REFUSED: _("Our sender address was refused."),
    Reason.BLOCKED: _("The receiver blocks our mail server."),
    Reason.AUTHENTICATION: _("SPF, DKIM or DMARC failed for our domain."),
    Reason.POLICY: _("The receiver's rules refused the message."),
    Reason.SPAM: _("The message was taken for spam."),
    Reason.VIRUS: _("The receiver believes that the message carries a virus."),
    Reason.CONTENT: _("The receiver refused the content or an attachment."),
    Reason.TOO_BIG: _("The message is too large for this mailbox."),
    Reason.RELAYING: _("Our relay and the receiver do not agree on who serves this domain."),
    Reason.RATE: _("Too many messages in a short time."),
    Reason.GREYLISTED: _("Put off by the receiver, and never accepted since."),
    Reason.ENCRYPTION: _("No encrypted connection could be agreed upon."),
    Reason.EXPIRED: _("The receiver could not be reached in time."),
    Reason.NETWORK: _("The receiver's server cannot be reached."),
    Reason.SYSTEM: _("The receiver's server has a fault."),
    Reason.PROTOCOL: _("The two servers did not understand each other."),
    Reason.COMPLAINT: _("The recipient reported the message as spam."),
    Reason.PROVIDER_BOUNCED: _("The provider no longer writes to this address: it bounced before."),
    Reason.PROVIDER_OPTED_OUT: _(
        "The provider no longer writes to this address: the person opted out."
    ),
    Reason.PROVIDER_COMPLAINED: _(
        "The provider no longer writes to this address: the person complained."
    ),
    Reason.STOP_ASKED: _("The person asks in a reply not to be written to any more."),
    Reason.UNKNOWN: _("No reason was given that we understand."),
}


def explain(reason: str) -> Text:
    """Return the sentence for a reason name; a general sentence if the name is unknown."""
    try:
        return _SENTENCES[Reason(reason)]
    except ValueError:
        return _SENTENCES[Reason.UNKNOWN]
