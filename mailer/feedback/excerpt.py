"""Shortens a mail to what a person needs to judge it: who wrote, when, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from mailer.feedback.mail.message import open_mail
from mailer.feedback.replies.answers import form_in

if TYPE_CHECKING:
    from mailer.reply_form import ReplyForm

_MAX_LINES, _MAX_WIDTH = 60, 200
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters with which a mail could move the cursor of a terminal or turn its text around."""


@dataclass(frozen=True, slots=True)
class MailExcerpt:
    """The first lines of a mail and of its header, without control characters."""

    sender: str
    to: str
    date: str
    subject: str
    text: str
    form: ReplyForm | None = None
    """The filled-in reply that it is, if it is one."""

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent, as its header says (RFC 5322 §3.6.1); None where that cannot be read."""
        try:
            said = parsedate_to_datetime(self.date)
        except (ValueError, OverflowError):
            return None
        return said if said.tzinfo else said.replace(tzinfo=UTC)


def excerpt_of(raw: bytes) -> MailExcerpt:
    """Return the excerpt of any bytes, as a mail; never raises."""
    mail = open_mail(raw)
    lines = mail.notice.strip().split("\n")
    text = "\n".join(_plain(line) for line in lines[:_MAX_LINES])
    return MailExcerpt(
        sender=_plain(mail.headers.get("from")),
        to=_plain(mail.headers.get("to")),
        date=_plain(mail.headers.get("date")),
        subject=_plain(mail.headers.get("subject")),
        text=f"{text}\n…" if len(lines) > _MAX_LINES else text,
        form=form_in(mail),
    )


def _plain(line: str) -> str:
    return _CONTROL.sub(" ", line)[:_MAX_WIDTH].rstrip()
