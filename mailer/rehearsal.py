"""The rehearsal wired: a clock, a ledger and a backend of its own, in a folder of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.app import App
from mailer.backends.file import FileBackend, FileSettings
from mailer.clock import SimulatedClock
from mailer.operations.launch import approve, first_audience_size, launch
from mailer.operations.rehearse import HEADSTART, rehearse
from mailer.operations.report import report
from mailer.pages.report import write_report
from mailer.sources.catalogues import translations_for
from mailer.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mailer.model.draft import Draft
    from mailer.model.finding import Finding
    from mailer.model.mailing import Mailing
    from mailer.model.report import Report
    from mailer.operations.serve import Turn
    from mailer.ports import Ledger

REHEARSER = "répétition"
"""Who signs and launches in a rehearsal's own journal."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A campaign played to its end. `messages` holds one folder of `.eml` files for each step."""

    draft: Draft
    findings: Sequence[Finding]
    turns: tuple[Turn, ...]
    report: Report
    messages: Path
    preview: Path
    page: Path


def rehearse_campaign(
    app: App, reference: str, *, out: Path, language: str, start: str = ""
) -> Rehearsal:
    """Plays the campaign in `out`, which is emptied of an earlier rehearsal first.

    The real ledger is only read, for its contacts and suppressions. Blocking findings end
    the rehearsal as they would end a launch (RuleError).
    """
    messages = out / "messages"
    for left_over in (messages, out / "ledger"):
        shutil.rmtree(left_over, ignore_errors=True)
    seen = app.draft(reference)
    clock = SimulatedClock(_beginning(seen, start))
    with App(
        app.workspace, clock=clock, ledger_url=f"sqlite:///{out.resolve() / 'ledger' / 'ledger.db'}"
    ) as stage:
        _copy_directory(app.ledger, stage.ledger, at=clock.now())
        draft = stage.draft(reference)
        findings = stage.findings(draft)
        approve(draft, findings=findings, by=REHEARSER, ledger=stage.ledger, now=clock.now())
        draft = stage.draft(reference)
        launch(
            draft,
            findings=findings,
            confirm=first_audience_size(draft),
            signatures_required=1,
            by=REHEARSER,
            ledger=stage.ledger,
            now=clock.now(),
        )

        def backend_for(mailing: Mailing) -> FileBackend:
            return FileBackend(FileSettings(messages / mailing.step))

        turns = tuple(
            rehearse(
                ledger=stage.ledger,
                clock=clock,
                engine=stage.engine,
                backend_for=backend_for,
                message_for=stage.message_for,
                accreditation_until=draft.campaign.accreditation.deadline,
            )
        )
        made = report(
            draft.campaign.slug,
            title=draft.campaign.title,
            ledger=stage.ledger,
            now=clock.now(),
        )
    return Rehearsal(
        draft=draft,
        findings=findings,
        turns=turns,
        report=made,
        messages=messages,
        preview=app.write_preview(draft, out / "preview", findings=findings, language=language),
        page=write_report(
            out / "report",
            made,
            say=partial(say, translations=translations_for(language)),
            language=language,
        ),
    )


def _beginning(draft: Draft, start: str) -> datetime:
    if start:
        instant = datetime.fromisoformat(start)
        zone = ZoneInfo(draft.campaign.time_zone)
        return instant if instant.tzinfo else instant.replace(tzinfo=zone)
    return min(planned.due_at for planned in draft.plan) - HEADSTART


def _copy_directory(real: Ledger, stage: Ledger, *, at: datetime) -> None:
    stage.save_contacts(real.contacts(), at=at)
    for suppression in real.suppressions():
        stage.suppress(suppression)
