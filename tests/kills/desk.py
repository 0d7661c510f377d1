"""`python -m tests.kills.desk`: the desk is killed at every statement and flush of every form.

After each kill the desk is started again, and ends the work that was asked of it: the act is
wholly there with its line of the journal, or not at all. `--stride 5` tries every fifth moment,
`--only TEXT` some addresses, `--part 1/2` every second form, for two processors. `--random 200`
kills at random instants of random forms instead, between the moments too. `--changed` leaves out
the moments at which the same bytes stand on the disk as at the moment before: a kill leaves them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from pathlib import Path

from mailer.clock import SimulatedClock
from mailer.errors import MailerError
from mailer.web.serving import desk_of
from mailer.wiring.app import App
from mailer.wiring.jobs import JobRunner
from tests.counterparts.desk import PORT, Browser, give_password
from tests.counterparts.killed_save import files_in
from tests.kills.desk_offices import HOST
from tests.kills.desk_posts import filled, forms, post_until
from tests.matrix.offices import EVERYTHING, office, signed_in

CHILDREN = multiprocessing.get_context("forkserver")
PRELOADED = [
    "tests.kills.desk_posts",
    "tests.kills.desk_loaded",
    "tests.counterparts.compiled_before",
]
_NOT_COMPARED = {"alembic_version", "heartbeat", "turn", "trusted_time"}
_TRIES = 20
_NO_SERVER = 255
"""How a process has ended whose fork server is gone."""
_OF_A_JOB = {"id", "kind", "subject", "person", "actor", "asked", "state", "problems"}
"""What was asked of a job, and its end; not who did it."""


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills.desk")
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--random", type=int, default=0, metavar="KILLS")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args()
    part, parts = map(int, asked.part.split("/"))
    chosen = [each for each in forms() if asked.only in each][part - 1 :: parts]
    CHILDREN.set_forkserver_preload(PRELOADED)
    begun, chance = time.monotonic(), random.Random(asked.seed)
    drawn = Counter(chance.choice(chosen) for _ in range(asked.random))
    with tempfile.TemporaryDirectory() as folder:
        offices = Offices(Path(folder))
        results = [
            _told_of(offices, address, asked, chance, drawn[address])
            for address in chosen
            if drawn[address] or not asked.random
        ]
    kills, wrong = (sum(each[number] for each in results) for number in (0, 1))
    seconds = time.monotonic() - begun
    seed = f" at random, seed {asked.seed}," if asked.random else ""
    print(f"{kills} kills{seed} in {seconds:.0f} s over {len(results)} forms: {wrong} half done")
    sys.exit(bool(wrong))


def _told_of(offices, address, asked, chance, instants):
    """Kill one form and say what was found; return how many kills, and how many were wrong."""
    begun, moments = time.monotonic(), 0
    try:
        form = Tried(offices, address)
        moments = len(form.moments)
        where = form.changed if asked.changed else form.moments
        kills = form.at_random(chance, instants) if instants else form.at(where[:: asked.stride])
        killed, found = form.judged(kills)
    except Exception:  # noqa: BLE001 - one form's failure is told, and the others are tried
        killed, found = 0, [traceback.format_exc()]
    seconds = time.monotonic() - begun
    figures = f"{moments} moments, {killed} kills in {seconds:.0f} s, {len(found)} half done"
    print(f"{address}: {figures}", flush=True)
    for each in found:
        print(f"    {each}", flush=True)
    return killed, len(found)


class Offices:
    """An office in each state, closed again: the folders that the forms begin with."""

    def __init__(self, folder):
        self._folder, self._made = folder, {}

    def of(self, state):
        if state not in self._made:
            self._made[state] = Prepared(self._folder / state.replace(" ", "-"), state)
        return self._made[state]


class Prepared:
    """An office in a state, what its addresses are filled with, and a session.

    It is put back into its place for each try: a ledger and a folder know where they serve.
    """

    def __init__(self, folder, state):
        self.place = folder
        with office(folder, state) as place:
            # A new password ends the sessions before it.
            give_password(place.app, EVERYTHING)
            self.now, self.token = place.app.clock.now(), signed_in(place.app, EVERYTHING)
            self.values = place.values
            for job in place.app.ledger.jobs.newest(person=EVERYTHING.id, limit=9):
                place.app.ledger.jobs.ask_to_cancel(job.id, at=self.now)
        self.kept = Kept(folder)


@dataclass(frozen=True)
class Sent:
    """A form as its browser sends it."""

    now: object
    cookies: dict
    action: str
    fields: dict
    fork_server: str


class Kept:
    """All files of a folder, to be put back."""

    def __init__(self, folder):
        self._folder, self._files = folder, _bytes_in(folder)

    def is_there(self):
        """Return whether the folder holds the same bytes, and its ledger no change beside them."""
        return _bytes_in(self._folder) == self._files

    def put_back(self):
        """Make the folder what it was; its own directories stay the same ones."""
        for path in sorted(self._folder.rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()) and not any(
                    path in each.parents for each in self._files
                ):
                    path.rmdir()
            elif path not in self._files:
                path.unlink()
        for path, content in self._files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)


def _bytes_in(folder):
    """Return the bytes of each file, but for those of SQLite that hold no change."""
    found = {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }
    return {path: each for path, each in found.items() if each or not path.name.endswith("-wal")}


class Tried:
    """A form that is sent in one office again and again, and killed there."""

    def __init__(self, offices, address):
        self.address, self.post = address, forms()[address]
        prepared = offices.of(self.post.state)
        self._place = prepared.place
        prepared.kept.put_back()
        with (self._place / "config.toml").open("a", encoding="utf-8") as config:
            config.write(self.post.config)
        with App(self._place, clock=SimulatedClock(prepared.now)) as app:
            browser = Browser(desk_of(app, port=PORT), host=HOST)
            browser.cookies[f"desk-{PORT}"] = prepared.token
            values = prepared.values | (self.post.first(app, browser, prepared.values) or {})
            action, fields = filled(self.post, address, browser, values)
            self._sent = Sent(prepared.now, browser.cookies, action, fields, _fork_server())
        self._base = Kept(self._place)
        before = _state_of(self._place, prepared.now)
        after = self._whole(is_watched=True)
        self.moments = range(1, len(self._disk) + 1)
        self.changed = [
            1,
            *(at for at in self.moments[1:] if self._disk[at - 1] != self._disk[at - 2]),
        ]
        again = self._whole()
        self._volatile = _differing(after, again)
        self.before, self.after = (_without(each, self._volatile) for each in (before, after))

    def _whole(self, *, is_watched=False):
        """Send the form without a kill; return the state after it."""
        told = self._sent_until(0, is_watched=is_watched)
        self._disk, self.seconds, self.status, self.told = told
        if self.status >= 500:
            message = f"{self.address}: the form ended with {self.status} {self.told}"
            raise RuntimeError(message)
        return _state_of(self._place, self._sent.now)

    def at(self, moments):
        """Kill the form at these moments; yield when."""
        for at in moments:
            if self._sent_until(at) is None:
                yield f"moment {at} of {len(self.moments)}"

    def at_random(self, chance, instants):
        """Kill the form at random instants; yield when."""
        for _ in range(instants):
            for _try in range(_TRIES):  # one that came too late is drawn again
                after_s = chance.uniform(0, self.seconds)
                if self._sent_until(0, killed_after_s=after_s) is None:
                    yield f"{after_s * 1000:.1f} ms of {self.seconds * 1000:.1f}"
                    break

    def judged(self, kills):
        """Return how often it was killed, and what was found half done."""
        found, killed = [], 0
        if self.before == self.after and not self.post.idle:
            found.append(f"the form changes nothing: {self.status} {self.told}")
        for when in kills:
            killed += 1
            if self._base.is_there():
                continue
            now = _without(_state_of(self._place, self._sent.now), self._volatile)
            if not _is_allowed(now, self.before, self.after, in_steps=bool(self.post.steps)):
                found.append(f"killed at {when}: {_said(now, self.before, self.after)}")
        return killed, found

    def _sent_until(self, at, *, killed_after_s=None, is_watched=False):
        """Send the form in the office; return what was told at the end, None if it was killed."""
        self._base.put_back()
        ours, theirs = CHILDREN.Pipe()
        child = CHILDREN.Process(
            target=post_until,
            args=(str(self._place), at, self._sent, theirs),
            kwargs={"is_watched": is_watched},
        )
        child.start()
        theirs.close()
        told = None
        try:
            ours.recv()
            if killed_after_s is not None:
                time.sleep(killed_after_s)
                child.kill()
            told = ours.recv()
        except EOFError:
            pass
        child.join()
        if told is None and child.exitcode == _NO_SERVER:
            # It was killed while it asked the fork server for a sandbox, which ends the server.
            self._sent = replace(self._sent, fork_server=_fork_server())
        elif child.exitcode not in {0, -signal.SIGKILL}:
            message = f"{self.address}: the form ended with {child.exitcode}"
            raise RuntimeError(message)
        return told


def kill_everywhere(offices, address, *, stride):
    """Kill a form at its moments; return how often, and what was found half done."""
    form = Tried(offices, address)
    return form.judged(form.at(form.moments[random.randrange(stride) :: stride]))


def _state_of(folder, now):
    """Start a desk again; return every row of the ledger, and the files of the campaigns."""
    with App(folder, clock=SimulatedClock(now)) as app:
        # A campaign whose folder was not written yet is known to the ledger alone.
        with closing(sqlite3.connect(app.ledger.contacts._database.path)) as file:
            known = {row[0] for row in file.execute("select distinct campaign from revision")}
        for slug in {*app.campaigns.names(), *known}:
            try:
                app.revisions.open_campaign(slug)
            except MailerError as error:
                return {"opening": str(error)}
        JobRunner(app).do_on_host(stopping=lambda: False)
        with closing(sqlite3.connect(app.ledger.contacts._database.path)) as file:
            found = _rows_in(file)
    found["files"] = [
        {"path": name, "content": repr(content)}
        for name, content in files_in(folder / "campaigns").items()
    ]
    return found


def _rows_in(file):
    """Return the rows of all tables, each value as text by its column."""
    file.row_factory = sqlite3.Row
    tables = [
        name for (name,) in file.execute("select name from sqlite_master where type = 'table'")
    ]
    return {
        table: [
            {name: repr(row[name]) for name in dict(row) if table != "job" or name in _OF_A_JOB}
            for row in file.execute(f'select * from "{table}"')
        ]
        for table in sorted(tables)
        if table not in _NOT_COMPARED
    }


def _fork_server():
    forkserver.ensure_running()
    return forkserver._forkserver._forkserver_address


def _differing(one, two):
    """Return the columns that differ between two whole runs: random ids, hashes of passwords."""
    found = set()
    for table, rows in one.items():
        for column in rows[0] if rows else ():
            values = [sorted(row[column] for row in each[table]) for each in (one, two)]
            if values[0] != values[1]:
                found.add((table, column))
    return found


def _without(state, volatile):
    return {
        table: sorted(
            tuple((name, text) for name, text in row.items() if (table, name) not in volatile)
            for row in rows
        )
        if not isinstance(rows, str)
        else rows
        for table, rows in state.items()
    }


def _is_allowed(now, before, after, *, in_steps):
    if now in (before, after):
        return True
    return in_steps and all(
        now.get(table) in (before[table], after[table])
        or (table == "journal" and set(before[table]) <= set(now[table]) <= set(after[table]))
        for table in before
    )


def _said(now, before, after):
    """Return which tables are as before, and which as after."""
    tables = [each for each in before if before[each] != after.get(each)]
    states = {
        each: "before"
        if now.get(each) == before[each]
        else "after"
        if now.get(each) == after[each]
        else "neither"
        for each in tables
    }
    others = [each for each in now if each not in tables and now[each] != before.get(each)]
    return f"{states} {others}"


if __name__ == "__main__":
    main()
