"""`mailer bounces`: readings as lines for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_
from mailer.model.event import Deadness

if TYPE_CHECKING:
    from mailer.feedback.reading import Reading

_DEAD = {Deadness.YES: True, Deadness.NO: False, Deadness.UNSURE: None}


def read(
    files: Annotated[list[Path], typer.Argument(help=N_("Returned messages, one a file."))],
    json: Annotated[  # noqa: ARG001 - the only form, and what every command calls it
        bool, typer.Option("--json", help=N_("For other programs: JSON, one line a file."))
    ] = True,
) -> None:
    from mailer.feedback.reader import read_report

    for file in files:
        show.tell(to_json_line(str(file), read_report(file.read_bytes())))


def to_json_line(file: str, reading: Reading) -> str:
    """One JSON object: the stable fields first, the explanation behind them.

    `dead` is true, false, or null for "not known".
    """
    shown: dict[str, object] = {
        "file": file,
        "kind": reading.kind.value,
        "results": [
            {
                "recipient": result.recipient,
                "outcome": result.outcome.value,
                "reason": result.reason.value,
                "dead": _DEAD[result.dead],
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
        day = reading.absence.returns_on
        shown["absence"] = {
            "returns_on": day.isoformat() if day else None,
            "has_left": reading.absence.has_left,
            "replacements": list(reading.absence.replacements),
        }
    return json.dumps(shown, ensure_ascii=False)


COMMANDS = ()
GROUPS = (
    (
        "bounces",
        (("read", read, N_("Say what returned messages mean, file by file.")),),
        N_("What comes back: bounces, absences, complaints."),
    ),
)
