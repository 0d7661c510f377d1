"""What time does to a register: places that nobody confirmed, higher quotas, press cards."""

import pytest

from mailer.accreditations import Terms
from mailer.errors import ContentError
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    PressCard,
    RegisterUpdate,
)
from mailer.model.address import Address
from mailer.model.campaigns.campaign import AccreditationRules
from mailer.operations.people.registers import places, sweep_registers
from tests.counterparts.builders import ACTOR, NOON, after
from tests.counterparts.empty_ledger import empty_ledger

State = AccreditationState


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def an_entry(local, state=State.ACCEPTED, **fields):
    return Accreditation("meeting", Address(local, "press.example"), state, NOON, **fields)


def note(ledger, *entries):
    ledger.accreditations.revise(
        "meeting", lambda _register: RegisterUpdate(entries), actor=ACTOR, at=NOON
    )


def sweep(ledger, *, total=1, hours=25):
    terms = Terms(AccreditationRules(total=total, confirm_within_hours=24))
    swept = sweep_registers(ledger, terms_for=lambda _slug: terms, now=after(hours=hours))
    return {each.address.local: each.state.value for each in swept}


def test_a_place_that_nobody_confirmed_goes_to_the_next_by_itself(ledger):
    note(ledger, an_entry("ada", confirm_by=after(hours=24)), an_entry("bea", State.WAITING))

    assert sweep(ledger, hours=23) == {}
    assert sweep(ledger) == {"ada": "waiting", "bea": "accepted"}
    assert sweep(ledger, hours=26) == {}


def test_a_place_that_was_freed_by_telephone_or_a_higher_quota_is_given_out(ledger):
    note(ledger, an_entry("ada"), an_entry("bea", State.WAITING), an_entry("cy", State.WAITING))

    assert sweep(ledger, total=2) == {"bea": "accepted"}


def test_a_campaign_that_cannot_be_read_promotes_nobody(ledger):
    note(ledger, an_entry("bea", State.WAITING))

    def unreadable(_slug):
        raise ContentError

    assert list(sweep_registers(ledger, terms_for=unreadable, now=after(hours=1))) == []
    assert [each.state for each in ledger.accreditations.of_campaign("meeting")] == [State.WAITING]


def test_card_numbers_are_erased_when_they_are_due(ledger):
    note(ledger, an_entry("ada", card=PressCard("CCIJP", "42", after(hours=1))))

    sweep(ledger, hours=2)

    assert ledger.accreditations.of_campaign("meeting")[0].card == PressCard("CCIJP")


def test_how_full_an_event_is_is_counted_from_the_states(ledger):
    register = [
        an_entry("ada", seats=2),
        an_entry("bea", State.ATTENDED),
        an_entry("cy", State.WAITING),
        an_entry("di", State.ASKED),
    ]

    found = places(register, terms=Terms(AccreditationRules(total=2)), now=NOON)

    assert (found.taken, found.total, found.free, found.asked) == (3, 2, 0, 1)
    assert found.over.total == 1
    assert [each.entry.address.local for each in found.waiting] == ["cy"]
