"""What becomes of a message: the events of its address, foretold by the address itself.

The part before the `@` says it: `unknown…` bounces, `full…` is blocked, `late…` is delivered and
comes back an hour later without any id, `spam…` complains, `stop…` unsubscribes, `slow…` is
deferred first. Everybody else's is delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNKNOWN = {
    "event": "bounce",
    "type": "bounce",
    "status": "5.1.1",
    "reason": "550 5.1.1 user unknown",
    "bounce_classification": "Invalid Address",
}
_FULL = {
    "event": "bounce",
    "type": "blocked",
    "status": "5.2.2",
    "reason": "552 5.2.2 mailbox full",
    "bounce_classification": "Mailbox Unavailable",
}
_DELIVERED = {"event": "delivered", "response": "250 OK"}
_SLOW = {"event": "deferred", "response": "451 4.7.1 greylisted", "attempt": "1"}

# Seconds after acceptance, and the event.
_STORIES: Mapping[str, tuple[tuple[float, dict[str, str]], ...]] = {
    "unknown": ((2, _UNKNOWN),),
    "full": ((2, _FULL),),
    "late": ((2, _DELIVERED), (3600, _UNKNOWN)),
    "spam": ((2, _DELIVERED), (600, {"event": "spamreport"})),
    "stop": ((2, _DELIVERED), (600, {"event": "unsubscribe"})),
    "slow": ((2, _SLOW), (300, _DELIVERED)),
}
_LISTED = {"bounce": "bounces", "spamreport": "spam_reports", "unsubscribe": "unsubscribes"}


@dataclass(frozen=True, slots=True)
class Fate:
    """An event that is reported from `at_s` (unix time) on."""

    at_s: float
    event: Mapping[str, Any]

    @property
    def list_name(self) -> str:
        """The suppression list that its address joins; empty for none."""
        if self.event.get("type") == "blocked":
            return "blocks"
        return _LISTED.get(self.event["event"], "")


def fate_of(
    address: str, common: Mapping[str, Any], *, now_s: float, dropped: str = ""
) -> list[Fate]:
    """The events of one message, in time order; `dropped` is why it is not even tried."""
    if dropped:
        return [Fate(now_s, {**common, "event": "dropped", "reason": dropped})]
    local = address.partition("@")[0].lower()
    story = next(
        (story for word, story in _STORIES.items() if local.startswith(word)), ((2, _DELIVERED),)
    )
    fates = [Fate(now_s + 1, {**common, "event": "processed"})]
    for after_s, event in story:
        # A bounce that comes back later carries no id at all (sendgrid/docs issue 5177).
        is_late = after_s >= 3600
        about = {"email": common["email"]} if is_late else common
        fates.append(Fate(now_s + after_s, {**about, **event}))
    return fates
