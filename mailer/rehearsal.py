"""The rehearsal wired: a clock, a ledger and a backend of its own, in a folder of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mailer.app import App
from mailer.checks import run_checks
from mailer.clock import SimulatedClock
from mailer.files.catalogues import translations_for
from mailer.instants import read_instant
from mailer.model.actor import PROGRAM, Actor, Via
from mailer.model.person import Role
from mailer.operations.campaigns.launch import approve, first_audience_size, launch
from mailer.operations.campaigns.preview import all_samples
from mailer.operations.campaigns.rehearse import LEAD_TIME, rehearse
from mailer.operations.campaigns.report import report
from mailer.pages.preview import write_preview
from mailer.pages.report import write_report
from mailer.timetable import plan
from mailer.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from mailer.model.draft import Draft
    from mailer.model.finding import Finding
    from mailer.model.mailing import Mailing
    from mailer.model.report import Report
    from mailer.operations.sending.serve import Tick
    from mailer.ports import Backend, Ledger

REHEARSER = Actor(
    person="",
    name="répétition",
    via=Via.PROGRAM,
    roles=frozenset({Role.SIGNATORY}),
)
"""Signs and launches in a rehearsal's own ledger."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A campaign played to its end. `messages` holds one folder of `.eml` files for each step."""

    draft: Draft
    findings: Sequence[Finding]
    turns: tuple[Tick, ...]
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
    say_in = partial(say, translations=translations_for(language))
    clock = SimulatedClock(_beginning(app, reference, start))
    with App(
        app.workspace, clock=clock, ledger_url=f"sqlite:///{out.resolve() / 'ledger' / 'ledger.db'}"
    ) as stage:
        _copy_directory(app.ledger, stage.ledger, at=clock.now())
        draft = stage.drafts.draft(reference)
        findings = run_checks(draft)
        signed = approve(
            draft, findings=findings, actor=REHEARSER, ledger=stage.ledger, now=clock.now()
        )
        draft = replace(draft, sign_offs=(signed,))
        launch(
            draft,
            findings=findings,
            confirm=first_audience_size(draft),
            signatures_required=1,
            actor=REHEARSER,
            ledger=stage.ledger,
            now=clock.now(),
        )

        def backend_for(mailing: Mailing) -> Backend:
            return stage.eml_files(messages / mailing.step)

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
        preview=write_preview(
            out / "preview",
            draft=draft,
            samples=all_samples(draft, composer=app.composer),
            findings=findings,
            say=say_in,
            language=language,
        ),
        page=write_report(
            out / "report",
            made,
            say=say_in,
            language=language,
        ),
    )


def _beginning(app: App, reference: str, start: str) -> datetime:
    campaign = app.campaigns.load(reference)
    if start:
        return read_instant(start, zone=campaign.time_zone)
    steps = plan(campaign, office=app.settings.office)
    return min((planned.due_at for planned in steps), default=app.clock.now()) - LEAD_TIME


def _copy_directory(real: Ledger, stage: Ledger, *, at: datetime) -> None:
    stage.contacts.save(real.contacts.all(), actor=PROGRAM, at=at)
    for suppression in real.suppressions.all():
        stage.suppressions.add(suppression, actor=PROGRAM)
