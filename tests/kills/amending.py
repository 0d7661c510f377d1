"""A campaign that is corrected, moved and called off, with a kill in each act and in each sending.

The act and the service run as processes of their own, also at one time. After each round the
ledger is opened again, and at the end it is held against what the peer has taken.
"""

import os
import random
import signal
import threading
from datetime import UTC, datetime

from sqlalchemy import Engine, event

from mailer.clock import WallClock
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import DeliveryStatus as Status
from mailer.model.mailings.mailing import MailingState
from mailer.operations.people.accreditations import Ruling, register_accreditation
from tests.counterparts.builders import ACTOR, a_contact
from tests.counterparts.gathering import LISTS, SLUG, Gathering, faults
from tests.kills.peers import START, Aim, Sender

PEOPLE = 120
ROUNDS = 5
KILLED = -signal.SIGKILL
MOST_STATEMENTS = 45
"""An act of about thirty statements is killed at one of these, or not at all."""
STATES = (AccreditationState.ACCEPTED, AccreditationState.ACCEPTED, AccreditationState.DECLINED)
TOLD = (*[AmendmentKind.CORRECTION] * 3, AmendmentKind.MOVE)


def amend_and_kill(url, kind, *, seed):
    """Plays a campaign of a few rounds; returns the kills, and how many amendments were launched."""
    chance = random.Random(seed)
    peer = kind(chance.choice(kind.depths))
    ledger = open_ledger(url)
    leaves_at = datetime.now(UTC).replace(microsecond=0)
    keys = [f"reader{number}@press.example" for number in range(PEOPLE)]
    people = [a_contact(key, lists=frozenset(LISTS), language="fr") for key in keys]
    ledger.contacts.save(people, at=leaves_at, actor=ACTOR)
    mailings = Gathering(ledger, WallClock(), leaves_at=leaves_at).mailings()
    assert ledger.mailings.launch(mailings, actor=ACTOR, at=leaves_at)
    told, ends = f"seed {seed}, depth {peer.depth}", []
    with peer.running():
        for round_ in range(ROUNDS):
            is_last = round_ == ROUNDS - 1 and chance.random() < 0.5
            what = AmendmentKind.CANCELLATION if is_last else chance.choice(TOLD)
            _answer(ledger, chance, keys)
            ends += _serve_and_amend(peer, url, chance, leaves_at, what, note=f"{round_}")
            _resume_all(ledger)
        if is_last:
            clerk = Sender()
            for _time in range(2):
                assert clerk.run(amend, url, leaves_at, AmendmentKind.CANCELLATION, "x", 0) == 0
        while True:
            assert peer.serve(url) == 0, told
            if not _resume_all(ledger):
                break
    launched = [each for each in ledger.amendments.of_campaign(SLUG) if each.launched_at]
    cancelled = [each for each in launched if each.kind is AmendmentKind.CANCELLATION]
    assert len(cancelled) == is_last, told
    _judge(ledger, keys, peer.received, told)
    ledger.close()
    return ends.count(KILLED), len(launched)


def amend(url, leaves_at, kind, note, kill_at):
    """The act, as a process: it dies at that statement or commit, or never (0)."""
    passed = 0

    def passes(*_words):
        nonlocal passed
        passed += 1
        if passed == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", passes)
    event.listen(Engine, "commit", passes)
    ledger = open_ledger(url)
    Gathering(ledger, WallClock(), leaves_at=leaves_at).amend(kind, note)
    ledger.close()


def _serve_and_amend(peer, url, chance, leaves_at, kind, *, note):
    """The service and the act, one beside the other or one after the other."""
    share = max(PEOPLE // peer.at_once // 4, 2)
    aim = chance.choice(
        (
            Aim(chance.choice(peer.points), chance.randint(1, share)),
            Aim(peer.counted, chance.randint(1, share), chance.uniform(0, 0.01)),
            Aim(START, delay_s=chance.uniform(0, 0.5)),
        )
    )
    kill_at, ends = chance.choice((0, chance.randint(1, MOST_STATEMENTS))), []

    def act():
        ends.append(Sender().run(amend, url, leaves_at, kind, note, kill_at))

    clerk = threading.Thread(target=act)
    is_beside = chance.random() < 0.7
    if is_beside:
        clerk.start()
    ends.append(peer.serve(url, aim))
    if not is_beside:
        clerk.start()
    clerk.join()
    assert set(ends) <= {0, KILLED}, ends
    return ends


def _answer(ledger, chance, keys):
    for key in chance.sample(keys, 12):
        register_accreditation(
            SLUG,
            a_contact(key).address,
            ruling=Ruling(chance.choice(STATES)),
            actor=ACTOR,
            ledger=ledger,
            now=datetime.now(UTC),
        )


def _resume_all(ledger):
    """Let what the program paused go on, as a person would who knows of our kills."""
    now = datetime.now(UTC)
    return [
        each
        for each in ledger.mailings.summaries(SLUG)
        if each.state is MailingState.PAUSED
        and ledger.mailings.change_state(
            each.id, to=MailingState.ACTIVE, actor=ACTOR, why="the kills are ours", at=now
        )
    ]


def _judge(ledger, keys, received, told):
    rows = [
        row
        for mailing in ledger.mailings.all(SLUG)
        for row in ledger.deliveries.of_mailing(mailing.id)
    ]
    assert set(received.values()) <= {1}, told
    assert set(received) <= {row.id for row in rows}, told
    for row in rows:
        if row.status is Status.ACCEPTED:
            assert received[row.id] == 1, f"{row.id}, {told}"
        elif row.status is not Status.UNCERTAIN:
            assert received[row.id] == 0, f"{row.id} is {row.status}, {told}"
    wrong = list(faults(ledger, keys=keys, took=lambda each: received[each] > 0))
    assert not wrong, f"{told}: {wrong}"
    _each_answer_is_told(ledger, rows, told)


def _each_answer_is_told(ledger, rows, told):
    """Who is accepted at the end knows it, unless the event was called off."""
    steps = [each for each in ledger.mailings.all(SLUG) if each.rule.on]
    if not any(each.state is MailingState.ACTIVE for each in steps):
        return
    ids = {each.id for each in steps}
    known = {
        (row.address.key, row.answer)
        for row in rows
        if row.mailing_id in ids and row.status is not Status.CANCELLED
    }
    for entry in ledger.accreditations.of_campaign(SLUG):
        if entry.state is AccreditationState.ACCEPTED:
            assert (entry.address.key, entry.answer) in known, f"{entry.address}, {told}"
