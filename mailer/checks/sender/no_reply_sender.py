"""Can readers reply to the sender?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.errors import Place

_NO_REPLY = re.compile(in_any_language(lambda phrases: phrases.no_reply))

WHY = _("Journalists answer a press office by replying to its mail.")
SOURCE = sources.REACHABILITY


def says_nobody_answers(local: str) -> bool:
    """Return whether the part of an address before the @ says that nobody reads it."""
    return _NO_REPLY.search(local) is not None


def check(draft: Draft) -> Findings:
    """Yield a finding if answers go to a no-reply address, which costs accreditations."""
    letterhead = draft.letterhead
    answered = letterhead.reply_to or letterhead.sender
    for key, box, severity in (
        ("sender.reply_to" if letterhead.reply_to else "sender.from", answered, Severity.ERROR),
        ("sender.from", letterhead.sender, Severity.WARNING),
    ):
        if says_nobody_answers(box.address.local):
            yield finding(
                severity,
                Place("config.toml", key=key),
                what=_("The address {address} says that nobody answers.", address=box.address),
                why=WHY,
                remedy=_("Write the address of the press office."),
            )
            return
