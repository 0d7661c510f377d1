"""A person is added to a list at the desk; what is wrong is told at each field, all at once."""

import pytest

from mailer.clock import SimulatedClock
from mailer.model.team.person import Person, Role
from tests.counterparts.builders import NOON
from tests.counterparts.desk import an_office, signed_in

ADA = Person("ada", "Ada Roy", frozenset({Role.EDITOR}))


@pytest.fixture
def app(tmp_path):
    app = an_office(tmp_path / "office", SimulatedClock(NOON), [ADA])
    yield app
    app.__exit__(None, None, None)


def test_a_wrong_address_and_a_missing_list_are_told_together_and_what_was_typed_stays(app):
    refused = signed_in(app, ADA).post(
        "/contacts", {"address": "eve at press", "list": "", "last_name": "Roy"}
    )

    assert refused.status == 422
    assert 'id="address-wrong-1"' in refused.text
    assert 'id="list-wrong-1"' in refused.text
    assert 'value="eve at press"' in refused.text
    assert 'value="Roy"' in refused.text
    assert list(app.ledger.contacts.all()) == []


def test_a_refusal_without_address_and_reason_is_told_at_both_fields(app):
    refused = signed_in(app, ADA).post("/oppositions", {"act": "bar", "address": "eve", "why": ""})

    assert refused.status == 422
    assert 'id="address-wrong-1"' in refused.text
    assert 'id="why-wrong-1"' in refused.text
    assert 'value="eve"' in refused.text
