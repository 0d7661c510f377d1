"""Can a reader simply answer?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.phrases import in_any_language
from mailer.errors import Place
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "no-reply-sender"

_NO_REPLY = re.compile(in_any_language(lambda phrases: phrases.no_reply))


def check(draft: Draft) -> Iterator[Finding]:
    """Answers reach a person; an address that refuses them costs accreditations."""
    letterhead = draft.letterhead
    answered = letterhead.reply_to or letterhead.sender
    for key, box, severity in (
        ("sender.reply_to" if letterhead.reply_to else "sender.from", answered, Severity.ERROR),
        ("sender.from", letterhead.sender, Severity.WARNING),
    ):
        if _NO_REPLY.search(box.address.local):
            yield Finding(
                NAME,
                severity,
                Place("config.toml", key=key),
                _("The address {address} says that nobody answers.", address=box.address),
                _("Journalists answer a press office by replying to its mail."),
                _("Write the address of the press office."),
            )
            return
