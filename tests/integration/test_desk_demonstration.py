"""A demonstration goes on to its next mailing, and an office never does."""

from datetime import timedelta
from threading import Event, Thread

import pytest

from mailer.clock import ShiftedClock, SimulatedClock
from mailer.model.team.person import Person, Role
from tests.counterparts.builders import ACTOR, NOON, a_mailing
from tests.counterparts.desk import an_office, signed_in

ADA = Person("a.roy", "Ada Roy", frozenset(Role))
READER = Person("n.lambert", "Noé Lambert", frozenset({Role.READER}))
DUE = NOON + timedelta(days=3)


@pytest.fixture
def app(tmp_path):
    with an_office(tmp_path / "office", ShiftedClock(NOON), [ADA, READER]) as app:
        yield app


def launched(app):
    mailings = [
        a_mailing(step, campaign="meeting", due_at=DUE + timedelta(days=days))
        for days, step in enumerate(("announcement", "reminder"))
    ]
    app.ledger.mailings.launch(mailings, actor=ACTOR, at=NOON)


def test_the_start_page_says_what_to_do_and_then_goes_on_to_the_hour_of_the_mailing(app):
    ada = signed_in(app, ADA)
    before = ada.get("/").text
    launched(app)

    page = ada.get("/")
    done = ada.post("/demonstration", {"at": page.hidden("at")})

    assert "sign it off and launch it" in before
    assert "see the mailing leave" in page.text
    assert done.location == "/campagnes/meeting/en-cours?fait=demonstration-goes-on"
    assert DUE <= app.clock.now() < DUE + timedelta(hours=1)
    assert ada.get(done.location).status == 200, "signed in as before"
    assert [line.at for line in app.ledger.journal.entries("demonstration")] == [DUE]


def test_a_second_click_on_the_same_button_goes_no_further(app):
    ada = signed_in(app, ADA)
    launched(app)
    shown = ada.get("/").hidden("at")

    ada.post("/demonstration", {"at": shown})
    again = ada.post("/demonstration", {"at": shown})

    assert again.location == "/?fait=changed-meanwhile"
    assert app.clock.now() < DUE + timedelta(hours=1)


def test_who_may_not_launch_lets_nothing_leave(app):
    reader = signed_in(app, READER)
    launched(app)

    refused = reader.post("/demonstration", {"at": DUE.isoformat()})

    assert refused.status == 422
    assert 'action="/demonstration"' not in reader.get("/").text
    assert app.clock.now() < DUE


def test_an_office_has_no_such_button_and_refuses_its_form(tmp_path):
    with an_office(tmp_path / "office", SimulatedClock(NOON), [ADA]) as app:
        launched(app)
        ada = signed_in(app, ADA)

        refused = ada.post("/demonstration", {"at": DUE.isoformat()})

        assert "Demonstration" not in ada.get("/").text
        assert refused.status == 422
        assert app.clock.now() == NOON


def test_the_clock_of_a_demonstration_goes_forward_only_and_wakes_whoever_waits_for_it():
    clock, woken = ShiftedClock(NOON), Event()
    waiting = Thread(target=lambda: (clock.wait_until(DUE), woken.set()))
    waiting.start()

    clock.advance_to(DUE)
    clock.advance_to(NOON)

    waiting.join(timeout=60)
    assert woken.is_set()
    assert clock.now() >= DUE
