"""A person puts a backup in the ledger's place, and the machine may die at each step of it.

The files are real ones, in the folder of the schedule. Python tells its audit hooks what is done
with them, and before each of these steps, as before each statement, the restore may die. Then it is
done once more, or the ledger that is in its place is opened: the former one, the restored one, or
none, which opening has to refuse.
"""

import gc
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from mailer.errors import LedgerError
from mailer.ledger.restoring import restore
from mailer.operations.restore import restore_ledger
from tests.counterparts.builders import ACTOR
from tests.simulation.judge import must
from tests.simulation.machine import Killed
from tests.simulation.processes import Process

_STEPS = ("open", "os.", "shutil.", "sqlite3.connect")
_LOCKS = (".open", ".sending")
"""Files that are locks alone: the system lets go of them when a process dies."""
_TRIES = 6
"""After so many restores that were interrupted, one is left in peace."""
_restoring = []
"""The process whose steps are watched, while there is one."""


def _at_step(event, arguments):
    if _restoring and event.startswith(_STEPS) and _is_of(_restoring[0], arguments):
        _restoring[0].passes()


def _is_of(restorer, arguments):
    names = (os.fsdecode(each) for each in arguments if isinstance(each, str | bytes | os.PathLike))
    return any(str(restorer.folder) in each and not each.endswith(_LOCKS) for each in names)


class _Restorer(Process):
    """The command that restores; its statements fail, and it dies, as the dice want."""

    def __init__(self, world, name, *, folder, deaths):
        super().__init__(world, name, folder=folder)
        self.folder, self.deaths = folder, deaths
        self.has_faults = deaths > 0

    def passes(self):
        """Before a step with a file: the dead do nothing more, not even tidy up."""
        if self.is_dead:
            raise Killed
        self.may_die(self.deaths)

    def restore(self, backup):
        """Returns whether it came to its end."""
        with self.world.machine.acting_for(self):
            _restoring.append(self)
            try:
                is_done = self._comes_to_its_end(backup)
            finally:
                _restoring.clear()
            gc.collect()  # what the dead had open is let go before it is closed
            self.bury()
        self.ledger = None
        return is_done

    def _comes_to_its_end(self, backup):
        replace, now = partial(restore, self._url), self.world.machine.now()
        try:
            restore_ledger(backup, restore=replace, open_ledger=self._opened, actor=ACTOR, now=now)
        except (Killed, LedgerError):
            return False
        return True

    def _opened(self):
        self.open()
        return self.ledger


class Restoring:
    """The backups of a world, and what is done with them."""

    _is_watching = False

    def __init__(self, world, folder):
        self._world, self._ledger = world, folder / "ledger.db"
        self._backup, self._known = None, None

    def back_up(self):
        """Make one, when nobody at the desk is in the midst of something."""
        world = self._world
        if world.machine.is_busy(world.desk):
            return
        with world.machine.acting_for(world.desk), suppress(LedgerError):
            self._backup = Path(world.desk.ledger.backups.create(at=world.machine.now()))
            self._known = world.judge.knows()

    def restore(self):
        """Stop everything; restore, again and again, until a ledger is in its place; go on with it."""
        world = self._world
        if self._backup is None or not self._backup.exists() or world.machine.is_busy(world.desk):
            return
        world.stop_all()
        world.judge.looks_away()
        gc.collect()  # the locks of the dead go with them
        self._try_until_it_opens()
        world.start_services()

    def _try_until_it_opens(self):
        world = self._world
        former, deaths = self._number(), world.dice.choice((0.0, 0.01, 0.05, 0.2))
        for tried in range(_TRIES + 1):
            is_done = self._restore(deaths if tried < _TRIES else 0.0)
            is_open = self._opens()
            must(is_open or not is_done, "a restored ledger is not opened")
            if is_done or (is_open and world.dice.random() < 0.3):
                break
        must(is_open, "no ledger can be opened after a restore that was left in peace")
        world.judge.looks_again()
        is_restored = self._number() != former
        must(is_restored or not is_done, "a restore said that it was done, and was not")
        if is_restored:
            world.judge.goes_back_to(self._known)
        world.counts["restored" if is_restored else "restores given up"] += 1

    def _restore(self, deaths):
        if not Restoring._is_watching:
            sys.addaudithook(_at_step)
            Restoring._is_watching = True
        world = self._world
        world.counts["restores begun"] += 1
        restorer = _Restorer(world, "restorer", folder=self._ledger.parent, deaths=deaths)
        if not deaths:
            world.disk.full_until_s = 0.0
        return restorer.restore(self._backup)

    def _opens(self):
        """Whether the desk opens what is in the ledger's place; refused is only what is half done."""
        world = self._world
        world.disk.full_until_s = 0.0  # somebody makes room
        is_half_done = self._ledger.with_name("ledger.db.restoring").exists()
        must(is_half_done or self._ledger.exists(), "no ledger, and no word of it")
        world.desk = Process(world, "desk", folder=self._ledger.parent)
        with world.machine.acting_for(world.desk):
            try:
                world.desk.open()
            except LedgerError:
                must(is_half_done, "refused, and nothing was half done")
                world.counts["openings refused"] += 1
                return False
        must(not is_half_done, "opened in the midst of a restore")
        return True

    def _number(self):
        return self._ledger.stat().st_ino
