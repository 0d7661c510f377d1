"""Calls are kept as they were noted, and the newest one of each address is found."""

from datetime import date

from mailer.model.address import Address
from mailer.model.contacts.call import Call, CallOutcome
from tests.counterparts.builders import ACTOR, NOON, an_entry

ADA, BEA = Address.parse("Ada@press.example"), Address.parse("bea@press.example")


def a_call(address=ADA, outcome=CallOutcome.NO_ANSWER, **fields):
    return Call(address, outcome, NOON, ACTOR.person, ACTOR.name, **fields)


def test_a_call_comes_back_as_it_was_noted_with_its_line(ledger):
    call = a_call(
        outcome=CallOutcome.LATER,
        phone="01 99 00 00 01",
        campaign="meeting",
        again_on=date(2017, 12, 5),
        note="après 14 h",
    )

    ledger.calls.add(call, actor=ACTOR)

    assert ledger.calls.newest({ADA.key}) == {ADA.key: call}
    assert list(ledger.journal.entries(str(ADA))) == [an_entry("call", str(ADA), "later meeting")]


def test_the_newest_call_of_each_address_counts(ledger):
    for outcome in (CallOutcome.NO_ANSWER, CallOutcome.REACHED):
        ledger.calls.add(a_call(outcome=outcome), actor=ACTOR)
    ledger.calls.add(a_call(BEA), actor=ACTOR)

    newest = ledger.calls.newest({ADA.key, BEA.key, "nobody@press.example"})

    assert {key: each.outcome for key, each in newest.items()} == {
        ADA.key: CallOutcome.REACHED,
        BEA.key: CallOutcome.NO_ANSWER,
    }
    assert ledger.calls.newest([]) == {}
