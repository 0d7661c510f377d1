"""Simulated processes: real ledgers on one file, whose commits fail and whose workers die.

Workers are threads of which one runs at a time, from one `step` to the next, as the schedule
says: interleaved as threads are, and the same each time.
"""

import threading
from contextlib import suppress

from sqlalchemy import event

from mailer.errors import LedgerError, MailerError, Place, Problem
from mailer.ledger.database import Database
from mailer.ledger.opening import SqlLedger
from mailer.ledger.writer import Settlement, Writer
from mailer.operations.serve import take_turn
from mailer.wording import _
from tests.counterparts.builders import a_message
from tests.simulation.network import Network

LEASE_S = 30.0


class Killed(BaseException):
    """SIGKILL: nothing of the process runs any more."""


class InlineWriter(Writer):
    """The ledger's writer without its thread: outcomes ride along with the next mark."""

    def put(self, request):
        self._inbox.append(request)
        if not isinstance(request, Settlement):
            self.write()

    def write(self):
        group, self._inbox = self._inbox, []
        self._write(group)


def a_ledger(path):
    database = Database(f"sqlite:///{path}", patience_s=5)
    ledger = SqlLedger(database, lease_s=LEASE_S)
    ledger._writer = InlineWriter(database)
    return ledger


class Process:
    """One process with its workers."""

    def __init__(self, world, name, *, workers):
        self.world, self.name = world, name
        self.is_dead, self.asked, self.faults = False, set(), 0
        self.ledger = a_ledger(world.path)
        event.listen(self.ledger._database.engine, "commit", self._on_commit)
        self.workers = [Worker(self, f"{name}-{number}") for number in range(workers)]

    def _on_commit(self, connection):
        """Before each commit: it may fail, or the process die, before it or just after."""
        if connection.get_execution_options().get("mailer_reads") or self.world.is_calm:
            return
        fails = self.world.happens(self.world.ledger_faults)
        dies = self.world.happens(self.world.deaths)
        if not fails and not dies:
            return
        if self.world.happens(0.5):
            connection.connection.dbapi_connection.commit()
        if dies:
            self.is_dead = True
            raise Killed
        self.faults += 1
        raise LedgerError(Problem(Place("ledger"), _("The database does not answer."), _("")))

    def rings(self):
        """What the writer's thread does by itself: offers outcomes again."""
        with suppress(Killed):
            self.ledger._writer.write()

    def bury(self):
        """What the system does with the dead: nothing is written, its lock is free."""
        self.is_dead = True
        for worker in self.workers:
            worker.ends()
        self.ledger._presence.end()
        self.ledger._writer._kept.close()
        self.ledger._database.close()


class Worker:
    """One thread of a process: takes turns until it is killed."""

    def __init__(self, process, name):
        self.process, self.world, self.name = process, process.world, name
        self.is_idle, self.error, self.held = False, None, set()
        self._go, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def step(self):
        """Where anything may happen elsewhere, and where one may die."""
        if threading.current_thread() is not self._thread or self.process.is_dead:
            raise Killed
        self._stopped.release()
        self._go.acquire()
        if self.process.is_dead:
            raise Killed

    def resume(self):
        """Runs until the next step."""
        self._go.release()
        self._stopped.acquire()
        if self.error is not None:
            raise self.error

    def ends(self):
        while self._thread.is_alive():
            self._go.release()
            self._thread.join(0.05)
        if self.error is not None:
            raise self.error

    def _run(self):
        self._go.acquire()
        try:
            while True:
                self._turn()
                self.is_idle = True
                self.step()
        except Killed:
            self.process.is_dead = True
        except BaseException as error:  # noqa: BLE001 — carried over to the schedule's thread
            self.error = error
        finally:
            self._stopped.release()

    def _turn(self):
        with suppress(MailerError):  # told to people; the next ring tries again
            take_turn(
                ledger=Watched(self),
                backend=Network(self.world, self),
                engine=self,
                clock=StepClock(self),
                message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
                worker=self.name,
                pace=self.world.pace,
            )

    def drain(self, run_chunk):
        """`ports.Engine`, with this worker alone."""
        count = 0
        while run_chunk():
            count += 1
        return count


class StepClock:
    """The world's clock; who waits lets the others go on."""

    def __init__(self, worker):
        self._worker, self._clock = worker, worker.world.clock
        self.now = self._clock.now

    def wait_until(self, instant):
        self._clock.wait_until(instant)
        self._worker.step()


class Watched:
    """`ports.Ledger` of one worker: steps between calls, and checks what it is allowed."""

    def __init__(self, worker):
        self._worker, self._ledger = worker, worker.process.ledger

    def __getattr__(self, name):
        if self._worker.process.is_dead:
            raise Killed
        return getattr(self._ledger, name)

    def claim(self, **words):
        self._worker.step()
        self._worker.held.clear()
        return self._ledger.claim(**words)

    def mark(self, claim, delivery_ids, *, now):
        self._worker.step()
        self._worker.process.asked.update(delivery_ids)
        granted = self._ledger.mark(claim, delivery_ids, now=now)
        self._worker.world.grants(claim, granted, now)
        self._worker.held.update(granted)
        return granted

    def renew(self, claim, *, now):
        # The heartbeat keeps real time, of which none passes here.
        if threading.current_thread() is not self._worker._thread:
            return False
        return self._ledger.renew(claim, now=now)

    def settle(self, claim, delivery_id, outcome, *, now):
        self._worker.step()
        self._worker.held.discard(delivery_id)
        self._ledger.settle(claim, delivery_id, outcome, now=now)

    def release(self, claim, **words):
        self._worker.step()
        self._ledger.release(claim, **words)
