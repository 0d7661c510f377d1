"""The brake on uncertainty: what nobody knows is bounded, whatever the provider or the machine does."""

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest

from mailer.cli.terminal.results import print_uncertain
from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import BackendUnavailable, MailerError
from mailer.ledger.storage.errors import disk_full
from mailer.model.mailings.delivery import Accepted, Deferred, Rejected, Stage, Uncertain
from mailer.model.mailings.mailing import MailingState
from mailer.operations.sending.serve import run_tick
from mailer.wording import _, as_note
from tests.counterparts.altered import AlteredLedger, AlteredPart
from tests.counterparts.builders import ACTOR, NOON, a_message, after, started, statuses
from tests.counterparts.scripted_backend import ScriptedBackend
from tests.counterparts.sendgrid_sending import backend as sendgrid
from tests.counterparts.sendgrid_sending import simulator
from tests.sendgrid_simulator import Fault

STORM = Uncertain("503 Service Unavailable")


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def tick(ledger, clock):
    """One tick of a service over a backend; its error, if any, is told and the next tick comes."""

    def tick(backend, *, workers=1, worker="w", ledger=ledger):
        with suppress(MailerError):
            return run_tick(
                ledger=ledger,
                backend=backend,
                engine=ThreadEngine(workers),
                clock=clock,
                message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
                worker=worker,
            )
        return None

    return tick


class Storm(ScriptedBackend):
    """Takes `depth` messages a request, answers none of them for certain, and is unavailable."""

    def __init__(self, *, depth=4):
        super().__init__(lambda _number, _message: STORM, depth=depth)
        self.requests, self._lock = [], threading.Lock()

    def deliver(self, messages):
        batch = [message.delivery_id for message in _first(messages, self.depth)]
        with self._lock:
            self.requests.append(len(batch))
        yield from ((delivery_id, STORM) for delivery_id in batch)
        raise BackendUnavailable


def _first(messages, count):
    for number, message in enumerate(messages, start=1):
        yield message
        if number == count:
            return


def state_of(ledger, mailing):
    return ledger.mailings.get(mailing.id).state


def resume(ledger, mailing, clock):
    assert ledger.mailings.change_state(
        mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="well again", at=clock.now()
    )


def until_nothing_is_due(ledger, clock, tick, backend, **options):
    for _round in range(1_000):
        if (due_at := ledger.mailings.next_due_at()) is None:
            return
        clock.wait_until(due_at)
        tick(backend, **options)
    raise AssertionError


class FullAtTheBrake(AlteredPart):
    """The sending protocol, on a disk that is full when the brake of a probe is to be written."""

    name = "sending"

    def settle(self, claim, delivery_id, outcome, *, now):
        self._part.settle(claim, delivery_id, outcome, now=now)
        self._part.mark(claim, (), now=now)  # answered once all before it is written

    def brake(self, claim):
        if claim.is_probe:
            raise disk_full("ledger.db")
        return self._part.brake(claim)


def test_a_doubtful_probe_whose_brake_could_not_be_written_still_pauses_the_mailing(
    ledger, clock, tick
):
    mailing, _ = started(ledger, count=20)
    storm, full = Storm(depth=1), AlteredLedger(ledger, FullAtTheBrake(ledger.sending))
    tick(storm)
    clock.wait_until(ledger.mailings.next_due_at())
    tick(storm, ledger=full)

    until_nothing_is_due(ledger, clock, tick, storm)

    assert storm.requests == [1, 1]
    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert Counter(statuses(ledger, mailing)) == {"pending": 18, "uncertain": 2}


@pytest.mark.parametrize("workers", [1, 4])
def test_in_a_storm_one_person_is_tried_after_a_minute_and_then_the_mailing_pauses(
    ledger, clock, tick, workers
):
    mailing, _ = started(ledger, count=2_000)
    storm = Storm()

    until_nothing_is_due(ledger, clock, tick, storm, workers=workers)

    assert len(storm.requests) <= workers + 1
    assert (max(storm.requests), storm.requests[-1]) == (4, 1)
    # With several workers the lease of one may end first, and its chunk is the one to be tried.
    assert clock.now() == after(minutes=1) or workers > 1
    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert "two requests in a row got no certain answer" in ledger.mailings.get(mailing.id).note
    assert statuses(ledger, mailing).count("uncertain") <= 4 * workers + 1


@pytest.mark.parametrize("mailings", [5, 20])
def test_in_a_storm_over_many_mailings_each_tries_one_person_after_the_first_requests(
    ledger, clock, tick, mailings
):
    workers, depth = 4, 20
    launched = [started(ledger, count=30, campaign=f"c{n}")[0] for n in range(mailings)]
    storm = Storm(depth=depth)

    until_nothing_is_due(ledger, clock, partial(tick, workers=workers), storm)

    in_doubt = sum(statuses(ledger, each).count("uncertain") for each in launched)
    assert in_doubt == sum(storm.requests) <= workers * depth + mailings
    assert {state_of(ledger, each) for each in launched} == {MailingState.PAUSED}


def test_after_a_pause_for_uncertainty_the_first_request_is_for_one_person_again(
    ledger, clock, tick
):
    mailing, _ = started(ledger, count=100)
    until_nothing_is_due(ledger, clock, tick, Storm())
    storm = Storm()
    resume(ledger, mailing, clock)

    until_nothing_is_due(ledger, clock, tick, storm)

    assert storm.requests == [1]
    assert state_of(ledger, mailing) is MailingState.PAUSED


def test_once_the_person_who_is_tried_has_an_answer_everybody_is_served(ledger, clock, tick):
    mailing, _ = started(ledger, count=50)
    tick(Storm(depth=3))
    well = ScriptedBackend(depth=8)

    until_nothing_is_due(ledger, clock, tick, well, workers=3)

    assert statuses(ledger, mailing).count("accepted") == 47
    assert statuses(ledger, mailing).count("uncertain") == 3


@pytest.mark.parametrize(
    "answer",
    [Accepted("250 ok"), Rejected("550 5.1.1 unknown", Stage.RECIPIENT), Deferred("451 later")],
    ids=lambda answer: type(answer).__name__,
)
def test_any_certain_answer_ends_the_probing(ledger, clock, tick, answer):
    started(ledger, count=20)
    tick(Storm(depth=1))
    clock.wait_until(after(minutes=1))
    answers = ScriptedBackend(lambda number, _message: Accepted("250 ok") if number else answer)

    tick(answers)

    assert len(answers.taken) == 19


class Unreachable(ScriptedBackend):
    def connect(self):
        raise BackendUnavailable


def test_a_provider_that_stays_away_while_it_is_probed_is_asked_less_and_less_often(
    ledger, clock, tick
):
    mailing, _ = started(ledger, count=20)
    tick(Storm(depth=1))

    waits_s = []
    for _round in range(8):
        due_at = ledger.mailings.next_due_at()
        waits_s.append((due_at - clock.now()).total_seconds())
        clock.wait_until(due_at)
        tick(Unreachable())

    assert waits_s == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert state_of(ledger, mailing) is MailingState.ACTIVE
    assert statuses(ledger, mailing).count("uncertain") == 1


def test_a_provider_that_asks_a_probe_to_wait_longer_is_waited_for(ledger, clock, tick):
    class Busy(ScriptedBackend):
        def connect(self):
            raise BackendUnavailable(retry_after_s=900)

    started(ledger, count=20)
    tick(Storm(depth=1))
    clock.wait_until(ledger.mailings.next_due_at())

    tick(Busy())

    assert ledger.mailings.next_due_at() == clock.now() + timedelta(seconds=900)


def test_a_fault_of_the_program_holds_the_mailing_and_is_not_passed_over(ledger, clock, tick):
    class Broken(ScriptedBackend):
        def connect(self):
            raise ZeroDivisionError

    started(ledger, count=20)

    with pytest.raises(ZeroDivisionError):
        tick(Broken())

    assert ledger.mailings.next_due_at() == after(minutes=1)


def test_a_fault_of_the_program_after_the_mark_is_braked_like_a_storm(ledger, clock, tick):
    class Broken(ScriptedBackend):
        def deliver(self, messages):
            self.taken.append(next(iter(messages)).delivery_id)
            raise ZeroDivisionError
            yield

    mailing, _ = started(ledger, count=50)
    broken = Broken(depth=5)

    for _round in range(50):
        with suppress(ZeroDivisionError):
            tick(broken)
        clock.wait_until(clock.now() + timedelta(minutes=2))

    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert len(broken.taken) == 2
    assert statuses(ledger, mailing).count("uncertain") <= 5 + 1


def test_one_lost_answer_does_not_hold_the_other_mailings(ledger, clock, tick):
    first, _ = started(ledger, count=10)
    second, _ = started(ledger, count=10, step="reminder")

    def answer(number, _message):
        return STORM if number == 0 else Accepted("250 ok")

    tick(ScriptedBackend(answer))

    found = [statuses(ledger, each).count("accepted") for each in (first, second)]
    assert sorted(found) == [0, 10]


def test_a_program_that_dies_again_and_again_leaves_two_requests_uncertain(ledger):
    mailing, _ = started(ledger, count=50)
    now, sent = NOON, []
    for number in range(20):
        claim = ledger.sending.claim(worker=f"w{number}", now=now)
        if claim is None:
            break
        batch = [each.id for each in claim.deliveries][:8]
        sent.append(len(ledger.sending.mark(claim, batch, now=now)))
        now += timedelta(minutes=1)  # it has died; its lease ends

    assert sent == [8, 1]
    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert "the program ended twice in a row" in ledger.mailings.get(mailing.id).note
    assert statuses(ledger, mailing).count("uncertain") == 9


def test_two_workers_that_die_at_once_are_one_crash(ledger):
    mailing, _ = started(ledger, count=1_200)
    for number in range(2):
        claim = ledger.sending.claim(worker=f"w{number}", now=NOON)
        ledger.sending.mark(claim, [claim.deliveries[0].id], now=NOON)

    heir = ledger.sending.claim(worker="heir", now=after(minutes=1))

    assert heir is not None
    assert heir.is_probe
    assert state_of(ledger, mailing) is MailingState.ACTIVE


def test_while_one_person_is_tried_nobody_else_is_claimed(ledger):
    started(ledger, count=1_200)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.brake(claim)
    ledger.sending.release(claim, now=NOON)

    probe = ledger.sending.claim(worker="w", now=NOON)

    assert len(probe.deliveries) == 1
    assert ledger.sending.claim(worker="v", now=NOON) is None


def test_a_storm_of_503_at_sendgrid_leaves_two_requests_uncertain(ledger, clock, tick):
    mailing, _ = started(ledger, count=300)
    with simulator(Fault(status=503, times=None)) as server:
        until_nothing_is_due(ledger, clock, tick, sendgrid(server, batch_size=20), workers=4)

    assert statuses(ledger, mailing).count("uncertain") <= 4 * 20 + 1
    assert state_of(ledger, mailing) is MailingState.PAUSED


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (3, 4), (4, 1), (80, 1)])
def test_the_status_folds_many_uncertain_deliveries_into_one_line(capsys, count, lines):
    deliveries = [(f"d{number}", f"Reader {number}") for number in range(count)]

    print_uncertain("meeting", deliveries, reasons=["503 Service Unavailable"] * count)

    shown = capsys.readouterr().out
    assert shown.count("mailer resolve") == lines
    assert ("503 Service Unavailable" in shown) == (count > 3)


def test_the_status_says_why_many_are_uncertain_in_words(capsys):
    deliveries = [(f"d{number}", f"Reader {number}") for number in range(9)]
    why = as_note(_("restored from the backup {backup}", backup="ledger-1.db"))

    print_uncertain("meeting", deliveries, reasons=[why] * 9)

    shown = capsys.readouterr().out
    assert " ledger-1.db)" in shown
    assert "sentence" not in shown
