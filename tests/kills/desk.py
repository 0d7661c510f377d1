"""`python -m tests.kills.desk`: the desk is killed at every statement and flush of every form.

After each kill the ledger and the folders are opened again: the act is wholly there with its line
of the journal, or not at all. `--stride 5` tries every fifth moment, `--only TEXT` some addresses,
`--part 1/2` every second form, for two processors.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import MetaData, select

from mailer.app import App
from mailer.clock import SimulatedClock
from mailer.errors import MailerError
from mailer.ledger.storage.desk_tables import revision
from tests.counterparts.desk import give_password
from tests.counterparts.killed_save import files_in
from tests.kills.desk_posts import forms, post_until
from tests.matrix.offices import EVERYTHING, office, signed_in

CHILDREN = multiprocessing.get_context("forkserver")
MOST = 2_000
_NOT_COMPARED = {"alembic_version", "heartbeat", "turn", "trusted_time", "exported_file"}
_OF_A_JOB = {"id", "kind", "subject", "person", "actor", "asked"}
"""What was asked of a job. How far it had come, and what it made, is begun again or told."""


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills.desk")
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--part", default="1/1")
    asked = parser.parse_args()
    part, parts = map(int, asked.part.split("/"))
    chosen = [each for each in forms().items() if asked.only in each[0]][part - 1 :: parts]
    CHILDREN.set_forkserver_preload(["tests.kills.desk_posts"])
    wrong, kills, begun = [], 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        offices = {}
        for address, post in chosen:
            if post.state not in offices:
                offices[post.state] = Prepared(Path(folder) / post.state.replace(" ", "-"), post)
            killed, found = kill_everywhere(offices[post.state], address, stride=asked.stride)
            kills, wrong = kills + killed, wrong + found
            print(f"{address}: {killed} kills, {len(found)} half done", flush=True)
            for each in found:
                print(f"    {each}", flush=True)
    seconds = time.monotonic() - begun
    print(f"{kills} kills in {seconds:.0f} s over {len(chosen)} forms: {len(wrong)} half done")
    sys.exit(bool(wrong))


class Prepared:
    """An office in a state, closed again: the folder that each try begins with."""

    def __init__(self, folder, post):
        self.folder = folder
        with office(folder, post.state) as place:
            # A new password ends the sessions before it.
            give_password(place.app, EVERYTHING)
            self.now, self.token = place.app.clock.now(), signed_in(place.app, EVERYTHING)
            self.values = place.values

    def tried(self, target, address, at):
        """Send the form in a copy of the office; return whether it was killed on the way."""
        shutil.copytree(self.folder, target)
        child = CHILDREN.Process(
            target=post_until,
            args=(str(target), at, self.now, self.token, self.values, address),
        )
        child.start()
        child.join()
        if child.exitcode not in {0, -signal.SIGKILL}:
            message = f"{address}: the form ended with {child.exitcode}"
            raise RuntimeError(message)
        return child.exitcode != 0


def kill_everywhere(prepared, address, *, stride):
    """Kill the form at every moment; return how often, and what was found half done."""
    post = forms()[address]
    with tempfile.TemporaryDirectory() as folder:
        before = state_of(prepared, _copied(prepared, Path(folder) / "before"))
        ends = []
        for name in ("one", "two"):
            prepared.tried(Path(folder) / name, address, 0)
            ends.append(state_of(prepared, Path(folder) / name))
        volatile = _differing(*ends)
        before, after = _without(before, volatile), _without(ends[0], volatile)
        found = [] if before != after or post.is_idle else ["the form changes nothing"]
        killed, at = 0, random.randint(1, stride)
        while at < MOST:
            target = Path(folder) / str(at)
            if not prepared.tried(target, address, at):
                break
            killed += 1
            now = _without(state_of(prepared, target), volatile)
            if not _is_allowed(now, before, after, in_steps=bool(post.steps)):
                found.append(f"killed at {at}: {_said(now, before, after)}")
            shutil.rmtree(target)
            at += stride
    return killed, found


def state_of(prepared, folder):
    """Return every row of the ledger by table and column, and the files of the campaigns."""
    with App(folder, clock=SimulatedClock(prepared.now)) as app:
        # A campaign whose folder was not written yet is known to the ledger alone.
        for slug in {*app.campaigns.names(), *_known_to(app.ledger)}:
            try:
                app.revisions.open_campaign(slug)
            except MailerError as error:
                return {"opening": str(error)}
        engine = app.ledger.contacts._database.engine
        metadata = MetaData()
        metadata.reflect(engine)
        with engine.connect() as connection:
            found = {
                table.name: [
                    {
                        name: repr(value)
                        for name, value in row._mapping.items()
                        if table.name != "job" or name in _OF_A_JOB
                    }
                    for row in connection.execute(select(table))
                ]
                for table in metadata.sorted_tables
                if table.name not in _NOT_COMPARED
            }
    found["files"] = [
        {"path": name, "content": repr(content)}
        for name, content in files_in(folder / "campaigns").items()
    ]
    return found


def _known_to(ledger):
    with ledger.contacts._database.engine.connect() as connection:
        return connection.scalars(select(revision.c.campaign).distinct()).all()


def _copied(prepared, target):
    shutil.copytree(prepared.folder, target)
    return target


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
