"""Nothing stops in silence: what fails is recorded, told once and tried again."""

import errno
from asyncio import CancelledError
from contextlib import suppress
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from mailer.clock import SimulatedClock, WallClock
from mailer.engine.repeating import run_periodically
from mailer.errors import BackendUnavailable, MailerError, Place, Problem, UnexpectedFailure
from mailer.mailbox import fetch
from mailer.model.feedback.event import EventKind
from mailer.model.feedback.inbox import Filing, InboundMail
from mailer.model.mailings.progress import Task
from mailer.operations.alerts.tasks import TaskMonitor
from mailer.operations.alerts.watch import alerts
from mailer.operations.feedback.collect import read_new_mail, read_webhook_posts
from mailer.operations.feedback.record import process_stored_events
from mailer.operations.sending.start import Failed, Guards, Started, start_due
from mailer.receiver.intake import Intake
from mailer.service.service import Service
from mailer.wiring.app import App
from mailer.wording import _
from tests.counterparts.altered import AlteredLedger, AlteredPart
from tests.counterparts.builders import ACTOR, NOON, a_contact, a_mailing, after, an_event
from tests.counterparts.odd_imap import ORDERLY, OddImap
from tests.counterparts.settable_clocks import SettableClocks
from tests.counterparts.waiting import wait_until
from tests.counterparts.workspaces import workspace_with_ledger

GONE = BackendUnavailable(Problem(Place("relay"), _("The relay is gone."), _("Wait.")))
UNFORESEEN = [
    KeyError(b"UIDVALIDITY"),
    MemoryError(),
    RecursionError("maximum recursion depth exceeded"),
    OSError(errno.EMFILE, "Too many open files"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    SystemExit(1),
]


PATIENCE_S = 30.0


def raising(error):
    def work():
        raise error

    return work


@pytest.mark.parametrize("error", UNFORESEEN, ids=lambda error: type(error).__name__)
def test_no_exception_ends_a_thread(error):
    rounds, told, enough = [], [], Event()

    def work():
        rounds.append(1)
        if len(rounds) == 3:
            enough.set()
            return
        raise error

    def failed(found):
        told.append(found)
        raise BrokenPipeError  # the terminal is gone

    with run_periodically(work, name="test", every_s=0.001, failed=failed):
        assert enough.wait()

    assert told[:2] == [error, error]


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def monitor(ledger, clock):
    told = []
    monitor = TaskMonitor(lambda: ledger, clock, told.append)
    return SimpleNamespace(run=monitor.run, told=told)


def shown(ledger, now):
    return [str(alert.what) for alert in alerts(ledger, now=now)]


@pytest.mark.parametrize("error", [*UNFORESEEN, GONE], ids=lambda error: type(error).__name__)
def test_a_task_that_fails_is_in_the_status_until_it_succeeds(ledger, monitor, clock, error):
    assert not monitor.run(Task.MAILBOX, raising(error))

    (what,) = shown(ledger, clock.now())
    assert what.startswith("Reading the mailbox fails since 2017-12-04 12:00: ")
    assert ("The relay is gone" if error is GONE else type(error).__name__) in what

    assert monitor.run(Task.MAILBOX, lambda: None)
    assert shown(ledger, clock.now()) == []


def test_a_failure_is_told_once_and_again_after_a_success(monitor):
    for work in (raising(GONE), raising(GONE), raising(ValueError("x")), raising(ValueError("x"))):
        monitor.run(Task.POSTS, work)
    monitor.run(Task.POSTS, lambda: None)
    monitor.run(Task.POSTS, raising(ValueError("x")))

    assert [type(error) for error in monitor.told] == [
        BackendUnavailable,
        UnexpectedFailure,
        UnexpectedFailure,
    ]


def test_one_failure_is_shown_and_the_second_in_a_row_is_mailed_once_a_day(ledger, monitor, clock):
    monitor.run(Task.MAILBOX, raising(GONE))
    (first,) = alerts(ledger, now=clock.now())
    monitor.run(Task.MAILBOX, raising(GONE))
    (second,) = alerts(ledger, now=clock.now())
    monitor.run(Task.MAILBOX, lambda: None)
    clock.wait_until(after(hours=2))
    monitor.run(Task.MAILBOX, raising(GONE))
    monitor.run(Task.MAILBOX, raising(GONE))
    (again,) = alerts(ledger, now=clock.now())

    assert (first.by_mail, second.by_mail, again.by_mail) == (False, True, True)
    assert first.key == second.key == again.key


def test_a_failure_that_lasts_for_days_is_mailed_once(ledger, monitor, clock):
    keys = set()
    for days in range(3):
        clock.wait_until(after(days=days, minutes=1))
        monitor.run(Task.MAILBOX, raising(GONE))
        monitor.run(Task.MAILBOX, raising(GONE))
        keys |= {alert.key for alert in alerts(ledger, now=clock.now())}

    assert len(keys) == 1


def test_what_stops_several_tasks_for_the_same_reason_is_told_once(ledger, monitor, clock):
    for task in (Task.POSTS, Task.MAILBOX, Task.EVENTS):
        monitor.run(task, raising(GONE))
    (only,) = shown(ledger, clock.now())

    assert "The relay is gone" in only
    assert "Reading the mailbox" in only

    monitor.run(Task.POSTS, raising(KeyError("a")))
    monitor.run(Task.EVENTS, raising(KeyError("a")))
    assert len(shown(ledger, clock.now())) == 3  # what nobody foresaw may have two causes


def test_a_failing_task_does_not_keep_the_disk_awake(ledger, monitor, clock):
    for seconds in range(0, 40, 2):
        clock.wait_until(after(seconds=seconds))
        monitor.run(Task.POSTS, raising(GONE))

    (state,) = ledger.heartbeat.tasks()
    assert (state.failures, state.failing_since) == (2, NOON)


def test_a_task_that_does_nothing_is_noticed_while_the_service_runs(ledger):
    ledger.heartbeat.begin({Task.MAILBOX: 300, Task.NOTICES: 30}, at=NOON)
    for minutes in range(0, 60, 2):
        ledger.heartbeat.record(at=after(minutes=minutes))
        ledger.heartbeat.record(at=after(minutes=minutes), task=Task.NOTICES)

    assert shown(ledger, after(minutes=24)) == []
    (what,) = shown(ledger, after(minutes=59))
    assert (
        what
        == "Reading the mailbox has done nothing since 2017-12-04 12:00, while the service runs"
    )


def test_a_sending_that_hangs_is_noticed_while_the_rest_of_the_service_runs(ledger):
    ledger.mailings.launch([a_mailing(due_at=after(hours=2))], actor=ACTOR, at=NOON)
    ledger.heartbeat.begin({Task.NOTICES: 30}, at=NOON)
    ledger.heartbeat.record(at=NOON)
    for minutes in range(0, 20, 2):
        ledger.heartbeat.record(at=after(minutes=minutes), task=Task.NOTICES)

    assert shown(ledger, after(minutes=14)) == []
    (what,) = shown(ledger, after(minutes=18))
    assert what.startswith("The sending has done nothing since 2017-12-04 12:00")


def test_a_service_without_a_mailbox_forgets_that_a_former_one_failed(ledger, monitor, clock):
    monitor.run(Task.MAILBOX, raising(GONE))

    ledger.heartbeat.begin({Task.POSTS: 2}, at=clock.now())

    assert shown(ledger, clock.now()) == []


# Way by way


class OneEventFails(AlteredPart):
    name = "events"

    def close_all(self, decided, **words):
        if any(each.event.key == "second" for each in decided):
            raise OverflowError
        return self._part.close_all(decided, **words)


def test_an_event_that_cannot_be_processed_does_not_stop_the_others(ledger):
    ledger.events.store(
        [an_event(EventKind.BOUNCED, key=key) for key in ("first", "second", "third")], at=NOON
    )
    altered = AlteredLedger(ledger, OneEventFails(ledger.events))

    with pytest.raises(UnexpectedFailure, match="OverflowError"):
        list(process_stored_events(ledger=altered, now=NOON))

    assert [event.key for event in ledger.events.unprocessed()] == ["second"]


def test_a_post_that_no_parser_survives_becomes_a_dead_letter_and_the_next_is_read(ledger):
    ledger.inbox.keep_posts([b"[" * 9, b"[]"], provider="scripted", at=NOON)
    read = []

    def reader(body, *, received_at):
        assert received_at
        if body != b"[]":
            raise RecursionError
        read.append(body)
        return ()

    assert read_webhook_posts({"scripted": reader}, ledger=ledger, now=NOON) == 2

    assert read == [b"[]"]
    (letter,) = ledger.inbox.dead_letters()
    assert letter.why.startswith("RecursionError")


def test_a_mail_that_no_parser_survives_becomes_a_dead_letter(ledger):
    (filing,) = read_new_mail(
        [InboundMail(1, b"a mail")], None, read=raising_on_mail, ledger=ledger, now=NOON
    )

    assert filing is Filing.UNKNOWN
    assert [letter.why for letter in ledger.inbox.dead_letters()] == ["IndexError"]


def raising_on_mail(_raw):
    raise IndexError


def test_a_mailing_that_cannot_be_started_does_not_stop_the_others(ledger):
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], actor=ACTOR, at=NOON)
    broken = a_mailing(campaign="broken", facts={"date": "2017-12-09"})
    whole = a_mailing(campaign="whole")
    ledger.mailings.launch([broken], actor=ACTOR, at=NOON)
    ledger.mailings.launch([whole], actor=ACTOR, at=NOON)

    def facts(_campaign, _step):
        raise ZeroDivisionError

    results = list(start_due(ledger, now=after(hours=3), guards=Guards(folder_facts=facts)))

    assert {type(result) for result in results} == {Started, Failed}


def test_an_intake_whose_write_fails_in_any_way_answers_and_goes_on():
    stored, errors = [], iter([OverflowError(), MemoryError()])

    def keep(bodies):
        error = next(errors, None)
        if error is not None:
            raise error
        stored.extend(bodies)

    intake = Intake(keep, size=8)
    for _round in range(2):
        with pytest.raises((OverflowError, MemoryError)):
            intake.put(b"lost").result()
    intake.put(b"kept").result()
    intake.close()

    assert stored == [b"kept"]


class Panic(BaseException):
    """What only the program's own end is made of."""


@pytest.mark.parametrize("panic", [Panic, SystemExit, KeyboardInterrupt, CancelledError])
def test_nothing_ends_the_intake_nor_whoever_waits_for_it(panic):
    stored, errors = [], iter([panic()])

    def keep(bodies):
        for error in errors:
            raise error
        stored.extend(bodies)

    intake = Intake(keep, size=8)
    lost = intake.put(b"lost").exception(timeout=PATIENCE_S)
    intake.put(b"kept").result(timeout=PATIENCE_S)
    intake.close()

    assert isinstance(lost, Exception)  # which the webhook answers with 503
    assert panic.__name__ in repr(lost)
    assert stored == [b"kept"]


def test_whoever_no_longer_waits_for_the_intake_keeps_no_other_post_waiting():
    begun, may_end, stored = Event(), Event(), []

    def keep(bodies):
        begun.set()
        assert may_end.wait(PATIENCE_S)
        stored.extend(bodies)

    intake = Intake(keep, size=8)
    written = intake.put(b"being written")
    assert begun.wait(PATIENCE_S)
    given_up, waited_for = intake.put(b"given up"), intake.put(b"waited for")

    assert given_up.cancel()
    assert not written.cancel()
    may_end.set()

    written.result(timeout=PATIENCE_S)
    waited_for.result(timeout=PATIENCE_S)
    intake.put(b"later").result(timeout=PATIENCE_S)
    intake.close()
    assert stored == [b"being written", b"given up", b"waited for", b"later"]


# The mailbox


ODD = {
    "no UIDVALIDITY": {"SELECT": [b"* 1 EXISTS"]},
    "UIDVALIDITY without a number": {"SELECT": [b"* OK [UIDVALIDITY many] ok"]},
    "UIDVALIDITY as a list": {"SELECT": [b"* OK [UIDVALIDITY (1 2)] ok"]},
    "a negative number": {"UID SEARCH": [b"* SEARCH -1"]},
    "a number beyond 32 bits": {"UID SEARCH": [b"* SEARCH 99999999999999999999999"]},
    "words for numbers": {"UID SEARCH": [b"* SEARCH one two"]},
    "a list that never ends": {"UID SEARCH": [b"* SEARCH ((((1"]},
    "a fetch that makes no sense": {"UID FETCH": [b"* 1 FETCH UID"]},
    "a literal that is no number": {"UID FETCH": [b"* 1 FETCH (UID 1 BODY[]<0> {x}"]},
    "an unknown untagged answer": {"SELECT": [b"* \xff\xfe NONSENSE"]},
}


@pytest.mark.parametrize("odd", ODD)
def test_an_imap_server_outside_the_protocol_is_an_error_of_ours_or_is_read(odd, tmp_path):
    stored = []

    def store(mails, _cursor):
        stored.extend(mails)
        return [Filing.LEFT] * len(mails)

    with OddImap(tmp_path, ODD[odd]) as server:
        with suppress(MailerError):
            list(fetch(server.settings, cursor_of=lambda _name: None, store=store))
        server.answers.update(ORDERLY)
        list(fetch(server.settings, cursor_of=lambda _name: None, store=store))

    assert stored


def test_after_a_night_asleep_nothing_seems_to_have_hung(tmp_path):
    clocks, told = SettableClocks(), []
    with App(workspace_with_ledger(tmp_path / "bureau"), clock=WallClock(clocks)) as app:
        service = Service(app)
        runs = Thread(target=service.run_until_stopped, args=(ignored, ignored, ignored, ignored))
        runs.start()
        wait_until(lambda: len(app.ledger.heartbeat.tasks()) > 1)

        clocks.passes(hours=9)
        wait_until(
            lambda: any(each.ended_at > after(hours=8) for each in app.ledger.heartbeat.tasks())
        )
        service.notify_team(told.append)

        service.stop()
        runs.join()
    assert [str(each.what) for each in told] == []


def ignored(_what):
    """Who runs the service here looks at nothing."""
