"""What pages keep of the directory: never older than the page, and nothing that a launch takes."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.mailings.mailing import AudienceRule
from mailer.operations.sending.audience import Directory
from mailer.operations.sending.kept_directory import KeptDirectory
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact, a_delivery, started
from tests.counterparts.empty_ledger import empty_ledger

NAMES = ("ada", "bob", "cyd", "dan", "eve")
VARIANTS = (VariantKey("", "fr"), VariantKey("", "en"))
RULES = (
    AudienceRule(to=("press",)),
    AudienceRule(to=("press", "team"), unless=("accredited", "declined")),
    AudienceRule(to=("team",), only=("accredited",)),
    AudienceRule(to=("press",), cancels=True),
)
CAMPAIGNS = ("meeting", "fair")


def address_of(name):
    return Address.parse(f"{name}@press.example")


def save(ledger, _now, name, number):
    lists = (("press",), ("team",), ("press", "team"))[number % 3]
    contact = a_contact(
        str(address_of(name)),
        lists=frozenset(lists),
        language=("fr", "en", "it")[number % 2],
        last_name=name,
        alternates=(address_of(NAMES[number % 5]),) if number % 4 == 0 else (),
    )
    ledger.contacts.put(contact, action="edit-contact", detail="", actor=ACTOR, at=NOON)


def remove(ledger, _now, name, _number):
    if found := ledger.contacts.find(address_of(name)):
        ledger.contacts.remove(found, actor=ACTOR, at=NOON)


def bar(ledger, _now, name, number):
    ledger.suppressions.add(
        a_bar(str(address_of(name)), scope=("", "press", "team")[number % 3]), actor=ACTOR
    )


def bar_for_hours(ledger, now, name, number):
    until = now + timedelta(hours=number)
    reason = SuppressionReason.UNREACHABLE
    ledger.suppressions.add(a_bar(str(address_of(name)), reason=reason, until=until), actor=ACTOR)


def lift(ledger, _now, name, _number):
    ledger.suppressions.lift(address_of(name), scope="", actor=ACTOR, why="asked", at=NOON)


def answer(ledger, now, name, number):
    state = tuple(AccreditationState)[number % len(AccreditationState)]
    ledger.accreditations.save(
        Accreditation(CAMPAIGNS[number % 2], address_of(name), state, at=now), actor=ACTOR
    )


def answer_from_elsewhere(ledger, now, name, number):
    address = Address.parse(f"{name}@home.example")
    accreditation = Accreditation(
        CAMPAIGNS[number % 2], address, AccreditationState.DECLINED, at=now, name=name
    )
    ledger.accreditations.save(accreditation, actor=ACTOR)


def correct(ledger, _now, name, number):
    ledger.contacts.correct_address(
        address_of(name),
        Address.parse(f"{name}{number}@press.example"),
        readdress=lambda delivery, _address: delivery,
        actor=ACTOR,
        why="",
        at=NOON,
    )


def forget(ledger, _now, name, _number):
    ledger.erasure.forget(address_of(name), actor=ACTOR, why="asked", at=NOON)


def nothing(_ledger, _now, _name, _number):
    """Only the hour changes."""


ACTS = (
    save, save, save, remove, bar, bar_for_hours, lift,
    answer, answer_from_elsewhere, correct, forget, nothing,
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.sampled_from(NAMES),
        st.integers(0, 11),
        st.sampled_from((timedelta(0), timedelta(hours=1), timedelta(hours=5))),
    ),
    max_size=10,
)


def audiences(directory):
    return [
        directory.audience(rule, campaign=campaign, variants=VARIANTS, default_language="fr")
        for rule in RULES
        for campaign in CAMPAIGNS
    ]


@settings(max_examples=20)
@given(CHANGES)
def test_after_any_change_what_is_kept_is_what_is_read_anew(changes):
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(empty_ledger(Path(folder) / "ledger.db"))
        kept, now = KeptDirectory(ledger), NOON
        for act, name, number, later in changes:
            audiences(kept.at(now))
            act(ledger, now, name, number)
            now += later

            assert audiences(kept.at(now)) == audiences(Directory(ledger, now=now))
        ledger.close()


def test_a_second_look_at_a_directory_that_nobody_changed_reads_nothing_of_it(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    save(ledger, NOON, "ada", 0)
    kept = KeptDirectory(ledger)
    first = audiences(kept.at(NOON))

    second = audiences(kept.at(NOON + timedelta(hours=1)))

    assert all(a is b for a, b in zip(first, second, strict=True))
    ledger.close()


def test_whom_a_mailing_reached_is_read_again_when_it_reaches_more_or_somebody_is_erased(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    save(ledger, NOON, "ada", 0)
    ada = ledger.contacts.find(address_of("ada"))
    mailing, deliveries = started(ledger, count=2)
    kept = KeptDirectory(ledger)

    def reached():
        (summary,) = ledger.mailings.summaries()
        return kept.at(NOON).reached_by(summary)

    assert reached() is reached()
    assert reached() == {each.contact_id for each in deliveries}
    late = a_delivery(9, mailing=mailing, contact_id=ada.id, address=ada.address)
    assert ledger.deliveries.add(late, actor=ACTOR, why="asked", at=NOON)
    assert reached() == {each.contact_id for each in (*deliveries, late)}
    forget(ledger, NOON, "ada", 0)
    assert reached() == {each.contact_id for each in deliveries}
    ledger.close()


def test_a_bar_that_ends_ends_also_for_what_is_kept(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    save(ledger, NOON, "ada", 2)
    bar_for_hours(ledger, NOON, "ada", 3)
    kept = KeptDirectory(ledger)

    sizes = [
        len(audiences(kept.at(NOON + timedelta(hours=hours)))[0].recipients)
        for hours in (0, 2, 3, 4, 1)
    ]

    assert sizes == [0, 0, 1, 1, 0]
    ledger.close()


def test_only_so_many_audiences_are_kept(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    save(ledger, NOON, "ada", 2)
    directory = KeptDirectory(ledger).at(NOON)
    lists = [AudienceRule(to=(f"list-{number}",)) for number in range(100)]

    for rule in lists:
        directory.audience(rule, campaign="fair", variants=VARIANTS, default_language="fr")

    assert len(directory._found) < len(lists) / 2
    ledger.close()
