"""Acts killed before their line, after it, and at any instant: never one without the other.

`python -m tests.kills.journal --kills 200`, over both databases.
"""

import argparse
import multiprocessing
import os
import random
import signal
import time
from threading import Timer

from sqlalchemy import event

from mailer.ledger import open_ledger
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.mailings.mailing import MailingId, SignOff
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact, a_mailing
from tests.counterparts.postgres import MISSING, postgres_server
from tests.kills.databases import ledger_on

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["mailer.ledger", "tests.counterparts.builders"])

POINTS = ("before the line", "before the commit", "at any instant")
_SLOWEST_ACT_S = 0.05


def _address(number):
    return Address.parse(f"ada{number}@press.example")


def _forget(ledger, number):
    ledger.erasure.forget(_address(number), actor=ACTOR, why="asked", at=NOON)


def _launch(ledger, number):
    mailing = a_mailing(id=MailingId(f"m{number}"), campaign=f"meeting-{number}")
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)


ACTS = {
    "suppress": lambda ledger, number: ledger.suppressions.add(
        a_bar(f"bea{number}@press.example"), actor=ACTOR
    ),
    "lift": lambda ledger, number: ledger.suppressions.lift(
        _address(number), scope="", actor=ACTOR, why="asked", at=NOON
    ),
    "forget": _forget,
    "remove": lambda ledger, number: ledger.contacts.remove(
        a_contact(str(_address(number))), actor=ACTOR, at=NOON
    ),
    "launch": _launch,
    "sign": lambda ledger, number: ledger.mailings.sign(
        SignOff(f"meeting-{number}", "f", "Ada", NOON), actor=ACTOR
    ),
    "accredit": lambda ledger, number: ledger.accreditations.save(
        Accreditation("meeting", _address(number), AccreditationState.ASKED, NOON), actor=ACTOR
    ),
}


def kill_acts(url, *, kills, seed):
    """Kill `kills` acts, and check after each that act and line are both there or neither.

    Returns how many acts were there with their lines.
    """
    chance, done = random.Random(seed), 0
    ledger = open_ledger(url)
    for number in range(kills):
        name, point = chance.choice(list(ACTS)), POINTS[number % len(POINTS)]
        told = f"kill {number} of seed {seed}: {name}, {point}"
        ledger.contacts.save([a_contact(str(_address(number)))], actor=ACTOR, at=NOON)
        ledger.suppressions.add(a_bar(str(_address(number))), actor=ACTOR)
        before, lines = _all_but_the_journal(ledger), len(ledger.journal.entries())
        ended = _in_child(url, name, number, point, chance.uniform(0, _SLOWEST_ACT_S))
        is_done = _all_but_the_journal(ledger) != before
        assert is_done == (len(ledger.journal.entries()) > lines), told
        assert ended == -signal.SIGKILL or point == POINTS[2], told
        assert not is_done or point == POINTS[2], told
        done += is_done
    assert ledger.journal.verify().broken is None, f"seed {seed}"
    ledger.close()
    return done


def _all_but_the_journal(ledger):
    with ledger._database.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in metadata.sorted_tables
            if table is not tables.journal
        }


def _in_child(url, *what):
    process = _PROCESSES.Process(target=_act, args=(url, *what))
    process.start()
    process.join()
    return process.exitcode


def _act(url, name, number, point, delay_s):
    ledger = open_ledger(url)
    engine = ledger._database.engine

    def executed(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO journal"):
            _die()

    if point == POINTS[0]:
        event.listen(engine, "before_cursor_execute", executed)
    elif point == POINTS[1]:
        event.listen(engine, "after_cursor_execute", executed)
    else:
        Timer(delay_s, _die).start()
    ACTS[name](ledger, number)
    ledger.close()


def _die():
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills.journal")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked, begun = parser.parse_args(), time.monotonic()
    with postgres_server() as server:
        databases = ["sqlite", "postgresql"] if server else ["sqlite"]
        if not server:
            print(MISSING)
        for database in databases:
            with ledger_on(database, server) as url:
                done = kill_acts(url, kills=asked.kills // len(databases), seed=asked.seed)
            print(
                f"{database} seed {asked.seed}: {done} acts were done before the kill", flush=True
            )
    took_s = time.monotonic() - begun
    print(f"{asked.kills} kills in {took_s:.0f} s: never an act without its line, nor the reverse")


if __name__ == "__main__":
    main()
