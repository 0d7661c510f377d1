"""Deliver, with a real ledger (both databases) and a real SMTP server."""

import sqlite3
import threading
import time
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest

from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import BackendMisconfigured, BackendUnavailable, ContentError, LedgerError
from mailer.ledger import open_ledger
from mailer.model.address import Address
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.model.team.actor import Via
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.file.sending import FileBackend, FileSettings
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from mailer.wording import from_note
from tests.counterparts.altered import AlteredLedger, AlteredPart
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_delivery,
    a_mailing,
    a_message,
    after,
    started,
    statuses,
)
from tests.counterparts.scripted_smtp import DROP, TAKE_AND_DROP, Rule, ScriptedServer
from tests.counterparts.waiting import wait_until


def smtp(server, **settings):
    timeouts = {"connect_timeout_s": 60, "command_timeout_s": 60, "dot_timeout_s": 60}
    return SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none", **timeouts | settings))


def compose(mailing, delivery):
    return a_message(delivery, mailing=mailing)


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def deliver(ledger, clock):
    """Runs one chunk; `backend` and anything else as wanted."""

    def deliver(backend, *, message_for=compose, worker="w", **options):
        return run_chunk(
            ledger=ledger,
            backend=backend,
            message_for=message_for,
            clock=clock,
            worker=worker,
            **options,
        )

    return deliver


def test_with_nothing_to_do_no_line_is_opened(deliver):
    with ScriptedServer() as server:
        assert not deliver(smtp(server))

    assert server.connections == 0


@pytest.mark.parametrize("depth", [1, 4])
def test_everybody_is_written_to_once(ledger, clock, deliver, depth):
    mailing, deliveries = started(ledger, count=60)
    with ScriptedServer(extensions=("PIPELINING",)) as server:
        backend = smtp(server, depth=depth)
        chunks = ThreadEngine(3).drain(lambda: deliver(backend))

    assert chunks == 3
    assert server.received == {delivery.id: 1 for delivery in deliveries}
    assert all(len(taken.rcpts) == 1 for taken in server.taken)
    assert ledger.mailings.finish(clock.now()) == [mailing.id]
    delivered = list(ledger.deliveries.of_mailing(mailing.id))
    assert {delivery.status for delivery in delivered} == {DeliveryStatus.ACCEPTED}
    assert all(delivery.reply.startswith("250 2.0.0 Ok: queued as Q") for delivery in delivered)


def test_each_message_is_sending_in_the_ledger_before_its_first_byte(ledger, deliver):
    mailing, _ = started(ledger, count=4)
    seen = []

    class Watching(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "MAIL":
                (sending,) = [
                    d for d in ledger.deliveries.of_mailing(mailing.id) if d.status == "sending"
                ]
                seen.append(sending.id in words)
            return super().action_at(phase, words)

    with Watching() as server:
        deliver(smtp(server))

    assert seen == [True] * 4


def test_files_are_written_the_same_way(ledger, clock, deliver, tmp_path):
    mailing, _ = started(ledger, count=3)

    assert deliver(FileBackend(FileSettings(tmp_path / "out")))

    assert len(list((tmp_path / "out").glob("*.eml"))) == 3
    assert statuses(ledger, mailing) == ["accepted"] * 3


def test_a_greylisted_message_goes_at_the_second_try(ledger, clock, deliver):
    mailing, _ = started(ledger, count=2)
    rules = [Rule("RCPT", "451 4.7.1 Greylisted", of="reader0@", times=1)]
    with ScriptedServer(rules) as server:
        assert deliver(smtp(server))
        assert statuses(ledger, mailing) == ["deferred", "accepted"]
        assert not deliver(smtp(server))
        clock.wait_until(ledger.mailings.next_due_at())
        assert deliver(smtp(server))

    assert statuses(ledger, mailing) == ["accepted"] * 2
    assert set(server.received.values()) == {1}
    assert timedelta(minutes=4) <= clock.now() - NOON <= timedelta(minutes=6)


def test_a_message_that_is_always_deferred_is_given_up_within_a_day(ledger, clock, deliver):
    mailing, _ = started(ledger, count=1)
    with ScriptedServer([Rule("RCPT", "450 4.2.1 Mailbox busy")]) as server:
        while (due_at := ledger.mailings.next_due_at()) is not None:
            clock.wait_until(due_at)
            deliver(smtp(server))

    (delivery,) = ledger.deliveries.of_mailing(mailing.id)
    assert delivery.status is DeliveryStatus.REJECTED
    assert delivery.reply == "450 4.2.1 Mailbox busy"
    assert delivery.given_up_after == delivery.attempt
    assert 6 <= delivery.attempt <= 12
    assert clock.now() < after(hours=24)


def test_a_refused_recipient_does_not_keep_the_others_waiting(ledger, deliver):
    mailing, _ = started(ledger, count=3)
    with ScriptedServer([Rule("RCPT", "550 5.1.1 No such user", of="reader1@")]) as server:
        deliver(smtp(server))

    assert statuses(ledger, mailing) == ["accepted", "rejected", "accepted"]


def test_a_relay_out_of_reach_holds_the_mailing_for_a_minute(ledger, clock, deliver):
    mailing, _ = started(ledger, count=60)
    with ScriptedServer() as server:
        pass

    with pytest.raises(BackendUnavailable):
        deliver(smtp(server))

    assert statuses(ledger, mailing) == ["pending"] * 60
    assert ledger.mailings.next_due_at() == after(seconds=60)
    assert not deliver(smtp(server))


@pytest.mark.parametrize("depth", [1, 3])
def test_a_relay_that_goes_away_in_mid_send_leaves_one_doubt_at_most(ledger, clock, deliver, depth):
    mailing, _ = started(ledger, count=10)
    rules = [
        Rule("dot", TAKE_AND_DROP, after=3, times=1),
        Rule("connect", DROP, after=1, times=1),
    ]
    with ScriptedServer(rules, ("PIPELINING",)) as server:
        with suppress(BackendUnavailable):
            deliver(smtp(server, depth=depth))
        broken = statuses(ledger, mailing)
        while (due_at := ledger.mailings.next_due_at()) is not None:
            clock.wait_until(due_at)
            with suppress(BackendUnavailable):
                deliver(smtp(server, depth=depth))

    assert broken[:4] == ["accepted", "accepted", "accepted", "uncertain"]
    assert set(broken[4:]) <= {"pending", "deferred"}
    assert statuses(ledger, mailing).count("accepted") == 9
    assert set(server.received.values()) == {1}


def test_a_refused_sender_pauses_the_mailing_and_fails_nobody(ledger, deliver):
    mailing, _ = started(ledger, count=3)
    denied = [Rule("MAIL", "550 5.7.1 Sender denied")]
    with ScriptedServer(denied) as server, pytest.raises(BackendMisconfigured):
        deliver(smtp(server))

    assert statuses(ledger, mailing) == ["deferred", "pending", "pending"]
    paused = ledger.mailings.get(mailing.id)
    assert paused.state is MailingState.PAUSED
    assert "Sender denied" in paused.note
    assert server.passed["MAIL"] == 1


def test_a_pause_takes_effect_at_the_next_message_and_resuming_completes(ledger, clock, deliver):
    mailing, _ = started(ledger, count=20)

    class Pausing(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "dot" and len(self.taken) == 4:
                assert ledger.mailings.change_state(
                    mailing.id, to=MailingState.PAUSED, actor=ACTOR, why="", at=clock.now()
                )
            return super().action_at(phase, words)

    with Pausing() as server:
        deliver(smtp(server))
        assert len(server.taken) == 5
        assert statuses(ledger, mailing) == ["accepted"] * 5 + ["pending"] * 15
        assert not deliver(smtp(server))
        ledger.mailings.change_state(
            mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="", at=clock.now()
        )
        deliver(smtp(server))

    assert statuses(ledger, mailing) == ["accepted"] * 20
    assert set(server.received.values()) == {1}


def test_an_opt_out_in_mid_send_is_obeyed(ledger, deliver):
    mailing, deliveries = started(ledger, count=5)

    class OptingOut(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "dot" and not self.taken:
                ledger.suppressions.add(a_bar(str(deliveries[3].address)), actor=ACTOR)
            return super().action_at(phase, words)

    with OptingOut() as server:
        deliver(smtp(server))

    assert statuses(ledger, mailing) == ["accepted"] * 3 + ["suppressed", "accepted"]
    assert len(server.taken) == 4


def test_an_orderly_stop_ends_the_message_in_hand_and_gives_the_rest_back(ledger, deliver):
    mailing, _ = started(ledger, count=10)
    with ScriptedServer(extensions=("PIPELINING",)) as server:
        deliver(smtp(server, depth=2), stopping=lambda: len(server.taken) >= 3)
        stopped = statuses(ledger, mailing)
        deliver(smtp(server))

    assert set(stopped) == {"accepted", "pending"}
    assert 3 <= stopped.count("accepted") <= 4
    assert statuses(ledger, mailing) == ["accepted"] * 10


def test_a_message_that_cannot_be_composed_leaves_nobody_in_doubt(ledger, clock, deliver):
    mailing, deliveries = started(ledger, count=4)

    def broken(mailing, delivery):
        if delivery.id == deliveries[2].id:
            raise ContentError
        return compose(mailing, delivery)

    with ScriptedServer() as server, pytest.raises(ContentError):
        deliver(smtp(server), message_for=broken)

    assert statuses(ledger, mailing) == ["accepted", "accepted", "pending", "pending"]
    assert ledger.mailings.get(mailing.id).state is MailingState.PAUSED
    ledger.mailings.change_state(
        mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="corrected", at=clock.now()
    )
    assert ledger.sending.claim(worker="w2", now=clock.now()) is not None


def test_a_list_of_which_too_many_are_refused_is_not_burnt(ledger, deliver):
    mailing, _ = started(ledger, count=25)
    unknown = [Rule("RCPT", "550 5.1.1 No such user", after=5)]
    with ScriptedServer(unknown, ("PIPELINING",)) as server:
        deliver(smtp(server, depth=4))

    paused = ledger.mailings.get(mailing.id)
    assert paused.state is MailingState.PAUSED
    assert str(from_note(paused.note)).startswith(
        "10 of 15 recipients refused; the last answer: 550 5.1.1 No such user"
    )
    assert statuses(ledger, mailing).count("accepted") == 5
    # With one message under way behind it when the tenth was refused.
    assert 10 <= statuses(ledger, mailing).count("rejected") <= 11
    assert set(statuses(ledger, mailing)[16:]) <= {"deferred", "pending"}


def test_a_content_that_is_refused_three_times_in_a_row_pauses_the_mailing(ledger, deliver):
    mailing, _ = started(ledger, count=10)
    with ScriptedServer([Rule("dot", "554 5.7.1 Message looks like spam", after=1)]) as server:
        deliver(smtp(server))

    # Nobody is marked: what is refused to everybody is about the message.
    assert statuses(ledger, mailing) == ["accepted"] + ["deferred"] * 3 + ["pending"] * 6
    assert "the content is refused: 554 5.7.1" in str(
        from_note(ledger.mailings.get(mailing.id).note)
    )
    last = ledger.journal.entries()[-1]
    assert (last.name, last.via, last.action) == ("mailer", Via.PROGRAM, "paused")


class Counting(AlteredPart):
    """Counts how often a worker renews its lease."""

    name = "sending"
    renewals = 0

    def renew(self, claim, *, now):
        renewed = self._part.renew(claim, now=now)
        self.renewals += 1
        return renewed


LEASE_S = 3.0
RENEWALS_IN_A_LEASE = 4


def test_a_worker_that_waits_long_for_an_answer_keeps_its_lease(ledger_url):
    from mailer.clock import WallClock
    from mailer.ledger import open_ledger

    ledger = open_ledger(ledger_url, lease_s=LEASE_S)
    counting = Counting(ledger.sending)
    clock = WallClock()
    mailing, _ = started(ledger, count=2, expires_at=clock.now() + timedelta(days=1))
    stolen = []

    class Slow(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "dot" and not self.taken:
                wait_until(
                    lambda: counting.renewals > RENEWALS_IN_A_LEASE or self._closing.is_set()
                )
                stolen.append(ledger.sending.claim(worker="thief", now=clock.now()))
            return super().action_at(phase, words)

    with Slow() as server:
        run_chunk(
            ledger=AlteredLedger(ledger, counting),
            backend=smtp(server),
            message_for=compose,
            clock=clock,
            worker="w",
        )

    assert stolen == [None]
    assert statuses(ledger, mailing) == ["accepted"] * 2
    ledger.close()


class Freezing(AlteredPart):
    """The sending protocol of a worker that stands still for longer than its lease, right
    after the claim.
    """

    name = "sending"

    def __init__(self, ledger, clock):
        super().__init__(ledger.sending)
        self._clock, self.renewed_at_s, self.renewed_twice = clock, [], threading.Event()

    def claim(self, **words):
        claim = self._part.claim(**words)
        self._clock.wait_until(after(minutes=5))
        return claim

    def renew(self, claim, *, now):
        self.renewed_at_s.append(time.monotonic())
        if len(self.renewed_at_s) == 2:
            self.renewed_twice.set()
        return self._part.renew(claim, now=now)


def test_a_worker_that_froze_after_its_claim_does_not_renew_without_a_pause(
    ledger, clock, tmp_path
):
    started(ledger, count=1)
    freezing = Freezing(ledger, clock)

    def when_renewed_twice(mailing, delivery):
        assert freezing.renewed_twice.wait(60)
        return a_message(delivery, mailing=mailing)

    run_chunk(
        ledger=AlteredLedger(ledger, freezing),
        backend=FileBackend(FileSettings(tmp_path)),
        message_for=when_renewed_twice,
        clock=clock,
        worker="w",
    )

    # A lower bound: a busy machine only makes the pauses longer.
    assert all(later - sooner > 0.05 for sooner, later in pairwise(freezing.renewed_at_s))


def until_idle(ledger, clock, deliver, backend, **options):
    while (due_at := ledger.mailings.next_due_at()) is not None:
        clock.wait_until(due_at)
        deliver(backend, **options)


@pytest.mark.parametrize("depth", [1, 4])
def test_no_more_leave_in_a_minute_than_the_pace_allows(ledger, clock, deliver, depth):
    mailing, _ = started(ledger, count=30)
    left_at = []

    class Timing(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "MAIL":
                left_at.append(clock.now())
            return super().action_at(phase, words)

    with Timing(extensions=("PIPELINING",)) as server:
        until_idle(
            ledger, clock, deliver, smtp(server, depth=depth), rate_policy=RatePolicy(per_minute=6)
        )

    assert statuses(ledger, mailing) == ["accepted"] * 30
    assert left_at[-1] - left_at[0] == timedelta(seconds=290)


def test_one_provider_s_limit_does_not_hold_the_others(ledger, clock, deliver):
    mailing = a_mailing()
    domains = ["orange.fr", "wanadoo.fr", "quotidien.example", "orange.fr", "radio.example"]
    deliveries = [
        a_delivery(number, mailing=mailing, address=Address(f"r{number}", domain))
        for number, domain in enumerate(domains)
    ]
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)
    pace = RatePolicy(per_domain_per_minute=1)

    with ScriptedServer() as server:
        deliver(smtp(server), rate_policy=pace)
        first_round = statuses(ledger, mailing)
        until_idle(ledger, clock, deliver, smtp(server), rate_policy=pace)

    assert first_round == ["accepted", "pending", "accepted", "pending", "accepted"]
    assert statuses(ledger, mailing) == ["accepted"] * 5
    assert clock.now() == after(minutes=2)


def test_a_provider_that_asks_for_patience_gets_it_and_the_others_go_on(ledger, clock, deliver):
    mailing = a_mailing()
    domains = ["orange.fr", "wanadoo.fr", "orange.fr", "quotidien.example", "orange.fr"]
    deliveries = [
        a_delivery(number, mailing=mailing, address=Address(f"r{number}", domain))
        for number, domain in enumerate(domains)
    ]
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)
    patience = "450 4.7.1 host mx.orange.example said: slow down"
    rules = [Rule("RCPT", patience, of=f"r{number}@", times=1) for number in range(3)]

    with ScriptedServer(rules) as server:
        deliver(smtp(server))
        first_round = statuses(ledger, mailing)
        slowed = ledger.rate_limits.slowed(now=clock.now())
        until_idle(ledger, clock, deliver, smtp(server))

    assert first_round == ["deferred"] * 3 + ["accepted"] * 2
    assert slowed == {"domain:orange"}
    assert statuses(ledger, mailing) == ["accepted"] * 5


def test_a_ledger_that_is_held_while_a_provider_asks_for_patience_leaves_nobody_in_doubt(
    tmp_path, clock
):
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}", patience_s=0.2)
    mailing, _ = started(ledger, count=3)
    somebody_else = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    class Holding(ScriptedServer):
        """Has the ledger held by somebody else before it asks for patience."""

        def action_at(self, phase, words):
            if phase == "RCPT" and "reader0@" in words:
                somebody_else.execute("BEGIN IMMEDIATE")
                return "450 4.7.28 Too many messages from you"
            return super().action_at(phase, words)

    with Holding(extensions=("PIPELINING", "CHUNKING")) as server:
        backend = smtp(server, depth=3)
        with pytest.raises(LedgerError):
            run_chunk(ledger=ledger, backend=backend, message_for=compose, clock=clock, worker="w")
    somebody_else.execute("ROLLBACK")
    somebody_else.close()
    ledger.close()  # writes what it could not

    again = open_ledger(f"sqlite:///{path}")
    assert sorted(statuses(again, mailing)) == ["accepted", "accepted", "deferred"]
    again.close()
