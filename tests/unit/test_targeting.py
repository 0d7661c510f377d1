"""Whom a target leaves out, each with the reason, and never somebody too many."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.target import Target
from mailer.model.mailings.mailing import AudienceRule, written_rule
from mailer.selection import Targeting, index_people, matches, select
from tests.unit.test_selection import FRENCH, NOW, a_bar, a_contact, an_answer, reasons, written_to

PRESS = AudienceRule(("press",))


def audience(*contacts, target, rule=PRESS, answers=(), bars=(), **known):
    return select(
        index_people(contacts),
        rule=replace(rule, target=target),
        variants=FRENCH,
        default_language="fr",
        suppressions=bars,
        accreditations=answers,
        now=NOW,
        targeting=Targeting(target, **known),
    )


ADA = a_contact(
    "ada@lab.example", organisation="Le Monde", beat="Santé, sciences", region="Bretagne"
)
BEA = a_contact("bea@lab.example", organisation="Ouest-France", beat="sport", media="PQR")
CAL = a_contact("cal@lab.example", language="en", lists=("press", "partners"))


@pytest.mark.parametrize(
    ("target", "kept", "reason"),
    [
        (Target(outlets=("le monde",)), "ada", ExclusionReason.OTHER_OUTLET),
        (Target(beats=("SANTE",)), "ada", ExclusionReason.OTHER_BEAT),
        (Target(beats=("sport", "culture")), "bea", ExclusionReason.OTHER_BEAT),
        (Target(regions=("bretagne",)), "ada", ExclusionReason.OTHER_REGION),
        (Target(media=("pqr",)), "bea", ExclusionReason.OTHER_MEDIA),
        (Target(languages=("en",)), "cal", ExclusionReason.OTHER_LANGUAGE),
    ],
)
def test_a_condition_keeps_whom_it_names_and_says_why_not_the_others(target, kept, reason):
    found = audience(ADA, BEA, CAL, target=target)

    assert written_to(found) == [f"{kept}@lab.example"]
    assert {exclusion.reason for exclusion in found.exclusions} == {reason}
    assert len(found.exclusions) == 2


def test_a_list_left_out_keeps_out_its_people_on_whatever_other_list():
    found = audience(ADA, CAL, target=Target(exclude=("partners",)))

    assert written_to(found) == ["ada@lab.example"]
    assert reasons(found) == {"cal@lab.example": ("excluded-list", "partners")}


def test_only_those_who_received_a_step():
    target = Target(received=("mer/announcement",))

    found = audience(ADA, BEA, target=target, received=frozenset({ADA.id}))

    assert written_to(found) == ["ada@lab.example"]
    assert reasons(found) == {"bea@lab.example": ("not-received", "mer/announcement")}


def test_not_those_who_received_a_step():
    target = Target(not_received=("mer/announcement",))

    found = audience(ADA, BEA, target=target, not_received={ADA.id: "mer/announcement"})

    assert written_to(found) == ["bea@lab.example"]
    assert reasons(found) == {"ada@lab.example": ("has-received", "mer/announcement")}


@pytest.mark.parametrize(("count", "receives"), [(0, True), (2, True), (3, False), (9, False)])
def test_who_was_written_to_too_often_this_week_is_left_out(count, receives):
    found = audience(ADA, target=Target(most_per_week=3), often={ADA.id: count})

    assert bool(written_to(found)) is receives


def test_what_one_contact_of_a_person_received_counts_for_the_person():
    mine = a_contact("ada@home.example", alternates=("ada@lab.example",))

    found = audience(ADA, mine, target=Target(not_received=("m/a",)), not_received={mine.id: "m/a"})

    assert written_to(found) == []


def test_a_person_is_meant_by_whichever_contact_fits():
    other = a_contact(
        "ada@home.example", alternates=("ada@lab.example",), organisation="Libération"
    )

    found = audience(ADA, other, target=Target(outlets=("Libération",)))

    assert written_to(found) == ["ada@home.example"]


def test_an_unknown_value_means_nobody():
    assert written_to(audience(ADA, BEA, CAL, target=Target(beats=("jardinage",)))) == []


def test_a_bar_and_an_answer_hold_whatever_the_target_says():
    found = audience(
        ADA,
        BEA,
        target=Target(outlets=("Le Monde", "Ouest-France")),
        rule=AudienceRule(("press",), unless=("accredited",)),
        bars=[a_bar("ada@lab.example")],
        answers=[an_answer("accepted", "bea@lab.example")],
    )

    assert written_to(found) == []


@pytest.mark.parametrize("target", [Target(outlets=("Le Figaro",)), Target(exclude=("press",))])
def test_who_asked_to_come_learns_of_the_cancellation_whatever_the_target_says(target):
    found = audience(
        ADA,
        BEA,
        a_contact("ada@home.example", alternates=("ada@lab.example",)),
        target=target,
        rule=AudienceRule(("press",), cancels=True),
        answers=[an_answer("accepted", "bea@lab.example")],
    )

    assert written_to(found) == ["bea@lab.example"]


def test_a_rule_without_target_is_written_as_before_there_were_targets():
    assert written_rule(PRESS) == {"to": ("press",), "only": (), "unless": (), "cancels": False}


@pytest.mark.parametrize(
    ("wanted", "value", "fits"),
    [
        ("santé", "Sante", True),
        ("sante", "SANTÉ / environnement", True),
        ("santé publique", "santé", False),
        ("santé", "santé publique", False),
        ("ile-de-france", "Île-de-France", True),
        ("radio", "TV; radio", True),
        ("oeuvre", "œuvre", True),
        ("sciences", "", False),
        ("art", "départ", False),
        ("grand est", "Grand-Est", True),
    ],
)
def test_words_are_compared_as_a_reader_would(wanted, value, fits):
    assert matches((wanted,), value) is fits


WORDS = st.sampled_from(["Le Monde", "Ouest-France", "", "La Croix"])
PEOPLE = st.lists(
    st.builds(
        a_contact,
        st.sampled_from([f"{n}@lab.example" for n in "abcdef"]),
        organisation=WORDS,
        beat=WORDS,
        lists=st.sampled_from([("press",), ("press", "partners"), ("partners",), ()]),
    ),
    max_size=6,
    unique_by=lambda contact: contact.key,
)
TARGETS = st.builds(
    Target,
    outlets=st.sampled_from([(), ("le monde",), ("la croix", "ouest france")]),
    beats=st.sampled_from([(), ("le monde",)]),
    exclude=st.sampled_from([(), ("partners",)]),
)


@given(PEOPLE, TARGETS)
def test_a_target_only_takes_away_and_everybody_on_the_lists_has_a_reason(people, target):
    without = audience(*people, target=Target())
    found = audience(*people, target=target)

    assert {*written_to(found)} <= {*written_to(without)}
    assert {*written_to(found), *reasons(found)} == {*written_to(without), *reasons(without)}
    assert len(found.recipients) + len(found.exclusions) == len(
        {*written_to(found), *reasons(found)}
    )
