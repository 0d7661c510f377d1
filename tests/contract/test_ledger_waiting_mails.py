"""What the ledger promises of mails on what waits: one a day for each person, and never twice."""

from datetime import date

from mailer.model.team.actor import PROGRAM
from tests.counterparts.builders import NOON, after

MONDAY, TUESDAY = date(2017, 12, 4), date(2017, 12, 5)


def claim(ledger, person="claire", *, on=MONDAY, tasks=("sign a",), at=NOON):
    return ledger.waiting_mails.claim(person, on=on, tasks=tasks, at=at)


def test_one_of_two_services_sends_the_mail_of_a_day(ledger):
    claimed = [claim(ledger), claim(ledger), claim(ledger, "hugo"), claim(ledger, on=TUESDAY)]

    assert claimed == [True, False, True, True]


def test_a_mail_that_left_is_journalled_and_remembered_with_all_that_it_named(ledger):
    mails = ledger.waiting_mails
    for on, tasks in ((MONDAY, ["sign a", "answer b"]), (TUESDAY, ["answer b"])):
        claim(ledger, on=on, tasks=tasks)
        mails.record_sent("claire", on=on, at=NOON)
        mails.release("claire", on=on)

    assert mails.last_told("claire") == {"answer b"}
    assert mails.last_told("hugo") == frozenset()
    assert not claim(ledger)
    lines = ledger.journal.entries("claire", action="tell-waiting")
    assert [line.via for line in lines] == [PROGRAM.via] * 2


def test_what_a_dead_service_had_reserved_is_not_sent_again_and_what_was_refused_is(ledger):
    claim(ledger)
    claim(ledger, "hugo")
    ledger.waiting_mails.release("hugo", on=MONDAY)

    assert not claim(ledger, at=after(hours=9))
    assert ledger.waiting_mails.last_told("claire") == frozenset()
    assert claim(ledger, "hugo")
