"""Simulated processes: the service's turns over a ledger of their own, killed and frozen."""

from contextlib import suppress

from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import ContentError, LedgerError, MailerError, Place, Problem
from mailer.ledger import open_ledger
from mailer.operations.sending.serve import run_tick
from mailer.wording import _
from tests.counterparts.altered import AlteredLedger, AlteredPart
from tests.counterparts.builders import a_message
from tests.simulation.machine import Killed
from tests.simulation.network import Network
from tests.simulation.threads import Condition

LEASE_S = 30.0
PATIENCE_S = 5.0
TICK_S = 2.0
SOON_S = 30.0
"""After a turn that failed; the wall clock's service would try more often, to no other effect."""


class Process:
    """Something with threads and a ledger of its own, that may freeze or die."""

    has_faults = False
    deaths = 0.0
    """How probable it is to die at each step."""
    is_dead = False
    frozen_until_s = 0.0
    faults = 0
    """How often its ledger has failed."""
    ledger = None

    def __init__(self, world, name, *, folder):
        self.world, self.name = world, name
        self._url = f"sqlite:///{folder / 'ledger.db'}"

    def open(self):
        self.ledger = open_ledger(self._url, lease_s=LEASE_S, patience_s=PATIENCE_S)

    def step(self):
        """Where anything may happen elsewhere, and where one may die."""
        self.world.machine.step()
        self.may_die(self.deaths)

    def may_die(self, share):
        if self.world.happens(share):
            self.is_dead = True
            raise Killed

    def bury(self):
        """What the system does with the dead: nothing is written, its locks are free."""
        self.is_dead = True
        self.world.machine.bury(self)
        if self.ledger is not None:
            with self.world.machine.acting_for(self), suppress(Killed, LedgerError):
                self.ledger.close()
        self.world.disk.close_files_of(self)


class Service(Process):
    """Takes turns whenever something is due, or somebody has rung."""

    has_faults = True

    def __init__(self, world, name, *, folder, deaths, connections):
        super().__init__(world, name, folder=folder)
        self.deaths, self.connections = deaths, connections
        self._rung, self._bell = True, Condition(world.machine)
        self.clock = WallClock(world.machine.read)
        world.machine.spawn(self, self._serve)

    @property
    def most(self):
        """How many may be in doubt when it dies."""
        return self.connections * self.world.depth * (1 + self.faults)

    def ring(self):
        with self._bell:
            self._rung = True
            self._bell.notify_all()

    def _serve(self):
        try:
            self.open()
        except LedgerError:
            self.is_dead = True  # it ends, and is started again
            return
        while True:
            self._rung = False
            try:
                self._check_clock()
                self._take_turn()
                self._check_clock()
                wait_s = self._due_in_s()
            except MailerError:  # told to people; the next ring tries again
                wait_s = SOON_S
            with self._bell:
                self._bell.wait_for(lambda: self._rung, wait_s)

    def _due_in_s(self):
        due_at = self.ledger.mailings.next_due_at()
        if due_at is None:
            return None
        return max((due_at - self.clock.now()).total_seconds(), TICK_S)

    def _check_clock(self):
        self.clock.check(self.ledger.trusted_time.observe)

    def _take_turn(self):
        run_tick(
            ledger=AlteredLedger(self.ledger, _Asked(self)),
            backend=Network(self.world, self),
            engine=ThreadEngine(self.connections),
            clock=self.clock,
            message_for=self._compose,
            worker=self.name,
            rate_policy=self.world.pace,
        )

    def _compose(self, mailing, delivery):
        if self.world.happens(self.world.roughness / 20):
            raise ContentError(Problem(Place("announcement.md"), _(""), _("")))
        return a_message(delivery, mailing=mailing)


class Clerk(Process):
    """Somebody who does one thing by a command of its own, and may die in the midst."""

    has_faults = True

    def __init__(self, world, name, *, folder, deaths, work):
        super().__init__(world, name, folder=folder)
        self.deaths, self._work = deaths, work
        world.machine.spawn(self, self._do)

    def _do(self):
        with suppress(LedgerError):  # not done, and told so
            self.open()
            self._work(self.ledger)
        self.is_dead = True


class _Asked(AlteredPart):
    """The sending protocol; notes when each mark was asked for."""

    name = "sending"

    def __init__(self, service):
        super().__init__(service.ledger.sending)
        self._service = service

    def mark(self, claim, delivery_ids, **words):
        world = self._service.world
        for delivery_id in delivery_ids:
            world.judge.asked_at[delivery_id, self._service.name] = words["now"]
        return self._part.mark(claim, delivery_ids, **words)
