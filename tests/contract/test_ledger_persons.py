"""What is known of a person follows the person to another address, on both databases."""

import pytest
from sqlalchemy import select

from mailer.files.catalogues import translations_for
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.contacts.contact import contact_id
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.operations.sending.start import readdressed
from mailer.wording import from_note, say
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_delivery,
    a_mailing,
    after,
)

OLD, NEW, NEWER = (Address.parse(f"{name}@press.example") for name in ("ada", "ada2", "ada3"))
PRESS = frozenset({"press"})
REMINDER = AudienceRule(("press",), unless=("accredited", "declined"))


def a_person(address=OLD, **fields):
    """A contact as an import makes it: the id comes from the address."""
    return a_contact(str(address), id=contact_id(address), **{"lists": PRESS} | fields)


def imported(ledger, *contacts):
    return ledger.contacts.save(contacts, actor=ACTOR, at=NOON)


def corrected(ledger, old, new, at=NOON):
    return ledger.contacts.correct_address(
        old, new, readdress=readdressed, actor=ACTOR, why="call", at=at
    )


def answered(ledger, address, state, at=NOON):
    ledger.accreditations.save(Accreditation("meeting", address, state, at), actor=ACTOR)


def under_way(ledger, *contacts, rule=REMINDER):
    """A mailing that has started to these contacts; returns their deliveries by address."""
    mailing = a_mailing("reminder", rule=rule)
    deliveries = [
        a_delivery(
            number,
            mailing=mailing,
            contact_id=contact.id,
            address=contact.address,
            fields={"email": str(contact.address)},
        )
        for number, contact in enumerate(contacts)
    ]
    assert ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    assert ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=[], at=NOON)
    return mailing


def outcome(ledger, mailing):
    return {
        str(each.address): each.status.value for each in ledger.deliveries.of_mailing(mailing.id)
    }


def marked(ledger, now=NOON):
    """The addresses that a worker may write to now."""
    found = set()
    while (claim := ledger.sending.claim(worker="w", now=now)) is not None:
        granted = ledger.sending.mark(claim, [each.id for each in claim.deliveries], now=now)
        found |= {str(each.address) for each in claim.deliveries if each.id in granted}
    return found


def test_the_old_list_imported_again_finds_the_person_at_the_new_address(ledger):
    imported(ledger, a_person(), a_person(Address.parse("bob@press.example")))
    corrected(ledger, OLD, NEW)

    counts = imported(ledger, a_person(phone="1"), a_person(Address.parse("bob@press.example")))

    first, _second = ledger.contacts.all()
    assert counts == {"added": 0, "changed": 1, "unchanged": 1, "former": 1}
    assert (first.address, first.former, first.phone) == (NEW, (OLD,), "1")


@pytest.mark.parametrize("known_as", [OLD, NEW])
def test_a_list_with_any_address_of_the_person_changes_nothing_more(ledger, known_as):
    imported(ledger, a_person())
    corrected(ledger, OLD, NEW)
    corrected(ledger, NEW, NEWER)

    imported(ledger, a_person(known_as))

    (contact,) = ledger.contacts.all()
    assert (contact.address, contact.former) == (NEWER, (OLD, NEW))


def test_a_correction_taken_back_is_the_same_person_with_the_same_id(ledger):
    imported(ledger, a_person())
    corrected(ledger, OLD, NEW)

    back = corrected(ledger, NEW, OLD)

    assert (back.id, back.address, back.former) == (contact_id(OLD), OLD, (NEW,))
    assert imported(ledger, a_person(NEW))["former"] == 1


def test_a_correction_that_names_the_former_address_is_about_the_same_person(ledger):
    imported(ledger, a_person())
    corrected(ledger, OLD, NEW)

    again = corrected(ledger, OLD, NEWER)

    assert ledger.contacts.all() == [again]
    assert (again.address, again.former) == (NEWER, (OLD, NEW))


def test_a_person_is_found_under_each_address(ledger):
    home = Address.parse("ada@home.example")
    imported(ledger, a_person(alternates=(home,)))
    corrected(ledger, OLD, NEW)

    assert ledger.contacts.find(OLD) == ledger.contacts.find(NEW)
    assert ledger.contacts.find(home) is None
    for each in (OLD, NEW, home):
        assert set(ledger.contacts.addresses_of_person(each)) == {OLD, NEW, home}


@pytest.mark.parametrize("refused_at", [OLD, NEW])
def test_a_refusal_under_either_address_ends_what_is_still_to_be_sent(ledger, refused_at):
    imported(ledger, a_person())
    mailing = under_way(ledger, *ledger.contacts.all())
    corrected(ledger, OLD, NEW)
    ledger.suppressions.add(a_bar(str(refused_at)), actor=ACTOR)

    assert marked(ledger) == set()
    assert outcome(ledger, mailing) == {str(OLD): "cancelled", str(NEW): "suppressed"}


def test_a_dead_address_does_not_bar_the_address_that_replaced_it(ledger):
    imported(ledger, a_person())
    mailing = under_way(ledger, *ledger.contacts.all())
    ledger.suppressions.add(a_bar(str(OLD), reason=SuppressionReason.DEAD), actor=ACTOR)
    corrected(ledger, OLD, NEW)

    assert marked(ledger) == {str(NEW)}
    assert outcome(ledger, mailing) == {str(OLD): "cancelled", str(NEW): "sending"}


@pytest.mark.parametrize("answered_at", [OLD, NEW])
def test_an_answer_under_either_address_ends_a_reminder(ledger, answered_at):
    imported(ledger, a_person())
    under_way(ledger, *ledger.contacts.all())
    corrected(ledger, OLD, NEW)
    answered(ledger, answered_at, AccreditationState.ACCEPTED)

    assert marked(ledger) == set()
    (accreditation,) = ledger.accreditations.of_campaign("meeting")
    assert accreditation.address == NEW


def test_of_two_answers_under_two_addresses_the_newer_one_moves(ledger):
    imported(ledger, a_person(), a_person(NEW))
    answered(ledger, OLD, AccreditationState.DECLINED, after(hours=1))
    answered(ledger, NEW, AccreditationState.ACCEPTED)

    corrected(ledger, OLD, NEW)

    (accreditation,) = ledger.accreditations.of_campaign("meeting")
    assert (accreditation.address, accreditation.state) == (NEW, AccreditationState.DECLINED)


def test_what_is_still_to_be_sent_follows_once_and_says_the_new_address(ledger):
    imported(ledger, a_person())
    mailing = under_way(ledger, *ledger.contacts.all())

    corrected(ledger, OLD, NEW)
    corrected(ledger, NEW, NEWER)

    assert marked(ledger) == {str(NEWER)}
    *_, last = ledger.deliveries.of_mailing(mailing.id)
    assert last.fields == {"email": str(NEWER)}
    assert ledger.mailings.summaries()[0].audience == 3


def test_a_worker_that_holds_the_old_address_may_not_write_to_it(ledger):
    imported(ledger, a_person())
    under_way(ledger, *ledger.contacts.all())
    claim = ledger.sending.claim(worker="w", now=NOON)

    corrected(ledger, OLD, NEW)

    assert not ledger.sending.mark(claim, [each.id for each in claim.deliveries], now=NOON)
    assert marked(ledger) == {str(NEW)}


def test_a_correction_taken_back_in_time_is_sent_to_the_first_address(ledger):
    imported(ledger, a_person())
    mailing = under_way(ledger, *ledger.contacts.all())

    corrected(ledger, OLD, NEW)
    corrected(ledger, NEW, OLD)

    assert marked(ledger) == {str(OLD)}
    assert outcome(ledger, mailing) == {str(OLD): "sending", str(NEW): "cancelled"}


def test_two_contacts_made_one_are_written_to_once(ledger):
    imported(ledger, a_person(), a_person(NEW))
    under_way(ledger, *ledger.contacts.all())

    corrected(ledger, OLD, NEW)

    assert marked(ledger) == {str(NEW)}
    assert ledger.contacts.all()[0].id == contact_id(OLD)


def test_two_contacts_made_one_by_an_import_are_written_to_once(ledger):
    imported(ledger, a_person(), a_person(NEW))
    mailing = under_way(ledger, *ledger.contacts.all())

    imported(ledger, a_person(alternates=(NEW,)))

    assert len(marked(ledger)) == 1
    assert sorted(outcome(ledger, mailing).values()) == ["cancelled", "sending"]


def test_a_refusal_from_a_second_address_ends_what_is_still_to_be_sent(ledger):
    home = Address.parse("ada@home.example")
    imported(ledger, a_person(alternates=(home,)))
    under_way(ledger, *ledger.contacts.all())
    ledger.suppressions.add(a_bar(str(home)), actor=ACTOR)

    assert marked(ledger) == set()


def test_a_paused_mailing_keeps_what_follows_until_it_goes_on(ledger):
    imported(ledger, a_person())
    mailing = under_way(ledger, *ledger.contacts.all())
    state = {"actor": ACTOR, "why": "", "at": NOON}
    ledger.mailings.change_state(mailing.id, to=MailingState.PAUSED, **state)

    corrected(ledger, OLD, NEW)

    assert marked(ledger) == set()
    ledger.mailings.change_state(mailing.id, to=MailingState.ACTIVE, **state)
    assert marked(ledger) == {str(NEW)}


@pytest.mark.parametrize("lifted_at", [OLD, NEW, NEWER])
def test_a_refusal_is_lifted_under_any_address_of_the_person(ledger, lifted_at):
    imported(ledger, a_person())
    ledger.suppressions.add(a_bar(str(OLD)), actor=ACTOR)
    corrected(ledger, OLD, NEW)
    corrected(ledger, NEW, NEWER)

    ledger.suppressions.lift(lifted_at, scope="", actor=ACTOR, why="she called", at=NOON)

    assert ledger.suppressions.all() == []


def test_lifting_at_the_new_address_leaves_the_old_one_dead(ledger):
    imported(ledger, a_person())
    ledger.suppressions.add(a_bar(str(OLD), reason=SuppressionReason.DEAD), actor=ACTOR)
    ledger.suppressions.add(a_bar(str(OLD)), actor=ACTOR)
    corrected(ledger, OLD, NEW)

    ledger.suppressions.lift(NEW, scope="", actor=ACTOR, why="she called", at=NOON)

    (left,) = ledger.suppressions.all()
    assert (left.address, left.reason) == (OLD, SuppressionReason.DEAD)


@pytest.mark.parametrize("named", [OLD, NEW, "ada@home.example"])
def test_forgetting_one_address_forgets_the_person_under_all_of_them(ledger, ledger_url, named):
    imported(ledger, a_person(alternates=(Address.parse("ada@home.example"),)))
    mailing = under_way(ledger, *ledger.contacts.all())
    answered(ledger, OLD, AccreditationState.ASKED)
    corrected(ledger, OLD, NEW)
    ledger.suppressions.add(a_bar(str(OLD)), actor=ACTOR)

    ledger.erasure.forget(Address.parse(str(named)), actor=ACTOR, why="letter", at=NOON)
    counts = imported(ledger, a_person(), a_person(NEW))

    assert counts == {"added": 0, "changed": 0, "unchanged": 0, "forgotten": 2}
    assert marked(ledger) == set()
    assert set(outcome(ledger, mailing).values()) == {"cancelled", "suppressed"}
    assert "ada@" not in everything(ledger_url)


def test_a_contact_that_shares_an_address_with_a_forgotten_person_is_barred_and_kept(ledger):
    imported(ledger, a_person(), a_person(NEWER, alternates=(OLD,)))

    ledger.erasure.forget(OLD, actor=ACTOR, why="letter", at=NOON)

    (contact,), (bar,) = ledger.contacts.all(), ledger.suppressions.all()
    assert (contact.address, contact.alternates) == (NEWER, ())
    assert (bar.address, bar.reason) == (NEWER, SuppressionReason.DO_NOT_CONTACT)
    assert say(from_note(bar.evidence), translations_for("fr")).startswith(
        "a demandé à être oublié"
    )


def test_a_desk_that_asks_to_be_forgotten_takes_nobody_with_it(ledger):
    desk = Address.parse("redaction@press.example")
    imported(ledger, a_person(alternates=(desk,)))

    ledger.erasure.forget(desk, actor=ACTOR, why="letter", at=NOON)
    imported(ledger, a_person(alternates=(desk,)))

    (contact,) = ledger.contacts.all()
    assert (contact.address, contact.alternates) == (OLD, ())


def test_a_person_who_asked_to_be_forgotten_is_not_brought_back_by_a_second_address(ledger):
    ledger.erasure.forget(OLD, actor=ACTOR, why="letter", at=NOON)

    counts = imported(ledger, a_person(NEW, alternates=(OLD,)))

    assert counts["forgotten"] == 1
    assert ledger.contacts.all() == []


def test_a_forgotten_person_s_message_that_was_deferred_is_not_tried_again(ledger):
    imported(ledger, a_person())
    mailing = under_way(ledger, *ledger.contacts.all())
    assert marked(ledger) == {str(OLD)}
    (delivery,) = ledger.deliveries.of_mailing(mailing.id)
    ledger.erasure.forget(OLD, actor=ACTOR, why="letter", at=NOON)
    later = after(hours=1)
    ledger.sending.claim(worker="w", now=later)  # finds that the lease has ended
    ledger.uncertain.resolve([delivery.id], resend=True, actor=ACTOR, why="lost", at=later)

    assert marked(ledger, after(hours=1)) == set()
    assert {each.status for each in ledger.deliveries.of_mailing(mailing.id)} == {
        DeliveryStatus.SUPPRESSED
    }


def everything(url):
    """Every value of every table, as text."""
    database = Database(url, patience_s=2)
    with database.reading() as connection:
        rows = [
            str(tuple(row))
            for table in metadata.sorted_tables
            if table.name != "journal"
            for row in connection.execute(select(table))
        ]
    database.close()
    return "\n".join(rows)
