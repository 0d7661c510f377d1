"""Runs the jobs of a workspace in the background: readings, imports, rehearsals and exports."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import timedelta
from threading import Condition, Thread, current_thread
from time import monotonic
from typing import TYPE_CHECKING

from mailer.engine.threads import ThreadEngine
from mailer.errors import LedgerError
from mailer.model.contacts.list_file import RowChoice, RowDecision
from mailer.model.service.exported_file import ExportedFile
from mailer.model.service.job import JobEnd, JobKind, JobState
from mailer.operations.exports import remove_old_exports
from mailer.operations.jobs import end_abandoned_jobs, run_next_job
from mailer.operations.people.kept_lists import read_kept_list
from mailer.operations.people.take_in_list import take_in_list
from mailer.pages.rehearsal_figures import rehearsal_to_json
from mailer.wiring.exports import write_export
from mailer.wiring.rehearsal import rehearse_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from mailer.model.service.job import Job
    from mailer.model.service.service_process import ServiceProcess
    from mailer.operations.jobs import Advance, Work
    from mailer.wiring.app import App

# Two imports at once would only wait for each other to write to the ledger.
_ONE_AT_A_TIME = ThreadEngine(workers=1)
_LEFT_TO_HOSTS_FOR = timedelta(seconds=10)
"""Where several hosts share the service, the desk itself runs a job only after it has waited for
this long: until then the other hosts may."""
_POLL_EVERY_S = 0.1


class JobRunner:
    """Runs the waiting jobs of a workspace, one after the other.

    The jobs are in the ledger, where a runner claims each one before it begins. So several runners,
    in one process or on several hosts, never run one job at the same time.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._changed = Condition()
        self._thread: Thread | None = None
        self._is_asked = False

    def start(self) -> None:
        """Requeue the jobs of workers that have ended, and run those that wait."""
        self._end_abandoned()
        remove_old_exports(ledger=self._app.ledger, now=self._app.clock.now())
        self.wake()

    def do_on_host(self, *, stopping: Callable[[], bool]) -> None:
        """Run all jobs that wait, in this thread, on one of the hosts that share the service."""
        self._end_abandoned()
        while not stopping() and self._run_one():
            pass

    def _end_abandoned(self) -> None:
        now, hosts = self._app.clock.now(), self._app.ledger.processes.all()
        end_abandoned_jobs(
            ledger=self._app.ledger,
            now=now,
            is_gone=lambda worker: _is_gone(worker) or _is_of_silent_host(worker, hosts, now),
        )

    def wake(self) -> None:
        """Start the thread that runs jobs, and wake the other hosts. Called when a job was added."""
        if self._app.bell is not None:
            self._app.bell.ring_for_long_work()
        with self._changed:
            self._is_asked = True
            if self._thread is None:
                # A daemon: the process may end at any point of a job, which is then requeued.
                self._thread = Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()

    def wait_ended(self, job_id: str, timeout_s: float) -> None:
        """Wait until a job has ended, in this process or another, but not longer than the timeout."""
        end_s = monotonic() + timeout_s
        while monotonic() < end_s:
            job = self._app.ledger.jobs.get(job_id)
            if job is None or job.has_ended:
                return
            with self._changed:
                self._changed.wait(_POLL_EVERY_S)

    def _work(self) -> None:
        try:
            while self._was_asked_again():
                # If the ledger cannot be reached, the jobs wait until somebody asks for another.
                with suppress(LedgerError):
                    _ONE_AT_A_TIME.drain(self._run_next)
        finally:  # also after an unexpected error, for which its job was marked as interrupted
            with self._changed:
                if self._thread is current_thread():
                    self._thread = None
                self._changed.notify_all()

    def _run_next(self) -> bool:
        is_shared = self._app.settings.engine.is_shared
        return self._run_one(waited_for=_LEFT_TO_HOSTS_FOR if is_shared else None)

    def _run_one(self, *, waited_for: timedelta | None = None) -> bool:
        return run_next_job(
            works=self._works,
            ledger=self._app.ledger,
            clock=self._app.clock,
            worker=self._app.worker,
            waited_for=waited_for,
        )

    def _was_asked_again(self) -> bool:
        """Return whether `wake` was called since the last time; if not, the thread is to end."""
        with self._changed:
            was_asked, self._is_asked = self._is_asked, False
            if not was_asked:
                self._thread = None
            return was_asked

    @property
    def _works(self) -> Mapping[JobKind, Work]:
        return {
            JobKind.READING: self._read,
            JobKind.IMPORT: self._import,
            JobKind.REHEARSAL: self._rehearse,
            JobKind.EXPORT: self._export,
        }

    def _read(self, job: Job, advance: Advance) -> JobEnd:
        advance(0, 0)
        app, request = self._app, job.request
        remove_old_exports(ledger=app.ledger, now=app.clock.now())
        read_kept_list(
            request.subject,
            field=request.values.get("field", ""),
            read_bytes=app.children.read_contact_bytes,
            ledger=app.ledger,
            now=app.clock.now(),
        )
        return JobEnd(JobState.DONE)

    def _import(self, job: Job, advance: Advance) -> JobEnd:
        advance(0, 0)
        app, request = self._app, job.request
        decisions = [
            RowDecision(row, RowChoice(choice), address)
            for row, choice, address in request.values["decisions"]
        ]
        found = take_in_list(
            request.subject,
            {decision.row: decision for decision in decisions},
            job=job.id,
            read_bytes=app.children.read_contact_bytes,
            actor=request.actor,
            ledger=app.ledger,
            now=app.clock.now(),
        )
        return JobEnd(JobState.DONE, found)

    def _export(self, job: Job, advance: Advance) -> JobEnd:
        advance(0, 0)
        remove_old_exports(ledger=self._app.ledger, now=self._app.clock.now())
        file = write_export(self._app, job, advance=advance)
        return JobEnd(JobState.DONE, {"file": file.name})

    def _rehearse(self, job: Job, advance: Advance) -> JobEnd:
        ledger, now = self._app.ledger, self._app.clock.now()
        remove_old_exports(ledger=ledger, now=now)
        played = rehearse_revision(self._app, job, advance=advance)
        content = rehearsal_to_json(played.report, played.played)
        ledger.exported_files.keep(
            ExportedFile(job.id, "rehearsal.json", "application/json", content, now)
        )
        return JobEnd(JobState.DONE, {"messages": played.played.written})


def _is_of_silent_host(worker: str, hosts: Iterable[ServiceProcess], now: datetime) -> bool:
    """Return whether the host of a worker is registered, and all its processes are gone."""
    theirs = [each for each in hosts if each.host == worker.rpartition(":")[0]]
    return bool(theirs) and all(each.is_gone(now) for each in theirs)


def _is_gone(worker: str) -> bool:
    """Return whether a worker, as `host:pid`, ran on this machine and its process has ended."""
    host, _colon, pid = worker.rpartition(":")
    if host != socket.gethostname() or not pid.isdecimal() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
