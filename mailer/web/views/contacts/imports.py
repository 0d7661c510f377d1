"""Import a list: choose the file, look at what its rows become, decide the doubtful ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.contacts.decided_rows import may_be_written_to
from mailer.errors import ContentError
from mailer.model.contacts.list_file import RowChoice, RowDecision
from mailer.model.service.job import Job, JobState
from mailer.operations.jobs import job_of
from mailer.operations.people.edit_contacts import contact_lists
from mailer.operations.people.kept_lists import (
    decisions_about,
    discard_list,
    keep_list,
    remarks_by_kind,
    sheets_read,
    survey_list,
    waiting_lists,
)
from mailer.operations.people.take_in_list import ask_to_take_in, keep_decisions
from mailer.web.forms import Form
from mailer.web.paging import page_after
from mailer.web.views.job import MOST_WORK_IS_DONE_IN_S, begun, was_refused_at_field
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

    from mailer.model.contacts.contact_import import Quarantined
    from mailer.web.visit import Visit

PER_PAGE = 25
CHOICES: tuple[tuple[RowChoice, Text], ...] = (
    (RowChoice.ACCEPT, _("this address is meant:")),
    (RowChoice.CORRECT, _("another address is meant:")),
    (RowChoice.WRITE, _("right as it is written; write to them")),
    (RowChoice.BAR, _("do not write to them")),
    (RowChoice.LEAVE_OUT, _("leave the row out")),
    (RowChoice.LATER, _("decide later")),
)
"""What can be decided about a row, in the order of the screen."""


def form(visit: Visit) -> Response:
    """Show the form for a file, and the files that wait for decisions."""
    if refused := visit.query("refuse"):
        visit = _with_refused(
            visit, job_of(refused, person=visit.person.id, ledger=visit.app.ledger)
        )
    return visit.page(
        "people/import.html.j2",
        lists=contact_lists(actor=visit.actor, ledger=visit.app.ledger),
        waiting=waiting_lists(actor=visit.actor, ledger=visit.app.ledger),
    )


def keep(visit: Visit, form: Form) -> Response:
    """Keep a file, or a pasted list, and show what its rows become: at once if it is read soon,
    else how far the reading has come.
    """
    pasted = form.text("pasted").strip()
    field, name, content = "pasted", "liste.txt", pasted.encode()
    if not pasted:
        upload = form.upload("file")
        field, name, content = "file", upload.name, upload.content
    job = keep_list(
        name,
        content,
        list_name=form.text("list"),
        field=field,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    job = _soon(visit, job)
    if was_refused_at_field(job):
        raise ContentError(*job.problems)
    done = job.state is JobState.DONE
    return visit.done(f"/imports/{job.request.subject}" if done else f"/travaux/{job.id}")


def show(visit: Visit) -> Response:
    """Show the counts, the remarks, and a page of the rows to decide; or how far their reading has
    come.
    """
    file = visit.path("file")
    found = survey_list(file, actor=visit.actor, ledger=visit.app.ledger, now=visit.now)
    if isinstance(found, Job) and _soon(visit, found).state is JobState.DONE:
        found = survey_list(file, actor=visit.actor, ledger=visit.app.ledger, now=visit.now)
    if isinstance(found, Job):
        return visit.done(f"/travaux/{found.id}")
    shown = page_after(
        found.to_decide, visit.query("apres"), cursor_of=lambda row: str(row.number), limit=PER_PAGE
    )
    known = decisions_about(found.to_decide, ledger=visit.app.ledger)
    decided = {key for key, decision in known.items() if decision.choice is not RowChoice.LATER}
    return visit.page(
        "people/list_file.html.j2",
        surveyed=found,
        shown=shown,
        rows=[(each, list(_choices(each.quarantined))) for each in shown.entries],
        known=known,
        noted=[
            (remarks, found.reading.counts.get(f"noted {kind}", len(remarks)))
            for kind, remarks in remarks_by_kind(found.reading.noted).items()
        ],
        sheets=sheets_read(found.reading),
        waiting=sum(each.key not in decided for each in found.to_decide),
    )


def take_in(visit: Visit, form: Form) -> Response:
    """Take the list in as decided, or keep what was decided and show more rows, or discard it."""
    file, ledger = visit.path("file"), visit.app.ledger
    if form.text("act") == "discard":
        discard_list(file, actor=visit.actor, ledger=ledger)
        return visit.done("/contacts/importer", "discarded")
    decisions = list(_decisions(form))
    if after := form.text("apres"):
        keep_decisions(file, decisions, actor=visit.actor, ledger=ledger, now=visit.now)
        return visit.done(f"/imports/{file}", "decisions-kept", apres=after)
    job = ask_to_take_in(file, decisions, actor=visit.actor, ledger=ledger, now=visit.now)
    return begun(visit, job)


def _soon(visit: Visit, job: Job) -> Job:
    """Return the job as it stands when it has ended, or soon."""
    visit.jobs.wake()
    visit.jobs.wait_ended(job.id, MOST_WORK_IS_DONE_IN_S)
    return job_of(job.id, person=visit.person.id, ledger=visit.app.ledger)


def _with_refused(visit: Visit, job: Job) -> Visit:
    """Return the visit with what is wrong with the file that the job has read."""
    typed = Form({"list": [job.request.values.get("list", "")]})
    return replace(visit, problems=job.problems, typed=typed)


def _choices(quarantined: Quarantined) -> Iterator[tuple[RowChoice, Text]]:
    """Yield the choices that make sense for a row."""
    for choice, label in CHOICES:
        if choice is RowChoice.ACCEPT and quarantined.suggestion is None:
            continue
        if choice is RowChoice.BAR and not quarantined.may_be_refused:
            continue
        if choice is RowChoice.WRITE and not may_be_written_to(quarantined):
            continue
        yield choice, label


def _decisions(form: Form) -> Iterator[RowDecision]:
    """Yield what was decided. An address that somebody typed into a row to be decided later, as
    every row is at first, is a decision.
    """
    for name in form.fields:
        kind, _sign, row = name.partition("-")
        if kind == "choice" and (written := form.text(name)) in set(RowChoice):
            choice, address = RowChoice(written), form.text(f"address-{row}").strip()
            is_typed = address not in {"", form.text(f"known-{row}")}
            is_meant = choice is RowChoice.LATER and is_typed
            yield RowDecision(row, RowChoice.CORRECT if is_meant else choice, address)
