"""An answer from an address that nobody in the directory has, in a ledger."""

import pytest

from mailer.errors import RuleError
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address
from mailer.operations.people.accreditations import (
    Respondent,
    Ruling,
    accreditations_of,
    likely_owners,
    register_accreditation,
)
from tests.counterparts.builders import ACTOR, NOON, a_contact, after

ANA = Address.parse("ana@radio.example")
MISTYPED = Address.parse("ana@radoi.example")


@pytest.fixture
def register(ledger):
    ana = a_contact(str(ANA), first_name="Ana", last_name="Petit", organisation="Radio")
    ledger.contacts.save([ana, a_contact("bo@jour.example")], actor=ACTOR, at=NOON)

    def answer(address, state=AccreditationState.ACCEPTED, *, at=NOON, **more):
        return register_accreditation(
            "meeting", address, ruling=Ruling(state), actor=ACTOR, ledger=ledger, now=at, **more
        )

    return answer


def test_an_answer_from_an_unknown_address_proposes_the_likely_contact(register, ledger):
    entry = register(MISTYPED, identity=Respondent("Ana Petit", "Radio"))

    assert not entry.is_known
    assert [str(each.address) for each in entry.likely] == [str(ANA)]
    assert [each.likely for each in accreditations_of("meeting", ledger=ledger)] == [entry.likely]


def test_an_answer_for_a_contact_is_that_contacts_and_takes_the_place_of_the_open_one(
    register, ledger
):
    register(MISTYPED, identity=Respondent("Ana P."))

    entry = register(MISTYPED, at=after(hours=1), identity=Respondent(contact=ANA))

    assert (entry.is_known, entry.likely) == (True, ())
    (stored,) = ledger.accreditations.of_campaign("meeting")
    assert (stored.address, stored.name, stored.note) == (ANA, "Ana P.", str(MISTYPED))


def test_a_newcomer_is_not_asked_about_again(register, ledger):
    register(MISTYPED, identity=Respondent("Ana Petit", "Radio"))

    register(MISTYPED, at=after(hours=1), identity=Respondent(is_newcomer=True))
    register(MISTYPED, AccreditationState.DECLINED, at=after(hours=2))

    (entry,) = accreditations_of("meeting", ledger=ledger)
    assert entry.likely == ()
    assert entry.accreditation.name == "Ana Petit"
    assert entry.accreditation.state is AccreditationState.DECLINED


def test_an_answer_from_a_second_address_is_known(register, ledger):
    cleo = a_contact("cleo@radio.example", alternates=(Address.parse("cleo@perso.example"),))
    ledger.contacts.save([cleo], actor=ACTOR, at=NOON)

    entry = register(Address.parse("cleo@perso.example"))

    assert (entry.is_known, entry.likely) == (True, ())


def test_somebody_whom_nobody_resembles_is_unknown_and_nobody_is_proposed(register):
    entry = register(Address.parse("zoe@elsewhere.example"), identity=Respondent("Zoé Noël"))

    assert (entry.is_known, entry.likely) == (False, ())


def test_who_answered_under_an_own_address_is_not_proposed(register):
    register(ANA)

    entry = register(Address.parse("ana.petit@perso.example"), identity=Respondent("Ana Petit"))

    assert entry.likely == ()


def test_an_answer_for_a_contact_that_does_not_exist_is_refused(register, ledger):
    with pytest.raises(RuleError, match="nobody in the directory"):
        register(MISTYPED, identity=Respondent(contact=Address.parse("nobody@x.example")))

    assert ledger.accreditations.of_campaign("meeting") == []


def test_the_owners_of_a_known_address_are_not_searched(register, ledger):
    assert likely_owners(ANA, ledger=ledger) == ()
    assert [str(each.address) for each in likely_owners(MISTYPED, ledger=ledger)] == [str(ANA)]
