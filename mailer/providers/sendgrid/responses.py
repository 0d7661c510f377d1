"""What SendGrid answers, and what it means."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailer.model.delivery import Acceptance, Accepted, Outcome, Uncertain

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_PERSON = re.compile(r"personalizations[.\[](\d{1,4})\b")

# Fields that are the same for everybody: no message would fare better.
_OURS = frozenset(
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
_LONGEST_WAIT_S = 3_600.0


@dataclass(frozen=True, slots=True)
class ApiError:
    """One error of an answer: SendGrid's words, and the field they are about."""

    message: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message

    @property
    def blames_us(self) -> bool:
        return self.field.split(".")[0] in _OURS

    @property
    def place(self) -> int | None:
        """The number of the personalization it names, from 0."""
        named = _PERSON.match(self.field)
        return int(named[1]) if named else None


def api_errors(body: bytes) -> tuple[ApiError, ...]:
    """The errors of an answer, `{"errors": [{"message", "field", "help"}]}`; none when it is
    anything else.
    """
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    errors = told.get("errors") if isinstance(told, dict) else None
    return tuple(
        ApiError(_line(error.get("message")), _line(error.get("field")))
        for error in (errors if isinstance(errors, list) else ())
        if isinstance(error, dict)
    )


def reply(status: int, body: bytes) -> str:
    """An answer in one line, for the records."""
    said = "; ".join(map(str, api_errors(body))) or _line(body.decode("utf-8", "replace"))
    return f"{status} {said}"[:_LONGEST].strip()


def outcome_of(status: int, headers: Mapping[str, str], *, sandbox: bool) -> Outcome:
    """A success. 202 means queued, nothing more: what cannot be sent comes back later as
    `dropped`. 200 belongs to the sandbox; from anything else of that class, a portal's page
    say, nobody knows who spoke.
    """
    if status == 202:
        name = _line(headers.get("X-Message-Id"))
        said = f"202 queued as {name}".removesuffix(" queued as ")
        return Accepted(said, peer_id=name, acceptance=Acceptance.QUEUED)
    if status == 200 and sandbox:
        said = "200 sandbox: checked and not sent"
        return Accepted(said, acceptance=Acceptance.CHECKED)
    return Uncertain(f"unknown answer: {status}")


def retry_after_s(headers: Mapping[str, str], *, now_s: float) -> float | None:
    """Seconds until the limit is lifted, where it is said: at most an hour, at least a second.

    `X-RateLimit-Reset` is unix time. `mail/send` was seen without it (sendgrid-go issue 105).
    """
    for name, since_s in (("X-RateLimit-Reset", now_s), ("Retry-After", 0.0)):
        text = str(headers.get(name) or "")
        if re.fullmatch(r"\d{1,11}", text):
            return min(max(int(text) - since_s, 1.0), _LONGEST_WAIT_S)
    return None


def _line(text: object) -> str:
    return _CONTROL.sub(" ", text).strip()[:_LONGEST] if isinstance(text, str) else ""
