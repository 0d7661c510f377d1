"""Read SendGrid's answers to requests."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailer.model.delivery import Acceptance, Accepted, Outcome, Uncertain

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_REPLY_LENGTH = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_PERSON = re.compile(r"personalizations[.\[](\d{1,4})\b")

# Request fields that all messages share. An error in one concerns every message.
_ACCOUNT_FIELDS = frozenset(
    [
        "asm",
        "batch_id",
        "categories",
        "from",
        "ip_pool_name",
        "mail_settings",
        "reply_to",
        "send_at",
        "template_id",
        "tracking_settings",
    ]
)
_MAX_WAIT_S = 3_600.0


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
        return Accepted(text, peer_id=name, acceptance=Acceptance.QUEUED)
    if status == 200 and sandbox:
        text = "200 sandbox: checked and not sent"
        return Accepted(text, acceptance=Acceptance.CHECKED)
    return Uncertain(f"unknown answer: {status}")


def retry_after_s(headers: Mapping[str, str], *, now_s: float) -> float | None:
    """Return the seconds until the rate limit ends, from one second to an hour, or None if unknown.

    `X-RateLimit-Reset` is Unix time. `mail/send` was seen without it (sendgrid-go issue 105).
    """
    for name, since_s in (("X-RateLimit-Reset", now_s), ("Retry-After", 0.0)):
        text = str(headers.get(name) or "")
        if re.fullmatch(r"\d{1,11}", text):
            return min(max(int(text) - since_s, 1.0), _MAX_WAIT_S)
    return None


def _line(text: object) -> str:
    return _CONTROL.sub(" ", text).strip()[:_MAX_REPLY_LENGTH] if isinstance(text, str) else ""
