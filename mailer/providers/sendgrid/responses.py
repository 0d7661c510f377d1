"""Read SendGrid's answers to requests."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from mailer.model.mailings.delivery import Acceptance, Accepted, Outcome, Uncertain

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_REPLY_LENGTH = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_RECIPIENT = re.compile(r"^personalizations\b|(?:^|\.)(?:to|email)\b")
_PERSON = re.compile(r"personalizations[.\[](\d{1,4})\b")

# Request fields that all messages share. An error in one concerns every message.
_ACCOUNT_FIELDS = frozenset(
    [
        "asm",
        "attachments",
        "batch_id",
        "categories",
        "content",
        "from",
        "ip_pool_name",
        "mail_settings",
        "reply_to",
        "send_at",
        "subject",
        "template_id",
        "tracking_settings",
    ]
)
_MAX_WAIT_S = 3_600.0
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
_FIRST_INSTANT_S = 1_000_000_000.0
"""A smaller number is a delay: as Unix time it would lie in 2001 or before."""


@dataclass(frozen=True, slots=True)
class ApiError:
    """One error of an answer: SendGrid's message, and the request field it concerns."""

    message: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message

    @property
    def is_account_error(self) -> bool:
        return self.field.split(".")[0] in _ACCOUNT_FIELDS

    @property
    def is_about_recipient(self) -> bool:
        """Whether the error names a recipient's part of the request, or an address."""
        return bool(_RECIPIENT.search(self.field)) and not self.is_account_error

    @property
    def personalization(self) -> int | None:
        """The index of the personalization that the error names, from 0, or None."""
        named = _PERSON.match(self.field)
        return int(named[1]) if named else None


def api_errors(body: bytes) -> tuple[ApiError, ...]:
    """Return the errors of an answer `{"errors": [{"message", "field", "help"}]}`.

    Returns an empty tuple for any other body.
    """
    try:
        raw: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    errors = raw.get("errors") if isinstance(raw, dict) else None
    return tuple(
        ApiError(_line(error.get("message")), _line(error.get("field")))
        for error in (errors if isinstance(errors, list) else ())
        if isinstance(error, dict)
    )


def reply(status: int, body: bytes) -> str:
    """Return an answer in one line, for the records."""
    text = "; ".join(map(str, api_errors(body))) or _line(body.decode("utf-8", "replace"))
    return f"{status} {text}"[:_MAX_REPLY_LENGTH].strip()


def outcome_of(status: int, headers: Mapping[str, str], *, sandbox: bool) -> Outcome:
    """Return the outcome of a 2xx answer.

    202 only means queued: SendGrid reports what it cannot send later, as `dropped`. 200 is the
    answer of the sandbox. Any other 2xx may come from somebody else, such as the login page of
    a network, so the outcome is uncertain.
    """
    if status == 202:
        name = _line(headers.get("X-Message-Id"))
        text = f"202 queued as {name}".removesuffix(" queued as ")
        return Accepted(text, acceptance=Acceptance.QUEUED)
    if status == 200 and sandbox:
        text = "200 sandbox: checked and not sent"
        return Accepted(text, acceptance=Acceptance.CHECKED)
    return Uncertain(f"unknown answer: {status}")


def retry_after_s(headers: Mapping[str, str], *, now_s: float) -> float | None:
    """Return the seconds until the rate limit ends, from one second to an hour, or None if unknown.

    `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3), `X-RateLimit-Reset` is Unix
    time in seconds or milliseconds; the later of both holds. `mail/send` was seen without them
    (sendgrid-go issue 105). The clock of the answer's own `Date` is used, because ours may be
    wrong.
    """
    answered_at_s = _date_s(headers.get("Date")) or now_s
    waits_s = [
        wait_s
        for wait_s in (
            _wait_s(headers.get("Retry-After"), answered_at_s),
            _wait_s(headers.get("X-RateLimit-Reset"), answered_at_s),
        )
        if wait_s is not None
    ]
    return min(max(*waits_s, 1.0), _MAX_WAIT_S) if waits_s else None


def _wait_s(value: object, now_s: float) -> float | None:
    """Return the seconds that a header asks to wait: a delay, an instant, or a date."""
    text = str(value or "").strip()
    if not _NUMBER.fullmatch(text):
        instant_s = _date_s(text)
        return None if instant_s is None else instant_s - now_s
    number = float(text)
    if number < _FIRST_INSTANT_S:
        return number
    instant_s = number / 1000 if number >= _FIRST_INSTANT_S * 1000 else number
    return instant_s - now_s


def _date_s(value: object) -> float | None:
    """Return the instant of an HTTP date in any of its three forms (RFC 9110 §5.6.7), or None."""
    try:
        date = parsedate_to_datetime(str(value or "").strip())
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _line(text: object) -> str:
    return _CONTROL.sub(" ", text).strip()[:_MAX_REPLY_LENGTH] if isinstance(text, str) else ""
