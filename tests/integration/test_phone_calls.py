"""À rappeler: what came of a call is kept, journalled, and an answer is in the register."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from mailer.accreditations.terms import NO_TERMS
from mailer.errors import ContentError, RuleError
from mailer.feedback.reader import read_report
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address
from mailer.model.contacts.call import ANSWERS, CallOutcome
from mailer.model.contacts.contact import contact_id
from mailer.model.contacts.suppression import SuppressionReason
from mailer.operations.people.accreditations import Respondent, Ruling, register_accreditation
from mailer.operations.people.call_back import call_backs
from mailer.operations.people.door import expected
from mailer.operations.people.phone_calls import NotedCall, note_call
from mailer.operations.people.suppressions import forget
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact
from tests.counterparts.empty_ledger import empty_ledger

LEA = Address.parse("lea.martin@quotidien.example")
TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def ledger(tmp_path):
    """Léa, whose address is dead."""
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    lea = a_contact(str(LEA), id=contact_id(LEA), last_name="Martin", phone="01 99 00 00 01")
    ledger.contacts.save([lea], at=NOON, actor=ACTOR)
    ledger.suppressions.add(a_bar(str(LEA), reason=SuppressionReason.DEAD), actor=ACTOR)
    yield ledger
    ledger.close()


def called(ledger, outcome, *, at=NOON, **noted):
    given = NotedCall(outcome, **noted)
    return note_call(
        LEA,
        given,
        terms_for=lambda _campaign: NO_TERMS,
        actor=ACTOR,
        ledger=ledger,
        now=at,
        today=TODAY,
    )


def the_call_back(ledger, *, now=NOON):
    (entry,) = call_backs(ledger, read=read_report, actor=ACTOR, now=now)
    return entry


def answer(ledger, campaign="meeting"):
    return {each.address: each.state for each in ledger.accreditations.of_campaign(campaign)}


@pytest.mark.parametrize("outcome", CallOutcome)
def test_every_outcome_is_kept_with_who_called_and_has_its_line(ledger, outcome):
    campaign = "meeting" if outcome in ANSWERS else ""
    again_on = TOMORROW if outcome is CallOutcome.LATER else None

    called(ledger, outcome, campaign=campaign, again_on=again_on, note="répondeur")

    entry = the_call_back(ledger)
    lines = [each for each in ledger.journal.entries(str(LEA)) if each.action == "call"]
    assert (entry.last_call.outcome, entry.last_call.note) == (outcome, "répondeur")
    assert (entry.last_call.name, entry.last_call.phone) == (ACTOR.name, "01 99 00 00 01")
    assert [each.detail for each in lines] == [f"{outcome} {campaign}".strip()]


@pytest.mark.parametrize(
    ("outcome", "is_done"),
    [
        (CallOutcome.REACHED, True),
        (CallOutcome.COMING, True),
        (CallOutcome.NOT_COMING, True),
        (CallOutcome.NO_ANSWER, False),
        (CallOutcome.WRONG_NUMBER, False),
        (CallOutcome.LATER, False),
    ],
)
def test_only_who_was_reached_needs_no_further_call(ledger, outcome, is_done):
    called(ledger, outcome, campaign="meeting", again_on=TOMORROW)

    assert the_call_back(ledger).is_done == is_done


def test_what_comes_back_after_the_call_puts_the_person_on_the_list_again(ledger):
    called(ledger, CallOutcome.REACHED, at=NOON - timedelta(hours=1))

    assert not the_call_back(ledger).is_done


def test_an_agreed_day_holds_until_it_comes(ledger):
    called(ledger, CallOutcome.LATER, again_on=TOMORROW)

    entry = the_call_back(ledger)
    assert entry.waits_on(TODAY)
    assert not entry.waits_on(TOMORROW)


def test_a_later_call_counts_in_place_of_the_earlier_one(ledger):
    called(ledger, CallOutcome.LATER, again_on=TOMORROW)
    called(ledger, CallOutcome.NO_ANSWER)

    entry = the_call_back(ledger)
    assert entry.last_call.outcome is CallOutcome.NO_ANSWER
    assert not entry.waits_on(TODAY)


@pytest.mark.parametrize(
    ("before", "outcome", "after"),
    [
        (None, CallOutcome.NOT_COMING, AccreditationState.DECLINED),
        (None, CallOutcome.COMING, AccreditationState.ACCEPTED),
        (AccreditationState.ACCEPTED, CallOutcome.COMING, AccreditationState.ACCEPTED),
        (AccreditationState.WAITING, CallOutcome.COMING, AccreditationState.WAITING),
        (AccreditationState.DECLINED, CallOutcome.COMING, AccreditationState.ACCEPTED),
        (AccreditationState.ACCEPTED, CallOutcome.NOT_COMING, AccreditationState.DECLINED),
    ],
)
def test_an_answer_by_telephone_is_in_the_register(ledger, before, outcome, after):
    if before is not None:
        register_accreditation(
            "meeting", LEA, ruling=Ruling(before), actor=ACTOR, ledger=ledger, now=NOON
        )

    called(ledger, outcome, campaign="meeting", at=NOON + timedelta(minutes=1))

    assert answer(ledger) == {LEA: after}


def test_no_other_outcome_touches_the_register(ledger):
    for outcome in set(CallOutcome) - ANSWERS:
        called(ledger, outcome, campaign="meeting", again_on=TOMORROW)

    assert answer(ledger) == {}


@pytest.mark.parametrize(
    ("noted", "field"),
    [
        ({"outcome": CallOutcome.LATER}, "again_on"),
        ({"outcome": CallOutcome.LATER, "again_on": TODAY - timedelta(days=1)}, "again_on"),
        ({"outcome": CallOutcome.COMING}, "campaign"),
        ({"outcome": CallOutcome.NOT_COMING}, "campaign"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_noted(ledger, noted, field):
    lines = ledger.journal.entries()

    with pytest.raises(RuleError) as refused:
        called(ledger, **noted)

    assert [each.where.key for each in refused.value.problems] == [field]
    assert ledger.journal.entries() == lines
    assert the_call_back(ledger).last_call is None


def test_a_number_that_was_found_out_becomes_that_of_the_person(ledger):
    called(ledger, CallOutcome.REACHED, phone="01 99 00 00 77")

    assert ledger.contacts.find(LEA).phone == "01 99 00 00 77"
    assert the_call_back(ledger).last_call.phone == "01 99 00 00 77"


def test_whom_nobody_in_the_directory_is_can_be_called_too(ledger):
    stranger = Address.parse("x@ailleurs.example")
    noted = NotedCall(CallOutcome.NO_ANSWER, phone="01 99 00 00 02")
    note_call(
        stranger,
        noted,
        terms_for=lambda _campaign: NO_TERMS,
        actor=ACTOR,
        ledger=ledger,
        now=NOON,
        today=TODAY,
    )

    assert ledger.calls.newest({stranger.key})[stranger.key].phone == "01 99 00 00 02"


def test_who_is_erased_leaves_no_call_behind(ledger):
    called(ledger, CallOutcome.NO_ANSWER, note="répondeur de Léa")

    forget(LEA, actor=ACTOR, why="lettre", ledger=ledger, now=NOON)

    assert ledger.calls.newest({LEA.key}) == {}


def test_an_answer_by_telephone_has_the_name_and_the_outlet_that_the_directory_knows(ledger):
    lea = ledger.contacts.find(LEA)
    ledger.contacts.put(
        replace(lea, first_name="Léa", organisation="Le Quotidien"),
        action="edit-contact",
        detail="",
        actor=ACTOR,
        at=NOON,
    )

    called(ledger, CallOutcome.COMING, campaign="meeting")

    (entry,) = ledger.accreditations.of_campaign("meeting")
    (line,) = expected("meeting", ledger=ledger)
    assert (entry.name, entry.organisation) == ("Léa Martin", "Le Quotidien")
    assert (line.last_name, line.first_name, line.outlet) == ("Martin", "Léa", "Le Quotidien")


def test_who_says_nothing_of_themself_stands_at_the_door_by_their_address(ledger):
    stranger = Address.parse("x@ailleurs.example")
    accepted = Ruling(AccreditationState.ACCEPTED)
    register = partial(
        register_accreditation, "meeting", ruling=accepted, actor=ACTOR, ledger=ledger, now=NOON
    )
    register(stranger)
    register(Address.parse("y@ailleurs.example"), identity=Respondent("Paul Le Floc’h"))

    lines = expected("meeting", ledger=ledger)

    assert {(each.last_name, each.first_name) for each in lines} == {
        (str(stranger), ""),
        ("Le Floc’h", "Paul"),
    }


def test_what_nobody_can_dial_does_not_take_the_place_of_the_number(ledger):
    with pytest.raises(ContentError, match="not a number") as refused:
        called(ledger, CallOutcome.REACHED, phone="pas un numéro")

    assert [each.where.key for each in refused.value.problems] == ["Téléphone"]
    assert ledger.contacts.find(LEA).phone == "01 99 00 00 01"
