"""A person who asks that nothing be kept of them is erased at the desk, by an administrator."""

import pytest

from mailer.clock import SimulatedClock
from mailer.model.contacts.list_file import ListFile
from mailer.model.team.person import Person, Role
from tests.counterparts.builders import ACTOR, NOON, a_contact
from tests.counterparts.desk import an_office, give_password, signed_in

ADA = Person("ada", "Ada Roy", frozenset({Role.ADMINISTRATOR}))
HUGO = Person("hugo", "Hugo Marchetti", frozenset({Role.EDITOR, Role.SIGNATORY}))
ADDRESS = "eve@press.example"


@pytest.fixture
def app(tmp_path):
    app = an_office(tmp_path / "office", SimulatedClock(NOON), [ADA, HUGO])
    eve = a_contact(ADDRESS, lists=frozenset({"press"}))
    app.ledger.contacts.save([eve], actor=ACTOR, at=NOON)
    yield app
    app.__exit__(None, None, None)


@pytest.fixture
def page(app):
    (found,) = app.ledger.contacts.all()
    return f"/contacts/{found.id}/effacer"


def test_whoever_asks_for_it_is_erased_and_no_list_brings_them_back(app, page):
    ada = signed_in(app, ADA)
    assert ADDRESS in ada.get(page).text

    done = ada.post(page, {"confirm": ADDRESS.upper(), "why": "letter of 3 May"})

    assert done.location.startswith("/contacts?fait=erased")
    assert list(app.ledger.contacts.all()) == []
    app.ledger.contacts.save([a_contact(ADDRESS)], actor=ACTOR, at=NOON)
    assert list(app.ledger.contacts.all()) == []
    assert ADDRESS not in ada.get("/journal").text


def test_nobody_is_erased_while_an_uploaded_list_that_may_hold_them_waits(app, page):
    content = f"Email\n{ADDRESS}\n".encode()
    app.ledger.list_files.keep(ListFile("a1", "presse.csv", "press", content, "Hugo", NOON))
    ada, sent = signed_in(app, ADA), {"confirm": ADDRESS, "why": "letter of 3 May"}

    refused = ada.post(page, sent)

    assert (refused.status, "presse.csv" in refused.text) == (422, True)
    assert len(list(app.ledger.contacts.all())) == 1

    app.ledger.list_files.discard("a1")

    assert ada.post(page, sent).location.startswith("/contacts?fait=erased")


def test_another_address_or_no_request_erases_nobody_and_both_are_told(app, page):
    refused = signed_in(app, ADA).post(page, {"confirm": "eva@press.example", "why": " "})

    assert refused.status == 422
    assert 'id="confirm-wrong-1"' in refused.text
    assert 'id="why-wrong-1"' in refused.text
    assert len(list(app.ledger.contacts.all())) == 1


def test_who_is_no_administrator_is_told_who_erases_and_erases_nobody(app, page):
    hugo = signed_in(app, HUGO)

    assert "An administrator of the team erases people." in hugo.get(page).text
    assert "may not" in hugo.post(page, {"confirm": ADDRESS, "why": "a letter"}).text
    assert len(list(app.ledger.contacts.all())) == 1


def test_the_password_is_asked_for_when_it_was_typed_long_ago(app, page):
    give_password(app, ADA)
    ada = signed_in(app, ADA)
    app.clock.wait_until(NOON.replace(hour=NOON.hour + 1))

    asked = ada.post(page, {"confirm": ADDRESS, "why": "a letter"})

    assert 'name="password"' in asked.text
    assert len(list(app.ledger.contacts.all())) == 1
