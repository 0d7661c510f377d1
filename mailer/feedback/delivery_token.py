"""Finds our delivery token in every part of a mail where it can survive.

It travels in the envelope sender (`b+<id>@`), ENVID, `X-Mailer-Delivery` and Message-ID, because no
single one always comes back: only 87 % of real bounces return the original's Message-ID, 54 % a
machine-readable part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.reading import Token, TokenSource
from mailer.model.mailings.message import DeliveryId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.feedback.mail.message import Mail

# Upper case too: some systems change the case of addresses, and base32 ignores case.
_ID = r"([A-Za-z2-7]{26})"
_RETURN_PATH = re.compile(rf"(?<![\w.+-])b\+{_ID}(?:@|=40)", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w.+-]){_ID}(?![\w@])")
_MESSAGE_ID = re.compile(rf"<{_ID}@[\w.-]{{1,253}}>")
_SUBJECT = re.compile(rf"unsubscribe[\s:]{{1,4}}{_ID}\b", re.IGNORECASE)
_LOOSE_HEADER = re.compile(rf"(?im)^[>\s]{{0,8}}x-mailer-delivery:\s{{0,4}}{_ID}\b")
_LOOSE_ENVELOPE_ID = re.compile(rf"(?im)^original-envelope-id\s{{0,4}}:[^\n]{{0,40}}?{_ID}\b")

# The fields that may hold the envelope recipient, tried before the To field: forwarding
# rewrites To, and a bounce handler that reads only To loses the token (mailman issue 622).
_ENVELOPE = [
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-rcpt-to",
    "x-real-to",
    "apparently-to",
    "x-resolved-to",
    "x-forwarded-to",
    "to",
    "cc",
]


def find_token(mail: Mail) -> Token | None:
    """Return the strongest token in `mail`, or None."""
    return next(
        (Token(DeliveryId(found.lower()), source) for source, found in _tokens(mail)),
        None,
    )


def _tokens(mail: Mail) -> Iterator[tuple[TokenSource, str]]:
    for text in mail.headers.all(*_ENVELOPE):
        yield from _matches(TokenSource.RETURN_PATH, _RETURN_PATH, text)
    for text in mail.status_reports:
        yield from _matches(TokenSource.ENVELOPE_ID, _LOOSE_ENVELOPE_ID, text)
    for text in mail.returned.all("x-mailer-delivery"):
        yield from _matches(TokenSource.HEADER, _BARE, text)
    for text in mail.returned.all("return-path", "x-envelope-from"):
        yield from _matches(TokenSource.HEADER, _RETURN_PATH, text)
    for text in (mail.returned_text, mail.notice):
        yield from _matches(TokenSource.HEADER, _LOOSE_HEADER, text)
        yield from _matches(TokenSource.HEADER, _RETURN_PATH, text)
    yield from _matches(TokenSource.SUBJECT, _SUBJECT, mail.headers.get("subject"))
    ids = (
        *mail.returned.all("message-id"),
        *mail.headers.all("in-reply-to", "references", "x-original-message-id"),
        *mail.status_reports,
        *mail.reports("message/feedback-report", "message/disposition-notification"),
        mail.returned_text,
        mail.notice,
    )
    for text in ids:
        yield from _matches(TokenSource.MESSAGE_ID, _MESSAGE_ID, text)


def _matches(
    source: TokenSource, pattern: re.Pattern[str], text: str
) -> Iterator[tuple[TokenSource, str]]:
    return ((source, match.group(1)) for match in pattern.finditer(text))


def original_message_id(mail: Mail) -> str:
    """Return the Message-ID of the original mail, without brackets; empty if it is not stated."""
    texts = [*mail.returned.all("message-id"), *_reported_ids(mail)]
    texts += mail.headers.all("in-reply-to")
    for text in texts:
        match = re.search(r"<([^<>\s]{3,400})>", text)
        if match:
            return match.group(1)
    return ""


def _reported_ids(mail: Mail) -> Iterator[str]:
    for text in (
        *mail.status_reports,
        *mail.reports("message/disposition-notification"),
        *mail.lines,
    ):
        match = re.search(
            r"(?im)^(?:x-)?(?:original-)?message-id\s{0,4}:\s{0,8}(<[^<>\s]{3,400}>)", text
        )
        if match:
            yield match.group(1)
