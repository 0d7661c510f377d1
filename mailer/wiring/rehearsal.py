"""Run a rehearsal with a separate clock, ledger, backend and folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailer.accreditations import terms_of
from mailer.calendar.instants import read_instant
from mailer.calendar.timetable import plan
from mailer.clock import SimulatedClock
from mailer.config.sections import sqlite_url
from mailer.errors import Place, Problem, RuleError
from mailer.files.campaigns.working_copy import WorkingCopies
from mailer.files.catalogues import translations_for
from mailer.files.outputs import claim_folder
from mailer.model.mailings.amendment import AmendmentKind, BadDay
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.person import Role, SigningTeam
from mailer.operations.amendments.act import (
    approve_amendment,
    draft_amendment,
    launch_amendment,
)
from mailer.operations.campaigns.approval.approval import approve
from mailer.operations.campaigns.launching.launch import first_audience_size, launch
from mailer.operations.campaigns.launching.rehearse import LEAD_TIME, rehearse
from mailer.operations.campaigns.launching.rehearsed import rehearsed
from mailer.operations.campaigns.previews.preview import all_samples
from mailer.operations.campaigns.results.report import report
from mailer.operations.people.simulated_press import SimulatedPress
from mailer.pages.preview import write_preview
from mailer.pages.report import write_report
from mailer.wiring.app import App
from mailer.wording import _, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.reports.rehearsed import Rehearsed
    from mailer.model.reports.report import Report
    from mailer.model.service.job import Job
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.sending.serve import Tick
    from mailer.ports import Backend, Ledger

REHEARSAL_ACTOR = Actor(
    person="",
    name="répétition",
    via=Via.PROGRAM,
    roles=frozenset({Role.SIGNATORY, Role.EDITOR, Role.ADMINISTRATOR}),
)
"""The actor who signs, launches and amends in the ledger of a rehearsal."""
_MOVED_BY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The result of a rehearsal. `messages` holds one folder of `.eml` files for each step."""

    draft: Draft
    findings: Sequence[Finding]
    ticks: tuple[Tick, ...]
    report: Report
    played: Rehearsed
    messages: Path
    preview: Path
    page: Path


def rehearse_campaign(
    app: App,
    reference: str,
    *,
    out: Path,
    language: str,
    start: str = "",
    seed: int = 0,
    bad_day: BadDay | None = None,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> Rehearsal:
    """Rehearse the campaign in the folder `out`, after removing an earlier rehearsal from it.

    The real ledger is only read, for its contacts and suppressions. `seed` draws other reactions,
    and `bad_day` plays an amendment after the first mailing. `advance` is told how many
    steps of how many have been played. Raises RuleError for blocking findings, as a launch does,
    and ContentError for a folder that holds other things.
    """
    messages = claim_folder(out) / "messages"
    for leftover in (messages, out / "ledger"):
        shutil.rmtree(leftover, ignore_errors=True)
    say_in = partial(say, translations=translations_for(language))
    clock = SimulatedClock(_start_time(app, reference, start))
    with App(
        app.workspace, clock=clock, ledger_url=sqlite_url(out.resolve() / "ledger" / "ledger.db")
    ) as rehearsal:
        _copy_directory(app.ledger, rehearsal.ledger, at=clock.now())
        # Nothing leaves, so that neither signatories nor allow-list nor provider matter.
        draft = replace(
            rehearsal.drafts.draft(reference), signatories=(), outside_allow_list=0, provider=""
        )
        findings = rehearsal.drafts.findings_about(draft)
        draft = _sign_and_launch(draft, findings, ledger=rehearsal.ledger, now=clock.now())

        def backend_for(mailing: MailingSummary) -> Backend:
            return rehearsal.eml_files(messages / mailing.step)

        folder = _PlayedFolder(rehearsal.drafts.load)
        drafts = folder.drafts(rehearsal.drafts)

        def campaign() -> Campaign:
            return folder.load(reference)

        press = SimulatedPress(
            ledger=rehearsal.ledger,
            clock=clock,
            campaign=campaign,
            terms=lambda: terms_of(campaign()),
            seed=seed,
        )
        ticks = []
        advance(0, len(draft.plan))
        for tick in rehearse(
            ledger=rehearsal.ledger,
            clock=clock,
            engine=rehearsal.engine,
            backend_for=backend_for,
            message_for=rehearsal.message_for,
            react=press.react,
            let_time_pass=press.let_time_pass,
            bad_day=partial(_play, bad_day, reference, folder, drafts) if bad_day else None,
        ):
            ticks.append(tick)
            advance(sum(len(each.started) for each in ticks), len(draft.plan))
        made = report(
            draft.campaign.slug,
            title=draft.campaign.title,
            ledger=rehearsal.ledger,
            now=clock.now(),
        )
        played = rehearsed(draft.campaign.slug, ledger=rehearsal.ledger)
    return Rehearsal(
        draft=draft,
        findings=findings,
        ticks=tuple(ticks),
        report=made,
        played=played,
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


def rehearse_revision(app: App, job: Job, *, advance: Callable[[int, int], None]) -> Rehearsal:
    """Rehearse the revision of a campaign that a job names, and return what was played.

    The files are written from the ledger: the folder of this host may be older than the desk's.
    Nothing stays on the host. What a rehearsal left that was killed is removed before.
    """
    here = app.workspace / "var" / "rehearsal"
    _remove_leftovers(here, keep={each.id for each in app.ledger.jobs.running()})
    try:
        return rehearse_campaign(
            app,
            str(_written_campaign(app, job, here / job.id / "text")),
            out=here / job.id / "played",
            language=job.request.values["language"],
            seed=int(job.request.values.get("seed", 0)),
            bad_day=BadDay(chosen) if (chosen := job.request.values.get("bad_day")) else None,
            advance=advance,
        )
    finally:
        shutil.rmtree(here / job.id, ignore_errors=True)


def _remove_leftovers(folder: Path, *, keep: Collection[str]) -> None:
    for each in folder.glob("*"):
        if each.name not in keep:
            shutil.rmtree(each, ignore_errors=True)


def _written_campaign(app: App, job: Job, workspace: Path) -> Path:
    """Write the files of a revision below `workspace`; returns the folder of the campaign."""
    slug, copies = job.request.subject, WorkingCopies(workspace)
    # A former version named none.
    number = job.request.values.get("revision") or app.revisions.open_campaign(slug).head.number
    revision = app.ledger.revisions.get(slug, number)
    contents = app.ledger.revisions.contents(revision.files.values())
    for path, digest in revision.files.items():
        copies.write(slug, path, contents[digest], expected=None)
    return copies.folder(slug)


class _PlayedFolder:
    """The folder of a campaign as somebody changes it in the rehearsal. The files stay."""

    def __init__(self, load: Callable[[str], Campaign]) -> None:
        self._load = load
        self.changed: Callable[[Campaign], Campaign] = lambda campaign: campaign

    def load(self, reference: str) -> Campaign:
        return self.changed(self._load(reference))

    def drafts(self, drafts: Drafts) -> Drafts:
        """Return the drafts of the folder as it is played, for which nobody else has to sign."""
        return replace(
            drafts,
            load=self.load,
            survey=lambda reference: (self.load(reference), ()),
            team=SigningTeam,
            allows=None,
            provider="",
        )


def _play(bad_day: BadDay, reference: str, folder: _PlayedFolder, drafts: Drafts) -> None:
    """Correct, move or cancel the event: draft it, sign it off and launch it."""
    campaign = folder.load(reference)
    if bad_day is BadDay.MOVE and not (campaign.event and campaign.event.starts_at):
        what = _("there is no event with a date that could be moved")
        remedy = _("Rehearse a correction or a cancellation, or give the event a date.")
        raise RuleError(Problem(Place(campaign.file, key="event.starts_at"), what, remedy))
    translations = translations_for(campaign.language)
    if bad_day is BadDay.MOVE:
        folder.changed = _moved
    elif bad_day is BadDay.CORRECTION:
        folder.changed = partial(_in_another_room, room=say(_("Another room"), translations))
    note = say(_("This was invented for a rehearsal."), translations)
    found = draft_amendment(
        reference, AmendmentKind(bad_day), note=note, actor=REHEARSAL_ACTOR, drafts=drafts
    )
    approve_amendment(reference, actor=REHEARSAL_ACTOR, drafts=drafts)
    launch_amendment(
        reference,
        confirm=found.count,
        signatures_required=1,
        actor=REHEARSAL_ACTOR,
        drafts=drafts,
        back_up=False,
    )


def _moved(campaign: Campaign) -> Campaign:
    """Return the campaign a week later, as its folder would say it: deadlines move along."""
    event, rules = campaign.event, campaign.accreditation
    assert event is not None, "it was asked before"
    return replace(
        campaign,
        event=replace(
            event,
            starts_at=event.starts_at and event.starts_at + _MOVED_BY,
            ends_at=event.ends_at and event.ends_at + _MOVED_BY,
        ),
        accreditation=replace(
            rules,
            deadline=rules.deadline and rules.deadline + _MOVED_BY,
            promote_until=rules.promote_until and rules.promote_until + _MOVED_BY,
        ),
    )


def _in_another_room(campaign: Campaign, *, room: str) -> Campaign:
    if campaign.event is None:
        return campaign
    return replace(campaign, event=replace(campaign.event, venue=room))


def _sign_and_launch(
    draft: Draft, findings: Sequence[Finding], *, ledger: Ledger, now: datetime
) -> Draft:
    """Sign off and launch the draft in the rehearsal's ledger. Returns the signed draft."""
    signed = approve(draft, findings=findings, actor=REHEARSAL_ACTOR, ledger=ledger, now=now)
    draft = replace(draft, sign_offs=(signed,))
    launch(
        draft,
        findings=findings,
        confirm=first_audience_size(draft),
        signatures_required=1,
        actor=REHEARSAL_ACTOR,
        ledger=ledger,
        now=now,
    )
    return draft


def _start_time(app: App, reference: str, start: str) -> datetime:
    campaign = app.campaigns.load(reference)
    if start:
        return read_instant(start, zone=campaign.time_zone)
    steps = plan(campaign, office=app.settings.office)
    return min((planned.due_at for planned in steps), default=app.clock.now()) - LEAD_TIME


def _copy_directory(real: Ledger, rehearsal: Ledger, *, at: datetime) -> None:
    rehearsal.contacts.save(real.contacts.all(), actor=PROGRAM, at=at)
    for suppression in real.suppressions.all():
        rehearsal.suppressions.add(suppression, actor=PROGRAM)
