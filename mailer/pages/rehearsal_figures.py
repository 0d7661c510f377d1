"""The figures of a rehearsal as JSON: a host plays the campaign, and any desk shows them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.message import DeliveryId
from mailer.model.reports.rehearsed import Rehearsed
from mailer.model.reports.report import MediaPresence, ReportedRecipient
from mailer.pages.report import tones_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.contacts.call import Call
    from mailer.model.reports.report import MailingReport, Report


@dataclass(frozen=True, slots=True)
class RehearsedStep:
    """What became of one step; `left_out` is how many people were not written to."""

    step: str
    state: MailingState
    local_time: datetime
    by_status: Mapping[DeliveryStatus, int]
    left_out: int
    late_by: timedelta | None = None
    knows_recipients: bool = True
    """A rehearsal plays every step."""

    @property
    def audience(self) -> int:
        return sum(self.by_status.values())


@dataclass(frozen=True, slots=True)
class RehearsalFigures:
    """What a desk shows of the report of a rehearsal: figures, and the people to call back."""

    time_zone: str
    tones: Counter[str]
    played: Rehearsed
    mailings: tuple[RehearsedStep, ...]
    presence: tuple[MediaPresence, ...]
    to_call_back: tuple[ReportedRecipient, ...]
    calls: Mapping[str, Call] = field(default_factory=dict)
    """Nobody calls anybody in a rehearsal."""
    has_begun: bool = True
    """A rehearsal plays until after the event."""


def rehearsal_to_json(report: Report, played: Rehearsed) -> bytes:
    """Return as JSON what a desk shows of a rehearsal."""
    written = {
        "time_zone": report.time_zone,
        "tones": tones_of(report.mailings),
        "played": asdict(played),
        "mailings": [_step_to_json(each) for each in report.mailings],
        "presence": [asdict(each) for each in report.presence],
        "to_call_back": [asdict(each) for each in report.to_call_back],
    }
    return json.dumps(written, ensure_ascii=False).encode()


def rehearsal_from_json(content: bytes) -> RehearsalFigures:
    """Return the figures that `rehearsal_to_json` wrote."""
    kept = json.loads(content)
    return RehearsalFigures(
        time_zone=kept["time_zone"],
        tones=Counter(kept["tones"]),
        played=_played_from_json(kept["played"]),
        mailings=tuple(_step_from_json(each) for each in kept["mailings"]),
        presence=tuple(MediaPresence(**each) for each in kept["presence"]),
        to_call_back=tuple(_person_from_json(each) for each in kept["to_call_back"]),
    )


def _played_from_json(kept: Mapping[str, Any]) -> Rehearsed:
    told = tuple((AmendmentKind(kind), count) for kind, count in kept["told"])
    return Rehearsed(**{**kept, "told": told})


def _step_to_json(mailing: MailingReport) -> dict[str, Any]:
    return {
        "step": mailing.step,
        "state": mailing.state,
        "local_time": mailing.local_time.isoformat(),
        "by_status": mailing.by_status,
        "left_out": mailing.left_out,
        "late_by_s": mailing.late_by and mailing.late_by.total_seconds(),
    }


def _step_from_json(kept: Mapping[str, Any]) -> RehearsedStep:
    late_s = kept["late_by_s"]
    return RehearsedStep(
        step=kept["step"],
        state=MailingState(kept["state"]),
        local_time=datetime.fromisoformat(kept["local_time"]),
        by_status={DeliveryStatus(each): count for each, count in kept["by_status"].items()},
        left_out=kept["left_out"],
        late_by=None if late_s is None else timedelta(seconds=late_s),
    )


def _person_from_json(kept: Mapping[str, Any]) -> ReportedRecipient:
    delivery_id, status = DeliveryId(kept["delivery_id"]), DeliveryStatus(kept["status"])
    return ReportedRecipient(**{**kept, "delivery_id": delivery_id, "status": status})
