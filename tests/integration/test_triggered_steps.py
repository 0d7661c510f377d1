"""Steps that an answer triggers: one mail for each answer of a person, under the same protocol."""

import pytest

from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import AccreditationState, RegisterUpdate
from mailer.model.address import Address
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.operations.people.accreditations import Ruling, register_accreditation
from mailer.operations.sending.serve import run_tick
from mailer.operations.sending.start import Guards, Held, answer_newcomers
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_mailing,
    a_message,
    after,
)
from tests.counterparts.scripted_backend import ScriptedBackend

State = AccreditationState
ADA, BEA = (Address.parse(f"{name}@press.example") for name in ("ada", "bea"))


class Office:
    """A launched campaign with a step for each answer, and the mails that have left."""

    def __init__(self, ledger):
        self.ledger, self.clock = ledger, SimulatedClock(NOON)
        self.backend, self.sent = ScriptedBackend(depth=4), []
        contacts = [a_contact(str(each), lists=frozenset({"press"})) for each in (ADA, BEA)]
        ledger.contacts.save(contacts, actor=ACTOR, at=NOON)
        steps = [
            a_mailing(state, rule=AudienceRule(("press",), only=(state,), on=state))
            for state in ("asked", "accepted", "waiting", "refused", "declined")
        ]
        assert ledger.mailings.launch(steps, actor=ACTOR, at=NOON)

    def answers(self, address, state, **more):
        register_accreditation(
            "meeting",
            address,
            ruling=Ruling(state, **more),
            actor=ACTOR,
            ledger=self.ledger,
            now=self.clock.now(),
        )

    def compose(self, mailing, delivery):
        self.sent.append((str(delivery.address), mailing.step))
        return a_message(delivery, mailing=mailing)

    def tick(self, minutes=1):
        self.clock.wait_until(after(minutes=minutes))
        return run_tick(
            ledger=self.ledger,
            backend=self.backend,
            engine=ThreadEngine(workers=1),
            clock=self.clock,
            message_for=self.compose,
            worker="w",
        )

    def state_of(self, step):
        return next(each.state for each in self.ledger.mailings.summaries() if each.step == step)


@pytest.fixture
def office(ledger):
    return Office(ledger)


def test_each_request_is_answered_by_the_step_of_its_state_and_by_no_other(office):
    office.tick()
    assert office.sent == []

    office.answers(ADA, State.ASKED)
    office.tick(2)
    office.answers(ADA, State.ACCEPTED)
    office.answers(BEA, State.REFUSED, reason="hors sujet")
    office.tick(3)

    assert office.sent == [
        ("ada@press.example", "asked"),
        ("ada@press.example", "accepted"),
        ("bea@press.example", "refused"),
    ]


def test_an_answer_is_told_once_however_often_the_service_looks(office):
    office.answers(ADA, State.ACCEPTED)

    for minute in range(1, 5):
        office.tick(minute)

    assert office.sent == [("ada@press.example", "accepted")]
    assert office.state_of("accepted") is MailingState.ACTIVE


def test_who_withdraws_and_comes_back_is_told_each_time(office):
    for minute, state in enumerate((State.ACCEPTED, State.DECLINED, State.ACCEPTED), start=1):
        office.answers(ADA, state)
        office.tick(minute)

    assert [step for _address, step in office.sent] == ["accepted", "declined", "accepted"]


def test_what_was_changed_before_the_mail_left_is_told_as_it_is_now(office):
    office.tick()
    office.answers(ADA, State.ACCEPTED)
    list(answer_newcomers(office.ledger, now=office.clock.now()))
    office.answers(ADA, State.DECLINED)
    office.answers(ADA, State.ACCEPTED)

    office.tick(2)
    office.tick(3)

    assert len(office.backend.taken) == 1
    statuses = [
        each.status.value for each in office.ledger.deliveries.of_mailing("meeting-accepted")
    ]
    assert sorted(statuses) == ["accepted", "cancelled"]


def test_an_answer_that_was_taken_out_of_the_register_is_not_told(office):
    office.tick()
    office.answers(ADA, State.ACCEPTED)
    list(answer_newcomers(office.ledger, now=office.clock.now()))

    office.ledger.accreditations.revise(
        "meeting",
        lambda _register: RegisterUpdate(removed=(ADA,)),
        actor=ACTOR,
        at=office.clock.now(),
    )
    office.tick(2)

    assert office.backend.taken == []


def test_somebody_whom_nobody_knows_is_answered_at_the_address_they_gave(office):
    office.tick()
    office.answers(Address.parse("new@elsewhere.example"), State.ACCEPTED)

    office.tick(2)

    assert office.sent == [("new@elsewhere.example", "accepted")]


def test_who_refused_our_mail_gets_none_about_an_answer_either(office):
    office.tick()
    office.ledger.suppressions.add(a_bar(str(ADA)), actor=ACTOR)
    office.answers(ADA, State.ACCEPTED)

    office.tick(2)
    office.tick(3)

    assert office.sent == []


def test_a_paused_step_answers_nobody_and_after_it_everybody_once(office):
    office.tick()
    office.ledger.mailings.change_state(
        "meeting-accepted", to=MailingState.PAUSED, actor=ACTOR, why="", at=office.clock.now()
    )
    office.answers(ADA, State.ACCEPTED)
    office.tick(2)
    assert office.sent == []

    office.ledger.mailings.change_state(
        "meeting-accepted", to=MailingState.ACTIVE, actor=ACTOR, why="", at=office.clock.now()
    )
    office.tick(3)

    assert office.sent == [("ada@press.example", "accepted")]


def test_nobody_is_answered_after_the_step_has_expired(office):
    office.tick()
    office.answers(ADA, State.ACCEPTED)

    office.tick(5 * 24 * 60)

    assert office.sent == []
    assert office.state_of("accepted") is MailingState.DONE


def test_outside_production_an_answer_to_a_stranger_is_held(office):
    office.tick()
    office.answers(ADA, State.ACCEPTED)

    (held,) = answer_newcomers(
        office.ledger, now=office.clock.now(), guards=Guards(allows=lambda _address: False)
    )

    assert isinstance(held, Held)
    assert office.ledger.deliveries.answered("meeting-accepted") == frozenset()


def test_two_services_that_see_the_same_answer_write_one_delivery(ledger_url):
    first, second = open_ledger(ledger_url), open_ledger(ledger_url)
    office = Office(first)
    office.tick()
    office.answers(ADA, State.ACCEPTED)

    started = [
        list(answer_newcomers(each, now=office.clock.now())) for each in (first, second, first)
    ]

    assert [len(each) for each in started] == [1, 0, 0]
    assert first.deliveries.answered("meeting-accepted") == {(ADA.key, 1)}
    first.close()
    second.close()


def test_the_audience_of_a_step_counts_all_whom_it_answered(office):
    office.tick()
    for address in (ADA, BEA):
        office.answers(address, State.ACCEPTED)
    office.tick(2)

    (summary,) = [each for each in office.ledger.mailings.summaries() if each.step == "accepted"]
    assert summary.audience == 2
    tally = office.ledger.deliveries.tally(summary.id)
    assert (tally.audience, tally.by_exclusion) == (2, {})
