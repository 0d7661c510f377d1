"""What a returned mail means, in words and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mailer.cli.terminal import show
from mailer.feedback.explain import explain
from mailer.feedback.reading import DsnAction, MailKind
from mailer.model.feedback.event import Deadness
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.feedback.reading import Absence, Reading, Result
    from mailer.wording import Text

_KINDS = {
    MailKind.BOUNCE: _("a message came back"),
    MailKind.DELAYED: _("a message is delayed"),
    MailKind.DELIVERED: _("a message arrived"),
    MailKind.COMPLAINT: _("somebody reported us as spam"),
    MailKind.AUTO_REPLY: _("an automatic reply"),
    MailKind.CHALLENGE: _("a filter wants an answer"),
    MailKind.READ_RECEIPT: _("a message was read"),
    MailKind.UNSUBSCRIBE: _("somebody asks not to be written to"),
    MailKind.REPLY: _("somebody wrote to us"),
    MailKind.UNKNOWN: _("not understood"),
}
_OUTCOMES = {
    DsnAction.FAILED: _("did not arrive"),
    DsnAction.DELAYED: _("delayed"),
    DsnAction.DELIVERED: _("arrived"),
    DsnAction.RELAYED: _("passed on to a server that reports no more"),
    DsnAction.EXPANDED: _("passed on to the members of a list"),
}
_DEADNESS = {
    Deadness.YES: _("the address is dead"),
    Deadness.UNSURE: _("the address may be dead"),
}
_DEAD_AS_JSON = {Deadness.YES: True, Deadness.NO: False, Deadness.UNSURE: None}


def print_reading(name: str, reading: Reading) -> None:
    """Print what the mail in the file `name` is, and what it says about each recipient."""
    show.print_line(_("{file}: {what}", file=show.path(name), what=_KINDS[reading.kind]))
    for result in reading.results:
        for text in _result_in_words(result):
            show.print_line(f"  {show.translated(text)}")
    if reading.absence:
        for text in absence_in_words(reading.absence):
            show.print_line(f"  {show.translated(text)}")


def _result_in_words(result: Result) -> Iterator[Text]:
    yield _(
        "{address}: {outcome}", address=result.recipient or "–", outcome=_OUTCOMES[result.outcome]
    )
    if result.outcome in {DsnAction.FAILED, DsnAction.DELAYED}:
        yield explain(result.reason)
    if result.dead in _DEADNESS:
        yield _DEADNESS[result.dead]
    if result.quote:
        yield _("“{quote}”", quote=result.quote)


def absence_in_words(absence: Absence) -> Iterator[Text]:
    """Yield what an automatic reply says: who has left, until when, and who replaces them."""
    if absence.has_left:
        yield _("The person has left this address.")
    if absence.returns_on is not None:
        yield _("Back on {day}.", day=show.day(absence.returns_on))
    for address in absence.replacements:
        yield _("Proposes instead: {address}", address=address)


def absence_as_json(absence: Absence) -> dict[str, object]:
    """Return what an automatic reply says, for other programs."""
    day = absence.returns_on
    return {
        "returns_on": day.isoformat() if day else None,
        "has_left": absence.has_left,
        "replacements": list(absence.replacements),
    }


def reading_as_json(file: str, reading: Reading) -> str:
    """Return a reading as one JSON object. `dead` is true, false, or null for "not known"."""
    shown: dict[str, object] = {
        "file": file,
        "kind": reading.kind.value,
        "results": [
            {
                "recipient": result.recipient,
                "outcome": result.outcome.value,
                "reason": result.reason.value,
                "dead": _DEAD_AS_JSON[result.dead],
                "status": result.status or None,
                "rule": result.rule,
                "quote": result.quote,
                "confidence": result.confidence.value,
                "found_by": result.found_by,
            }
            for result in reading.results
        ],
        "delivery_id": reading.token.delivery_id if reading.token else None,
        "message_id": reading.original_message_id or None,
        "sender": reading.sender or None,
        "rule": reading.rule,
    }
    if reading.absence:
        shown["absence"] = absence_as_json(reading.absence)
    return json.dumps(shown, ensure_ascii=False)
