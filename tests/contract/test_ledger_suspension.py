"""Everything suspended at once: one suite for both databases (M20, D9)."""

import pytest

from mailer.model.mailings.delivery import Accepted
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import PROGRAM
from mailer.operations.sending.start import Missed, start_due
from mailer.operations.sending.suspend import lift_suspension, obey_stop_file, suspend_everything
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    after,
    an_actor,
    started,
    statuses,
)


def suspend(ledger, *, actor=ACTOR, why="wrong room"):
    return suspend_everything(actor=actor, why=why, ledger=ledger, now=NOON)


def lift(ledger, *, actor=ACTOR):
    return lift_suspension(actor=actor, why="checked", ledger=ledger, now=NOON)


def acts(ledger):
    found = [(entry.action, entry.name, entry.detail) for entry in ledger.journal.entries()]
    return [each for each in found if "suspen" in each[0]]


def test_no_delivery_is_claimed_or_marked_while_everything_is_suspended(ledger):
    mailing, _ = started(ledger, count=3)
    claim = ledger.sending.claim(worker="w", now=NOON)
    first, *others = [delivery.id for delivery in claim.deliveries]
    ledger.sending.mark(claim, [first], now=NOON)

    suspend(ledger)

    assert ledger.sending.mark(claim, others, now=NOON) == frozenset()
    ledger.sending.settle(claim, first, Accepted("250 ok"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    assert ledger.sending.claim(worker="w", now=NOON) is None
    assert statuses(ledger, mailing) == ["accepted", "pending", "pending"]


def test_a_step_that_is_due_waits_until_the_suspension_is_lifted(ledger):
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], actor=ACTOR, at=NOON)
    mailing = a_mailing()
    ledger.mailings.launch([mailing], actor=ACTOR, at=after(days=-1))
    suspend(ledger)

    before = list(start_due(ledger, now=NOON))
    lift(ledger)
    afterwards = list(start_due(ledger, now=NOON))

    assert before == []
    assert [result.mailing.id for result in afterwards] == [mailing.id]


def test_a_step_that_expires_while_everything_is_suspended_is_reported_as_missed(ledger):
    ledger.mailings.launch([a_mailing()], actor=ACTOR, at=after(days=-1))
    suspend(ledger)

    results = list(start_due(ledger, now=after(days=6)))

    assert [type(result) for result in results] == [Missed]


def test_a_suspension_changes_no_state_so_that_what_was_paused_stays_paused(ledger):
    mailing, _ = started(ledger)
    other, _ = started(ledger, step="reminder")
    ledger.mailings.change_state(
        other.id, to=MailingState.PAUSED, actor=ACTOR, why="a call", at=NOON
    )

    suspend(ledger)
    lift(ledger)

    states = {each.id: each.state for each in ledger.mailings.summaries()}
    assert states == {mailing.id: MailingState.ACTIVE, other.id: MailingState.PAUSED}


def test_a_second_suspension_and_a_second_lifting_do_nothing(ledger):
    assert suspend(ledger)
    assert not suspend(ledger, why="again")
    assert ledger.suspensions.present().why == "wrong room"
    assert lift(ledger)
    assert not lift(ledger)

    assert acts(ledger) == [
        ("suspend", "Ada", "wrong room"),
        ("lift-suspension", "Ada", "checked"),
    ]


def test_the_file_stop_suspends_once_and_its_removal_lifts_nothing(ledger):
    for is_there in (False, True, True, False):
        obey_stop_file(is_there, ledger=ledger, now=NOON)

    assert [(action, name) for action, name, _why in acts(ledger)] == [("suspend", PROGRAM.name)]
    assert ledger.suspensions.present() is not None


@pytest.mark.parametrize("role", ["editor", "signatory", "administrator"])
def test_a_person_who_may_suspend_everything_may_also_lift_it(ledger, role):
    bea = an_actor("Bea", roles={role})

    suspend(ledger, actor=bea)

    assert lift(ledger, actor=bea)
