"""A disk that fails: SQLite's driver, whose statements fail and in whose midst one may die.

It knows no table. What SQLite itself would do with a lock held by another process (wait in
real time) it does in the machine's.
"""

import sqlite3
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import Engine, event

from tests.simulation.machine import Killed

_connect = sqlite3.dbapi2.connect
FULL = ("SQLITE_FULL", "database or disk is full")
BUSY = ("SQLITE_BUSY", "database is locked")
WRITE = ("SQLITE_IOERR_WRITE", "disk I/O error")
FSYNC = ("SQLITE_IOERR_FSYNC", "disk I/O error")


class _Compiled(dict):
    """Compiled statements, whatever engine first needed them: each process has its own engine,
    and would spend half of its short life compiling.
    """

    def get(self, key, default=None):
        return super().get(key[1:], default)

    def __setitem__(self, key, compiled):
        super().__setitem__(key[1:], compiled)


_compiled = _Compiled()


def _share(connection):
    if "compiled_cache" not in connection.engine.get_execution_options():
        connection.engine.update_execution_options(compiled_cache=_compiled)


class Disk:
    """`share` of what is written fails, or all of it until `full_until_s`; others do
    `slowness` things while it writes.
    """

    def __init__(self, world, *, share, slowness):
        self.world, self.share, self.slowness = world, share, slowness
        self.writer = None
        self.full_until_s = 0.0
        self._connections = []

    def connect(self, *arguments, **words):
        patience_s = words.get("timeout", 5.0)
        connection = _connect(*arguments, **words | {"factory": _Connection, "timeout": 0})
        connection.disk, connection.patience_s = self, patience_s
        connection.process = self.world.machine.process
        self._connections.append(connection)
        return connection

    def close_files_of(self, process):
        """What the system does with the files that the dead had open."""
        for connection in [each for each in self._connections if each.process is process]:
            self._connections.remove(connection)
            connection.close()

    @contextmanager
    def in_place(self):
        with (
            patch.object(sqlite3.dbapi2, "connect", self.connect),
            patch.object(sqlite3, "connect", self.connect),
        ):
            event.listen(Engine, "engine_connect", _share)
            try:
                yield
            finally:
                event.remove(Engine, "engine_connect", _share)

    def obeys(self, connection, statement):
        """Before each statement."""
        process = connection.process
        if process.is_dead:
            raise Killed
        if statement.upper().startswith("BEGIN"):
            process.step()
            if "IMMEDIATE" in statement.upper():
                self._takes_the_lock(connection)
        elif connection is self.writer and (self._is_full() or self._fails(process)):
            raise self._fault(process, *FULL)

    def _takes_the_lock(self, connection):
        if not self.world.machine.wait(lambda: self.writer is None, connection.patience_s):
            raise self._fault(connection.process, *BUSY)
        self.writer = connection

    def commits(self, connection, commit):
        process = connection.process
        if connection is not self.writer:
            commit()
            return
        if process.is_dead:
            raise Killed
        for _step in range(self.slowness):  # others gather meanwhile, and wait for the lock
            process.step()
        process.may_die(process.deaths / 2)
        if self._is_full() or self._fails(process):
            raise self._fault(process, *self.world.dice.choice((FULL, WRITE)))
        commit()
        self.writer = None
        self.world.judge.committed(process)
        process.may_die(process.deaths / 2)
        if self._fails(process):
            raise self._fault(process, *FSYNC)  # its answer is lost

    def lets_go(self, connection):
        if self.writer is connection:
            self.writer = None

    def _is_full(self):
        return self.world.machine.now_s < self.full_until_s

    def _fails(self, process):
        return process.has_faults and self.world.happens(self.share)

    def _fault(self, process, name, told):
        process.faults += 1
        self.world.counts[name] += 1
        error = sqlite3.OperationalError(told)
        error.sqlite_errorname = name
        return error


class _Connection(sqlite3.Connection):
    disk, process, is_closed = None, None, False

    def cursor(self, factory=None):
        return super().cursor(factory or _Cursor)

    def commit(self):
        self.disk.commits(self, super().commit)

    def rollback(self):
        if self.is_closed:  # the system has closed it for a dead process; the pool resets it later
            return
        super().rollback()
        self.disk.lets_go(self)

    def close(self):
        self.is_closed = True
        super().close()
        self.disk.lets_go(self)


class _Cursor(sqlite3.Cursor):
    def execute(self, statement, *parameters):
        if statement.upper() == "COMMIT":
            self.connection.commit()
            return self
        self.connection.disk.obeys(self.connection, statement)
        return super().execute(statement, *parameters)

    def executemany(self, statement, rows):
        self.connection.disk.obeys(self.connection, statement)
        return super().executemany(statement, rows)
