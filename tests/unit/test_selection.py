"""Who receives a step, and why everybody else does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.campaign import Campaign, CampaignKind, FixedTime, Step, VariantKey
from mailer.model.contacts.contact import Contact, contact_id
from mailer.model.contacts.suppression import Suppression, SuppressionReason
from mailer.model.mailings.mailing import AudienceRule, rule_of
from mailer.selection import ONLY, UNLESS, index_people, select
from tests.counterparts import plain_selection

FRENCH = (VariantKey("", "fr"),)
NOW = datetime(2017, 12, 7, 8, 30, tzinfo=UTC)
BOTH = AudienceRule(("press", "associations"))
REMINDER = AudienceRule(("press",), unless=("accredited", "declined"))
PRACTICAL = AudienceRule(("press",), only=("accredited",))
CANCELLATION = AudienceRule(("press",), cancels=True)


def a_contact(address="ada@lab.example", *, lists=("press",), alternates=(), former=(), **fields):
    parsed = Address.parse(address)
    return Contact(
        id=contact_id(parsed),
        address=parsed,
        lists=frozenset(lists),
        alternates=tuple(map(Address.parse, alternates)),
        former=tuple(map(Address.parse, former)),
        **fields,
    )


def a_bar(address="ada@lab.example", reason=SuppressionReason.OPT_OUT, **fields):
    return Suppression(Address.parse(address), reason, since=NOW, **fields)


def an_answer(state, address="ada@lab.example", at=NOW, **fields):
    return Accreditation("meeting", Address.parse(address), AccreditationState(state), at, **fields)


def audience(*contacts, rule=BOTH, variants=FRENCH, bars=(), answers=(), language="fr"):
    return select(
        index_people(contacts),
        rule=rule,
        variants=variants,
        default_language=language,
        suppressions=bars,
        accreditations=answers,
        now=NOW,
    )


def written_to(audience):
    return [str(recipient.contact.address) for recipient in audience.recipients]


def reasons(audience):
    return {str(e.contact.address): (e.reason.value, e.detail) for e in audience.exclusions}


# One message, one person.


def test_only_the_lists_of_the_rule_are_written_to():
    found = audience(a_contact(), a_contact("bo@lab.example", lists=("team",)))

    assert written_to(found) == ["ada@lab.example"]
    assert found.exclusions == ()


def test_somebody_on_two_lists_receives_the_version_of_the_first():
    variants = (VariantKey("", "fr"), VariantKey("associations", "fr"))
    ada = a_contact(lists=("associations", "press"))

    press_first = audience(ada, variants=variants)
    associations_first = audience(
        ada, rule=AudienceRule(("associations", "press")), variants=variants
    )

    assert press_first.recipients[0].variant == VariantKey("", "fr")
    assert associations_first.recipients[0].variant == VariantKey("associations", "fr")


def test_two_contacts_with_one_address_are_one_person_by_the_first_list():
    association = a_contact("ADA@lab.example", lists=("associations",))
    press = a_contact(lists=("press",))

    found = audience(association, press)

    assert written_to(found) == ["ada@lab.example"]
    assert reasons(found) == {"ADA@lab.example": ("same-person", "ada@lab.example")}


def test_an_alternate_that_is_another_contact_makes_them_one_person():
    found = audience(a_contact(alternates=("ada@home.example",)), a_contact("ada@home.example"))

    assert written_to(found) == ["ada@lab.example"]


def test_a_former_address_among_the_alternates_of_another_contact_is_the_same_person():
    found = audience(
        a_contact("ada@lab.example", former=("ada@old.example",)),
        a_contact("zoe@lab.example", alternates=("ada@old.example",)),
    )

    assert written_to(found) == ["ada@lab.example"]


@pytest.mark.parametrize("known_as", ["ada@lab.example", "ada@old.example"])
def test_a_refusal_and_an_answer_under_a_former_address_are_the_person_s(known_as):
    ada = a_contact(former=("ada@old.example",))

    refused = audience(ada, bars=[a_bar(known_as)])
    answered = audience(ada, rule=REMINDER, answers=[an_answer("accepted", known_as)])

    assert written_to(refused) == written_to(answered) == []


def test_a_chain_of_alternates_is_one_person():
    found = audience(
        a_contact("a@lab.example", alternates=("b@lab.example",)),
        a_contact("c@lab.example", alternates=("b@lab.example",)),
        a_contact("b@lab.example"),
    )

    assert written_to(found) == ["a@lab.example"]
    assert len(found.exclusions) == 2


def test_who_has_one_contact_is_not_among_those_with_several():
    several = [a_contact("ada@lab.example", lists=(name,)) for name in ("press", "associations")]
    one, plain = (
        a_contact("bea@lab.example", alternates=("bea@home.example",)),
        a_contact("c@d.example"),
    )

    people = index_people([*several, one, plain])

    assert {each.keys for each in people.of_several_contacts()} == {frozenset({"ada@lab.example"})}
    assert set(people.joined) == {"ada@lab.example", "bea@lab.example", "bea@home.example"}


def test_all_addresses_of_a_person_are_known_by_each_but_nobody_s_by_one_that_several_share():
    ada = a_contact("ada@lab.example", alternates=("ada@home.example", "room@lab.example"))
    bea = a_contact("bea@lab.example", alternates=("room@lab.example",))
    desk = a_contact("desk@lab.example", is_generic=True)

    people = index_people([ada, bea, desk])

    own = frozenset({"ada@lab.example", "ada@home.example", "room@lab.example"})
    assert people.keys_of("ada@lab.example") == people.keys_of("ada@home.example") == own
    for key in ("room@lab.example", "desk@lab.example", "nobody@lab.example"):
        assert people.keys_of(key) == frozenset({key})


def test_two_people_of_one_outlet_receive_two_messages():
    desk = a_contact("redaction@jour.example", organisation="Le Jour", is_generic=True)
    ada = a_contact("ada@jour.example", organisation="Le Jour", alternates=(str(desk.address),))
    bo = a_contact("bo@jour.example", organisation="Le Jour", alternates=(str(desk.address),))

    assert len(audience(desk, ada, bo).recipients) == 3


def test_the_order_is_that_of_the_contacts():
    people = [a_contact(f"{name}@lab.example") for name in "zab"]

    assert written_to(audience(*people)) == ["z@lab.example", "a@lab.example", "b@lab.example"]


# The version.


@pytest.mark.parametrize(
    ("variants", "wanted"),
    [
        ([("press", "en"), ("press", "fr"), ("", "en"), ("", "fr")], ("press", "en")),
        ([("press", "fr"), ("", "en"), ("", "fr")], ("press", "fr")),
        ([("associations", "en"), ("", "en"), ("", "fr")], ("", "en")),
        ([("associations", "en"), ("", "fr")], ("", "fr")),
    ],
)
def test_the_version_falls_back_by_list_then_by_language(variants, wanted):
    found = audience(a_contact(language="en"), variants=[VariantKey(*key) for key in variants])

    assert found.recipients[0].variant == VariantKey(*wanted)


def test_without_any_version_the_person_is_an_exclusion():
    found = audience(a_contact(language="en"), variants=[VariantKey("associations", "en")])

    assert reasons(found) == {"ada@lab.example": ("no-variant", "press.en")}


# Bars.


@pytest.mark.parametrize("reason", list(SuppressionReason))
def test_a_barred_address_is_not_written_to(reason):
    found = audience(a_contact(), bars=[a_bar("ADA@lab.example", reason)])

    assert reasons(found) == {"ada@lab.example": ("suppressed", reason.value)}


def test_a_bar_on_one_list_leaves_the_other_open():
    ada = a_contact(lists=("press", "associations"))
    variants = (VariantKey("press", "fr"), VariantKey("associations", "fr"))

    found = audience(ada, variants=variants, bars=[a_bar(scope="press")])

    assert found.recipients[0].variant == VariantKey("associations", "fr")
    assert written_to(audience(a_contact(), bars=[a_bar(scope="press")])) == []
    assert written_to(audience(a_contact(), bars=[a_bar(scope="associations")])) != []


def test_a_bar_ends_at_its_until():
    over = a_bar(reason=SuppressionReason.UNREACHABLE, until=NOW)
    running = replace(over, until=NOW + timedelta(seconds=1))

    assert written_to(audience(a_contact(), bars=[over])) != []
    assert written_to(audience(a_contact(), bars=[running])) == []


@pytest.mark.parametrize("reason", ["opt-out", "complaint", "do-not-contact"])
def test_a_wish_under_one_address_holds_for_all_of_the_person(reason):
    ada = a_contact(alternates=("ada@home.example",))
    other = a_contact("ada@home.example", lists=("associations",))

    found = audience(ada, other, bars=[a_bar("ada@home.example", SuppressionReason(reason))])

    assert found.recipients == ()
    assert len(found.exclusions) == 2


def test_a_dead_address_leaves_the_persons_other_contact():
    ada = a_contact(alternates=("ada@home.example",))
    other = a_contact("ada@home.example")
    dead = a_bar(reason=SuppressionReason.DEAD)

    found = audience(ada, other, bars=[dead])

    assert written_to(found) == ["ada@home.example"]
    assert written_to(audience(ada, bars=[a_bar("ada@home.example", dead.reason)])) != []


def test_a_desks_opt_out_does_not_silence_its_journalists():
    ada = a_contact("ada@jour.example", alternates=("redaction@jour.example",))
    desk = a_contact("redaction@jour.example", is_generic=True)

    found = audience(ada, desk, bars=[a_bar("redaction@jour.example")])

    assert written_to(found) == ["ada@jour.example"]


# Answers.


@pytest.mark.parametrize("state", ["asked", "accepted", "waiting", "attended", "declined"])
def test_a_reminder_never_reaches_somebody_who_answered(state):
    found = audience(a_contact(), rule=REMINDER, answers=[an_answer(state)])

    reason = "declined" if state == "declined" else "accredited"
    assert reasons(found) == {"ada@lab.example": (reason, state)}


@pytest.mark.parametrize("state", ["asked", "accepted", "waiting", "attended", "declined"])
def test_practical_information_is_for_those_let_in(state):
    found = audience(a_contact(), rule=PRACTICAL, answers=[an_answer(state)])

    if state in {"accepted", "attended"}:
        assert written_to(found) == ["ada@lab.example"]
    else:
        assert reasons(found) == {"ada@lab.example": ("not-accredited", state)}


def test_whoever_did_not_answer_gets_the_reminder_and_no_practical_information():
    assert written_to(audience(a_contact(), rule=REMINDER)) == ["ada@lab.example"]
    assert reasons(audience(a_contact(), rule=PRACTICAL)) == {
        "ada@lab.example": ("not-accredited", "")
    }


def test_an_answer_under_an_alternate_counts():
    ada = a_contact(alternates=("ada@home.example",))

    found = audience(ada, rule=REMINDER, answers=[an_answer("asked", "Ada@home.example")])

    assert found.recipients == ()


def test_the_last_answer_counts():
    earlier = an_answer("accepted", at=NOW - timedelta(days=1))
    later = an_answer("declined", "ada@home.example")
    ada = a_contact(alternates=("ada@home.example",))

    found = audience(ada, rule=PRACTICAL, answers=[later, earlier])

    assert reasons(found) == {"ada@lab.example": ("not-accredited", "declined")}


def test_present_and_absent_can_be_told_apart():
    came, missed = a_contact("came@lab.example"), a_contact("missed@lab.example")
    answers = [
        an_answer("attended", "came@lab.example"),
        an_answer("accepted", "missed@lab.example"),
    ]

    thanks = audience(
        came, missed, rule=AudienceRule(("press",), only=("attended",)), answers=answers
    )
    kit = audience(came, missed, rule=AudienceRule(("press",), only=("accepted",)), answers=answers)

    assert written_to(thanks) == ["came@lab.example"]
    assert written_to(kit) == ["missed@lab.example"]


def test_every_state_can_be_named_in_a_rule():
    assert set(ONLY) == set(UNLESS) == {*map(str, AccreditationState), "accredited"}


def test_somebody_accredited_from_outside_the_lists_gets_practical_information():
    known = a_contact("bo@radio.example", lists=("radio",))
    answers = [
        an_answer("accepted", "bo@radio.example"),
        an_answer("accepted", "zoe@blog.example", name="Zoé Noël", organisation="Blog"),
        an_answer("asked", "later@blog.example"),
    ]

    found = audience(known, rule=PRACTICAL, answers=answers)

    assert written_to(found) == ["bo@radio.example", "zoe@blog.example"]
    stranger = found.recipients[1].contact
    assert (stranger.name, stranger.organisation) == ("Zoé Noël", "Blog")
    assert stranger.id == contact_id(Address.parse("zoe@blog.example"))
    assert written_to(audience(known, rule=REMINDER, answers=answers)) == []


def test_somebody_accredited_whose_contacts_are_on_none_of_the_lists_is_one_person():
    ada = a_contact(lists=("radio",), alternates=("ada@home.example",))
    other = a_contact("ada@home.example", lists=("team",))

    found = audience(ada, other, rule=PRACTICAL, answers=[an_answer("accepted")])

    assert written_to(found) == ["ada@lab.example"]
    assert found.exclusions == ()


def test_a_stranger_who_opted_out_is_not_written_to():
    bars = [a_bar("zoe@blog.example")]

    found = audience(rule=PRACTICAL, answers=[an_answer("accepted", "zoe@blog.example")], bars=bars)

    assert reasons(found) == {"zoe@blog.example": ("suppressed", "opt-out")}


# Cancellation.


@pytest.mark.parametrize("reason", ["opt-out", "do-not-contact"])
def test_a_cancellation_reaches_those_who_asked_to_come_even_after_an_opt_out(reason):
    answers = [an_answer("asked"), an_answer("accepted", "zoe@blog.example")]

    found = audience(
        a_contact(),
        a_contact("bo@lab.example"),
        rule=CANCELLATION,
        answers=answers,
        bars=[a_bar(reason=SuppressionReason(reason)), a_bar("bo@lab.example")],
    )

    assert written_to(found) == ["ada@lab.example", "zoe@blog.example"]
    assert reasons(found) == {"bo@lab.example": ("suppressed", "opt-out")}


@pytest.mark.parametrize("reason", [SuppressionReason.DEAD, SuppressionReason.COMPLAINT])
def test_a_cancellation_does_not_reach_a_dead_address_or_a_complainant(reason):
    found = audience(
        a_contact(), rule=CANCELLATION, answers=[an_answer("accepted")], bars=[a_bar(reason=reason)]
    )

    assert found.recipients == ()


def test_a_cancellation_spares_whoever_declined():
    found = audience(
        a_contact(), rule=CANCELLATION, answers=[an_answer("declined")], bars=[a_bar()]
    )

    assert found.recipients == ()


@pytest.mark.parametrize(
    ("campaign_kind", "step_kind", "cancels"),
    [
        (CampaignKind.ADVISORY, None, False),
        (CampaignKind.CANCELLATION, None, True),
        (CampaignKind.POSTPONEMENT, None, True),
        (CampaignKind.ADVISORY, CampaignKind.CANCELLATION, True),
        (CampaignKind.CANCELLATION, CampaignKind.ADVISORY, False),
    ],
)
def test_the_rule_of_a_step_knows_whether_it_cancels(campaign_kind, step_kind, cancels):
    step = Step("s", FixedTime(NOW), ("press",), "S", kind=step_kind, only=("accepted",))
    campaign = Campaign("c", "C", campaign_kind, "fr", "Europe/Paris", steps=(step,))

    assert rule_of(campaign, step) == AudienceRule(("press",), only=("accepted",), cancels=cancels)


# Properties.

LISTS = ("press", "associations", "team")
NAMES = st.sampled_from(["ada", "ADA", "bo", "Bo", "cy", "di", "redaction"])
ADDRESSES = st.builds("{}@{}".format, NAMES, st.sampled_from(["lab.example", "home.example"]))
CONTACTS = st.lists(
    st.builds(
        a_contact,
        ADDRESSES,
        lists=st.frozensets(st.sampled_from(LISTS)),
        alternates=st.lists(ADDRESSES, max_size=2),
        former=st.lists(ADDRESSES, max_size=2),
        language=st.sampled_from(["fr", "en"]),
        is_generic=st.booleans(),
    ),
    max_size=8,
)
BARS = st.lists(
    st.builds(
        a_bar,
        ADDRESSES,
        st.sampled_from(SuppressionReason),
        scope=st.sampled_from(["", *LISTS]),
        until=st.sampled_from([None, NOW - timedelta(days=1), NOW + timedelta(days=1)]),
    ),
    max_size=4,
)
ANSWERS = st.lists(st.builds(an_answer, st.sampled_from(AccreditationState), ADDRESSES), max_size=4)
STATES = st.lists(st.sampled_from(sorted(ONLY)), max_size=2).map(tuple)
TO = st.permutations(LISTS[:2]).map(tuple)
VARIANTS = st.frozensets(
    st.builds(VariantKey, st.sampled_from(["", "press"]), st.sampled_from(["fr", "en"]))
)


@given(CONTACTS, BARS, ANSWERS, st.builds(AudienceRule, TO, STATES, STATES), VARIANTS)
def test_nobody_twice_nobody_barred_and_everybody_accounted_for(
    contacts, bars, answers, rule, variants
):
    found = audience(*contacts, rule=rule, variants=variants, bars=bars, answers=answers)

    keys = [recipient.contact.address.key for recipient in found.recipients]
    assert len(keys) == len(set(keys))
    barred = {
        bar.address.key
        for bar in bars
        if bar.scope == "" and (bar.until is None or bar.until > NOW)
    }
    assert barred.isdisjoint(keys)
    listed = [c for c in contacts if c.lists & set(rule.to)]
    settled = [v.contact for v in (*found.recipients, *found.exclusions)]
    assert all(settled.count(contact) == listed.count(contact) for contact in listed)
    extra = [contact for contact in settled if contact not in listed]
    assert not extra or rule.only
    assert all(recipient.variant in variants for recipient in found.recipients)


@given(
    CONTACTS, BARS, ANSWERS, st.builds(AudienceRule, TO, STATES, STATES, st.booleans()), VARIANTS
)
def test_the_indexed_selection_agrees_with_the_plain_one(contacts, bars, answers, rule, variants):
    found = audience(*contacts, rule=rule, variants=variants, bars=bars, answers=answers)

    assert found == plain_selection.select(
        contacts=contacts,
        rule=rule,
        variants=variants,
        default_language="fr",
        suppressions=bars,
        accreditations=answers,
        now=NOW,
    )


@given(CONTACTS, BARS, ANSWERS, st.builds(AudienceRule, TO, STATES, STATES))
def test_the_audience_does_not_depend_on_the_order_of_bars_and_answers(
    contacts, bars, answers, rule
):
    answers = list({answer.address.key: answer for answer in answers}.values())
    straight = audience(*contacts, rule=rule, bars=bars, answers=answers)
    reversed_ = audience(*contacts, rule=rule, bars=bars[::-1], answers=answers[::-1])

    assert set(written_to(straight)) == set(written_to(reversed_))


@given(CONTACTS, BARS)
def test_one_more_bar_never_adds_a_recipient_address_that_is_barred(contacts, bars):
    found = audience(*contacts, bars=bars)

    for recipient in found.recipients:
        again = audience(*contacts, bars=[*bars, a_bar(str(recipient.contact.address))])
        assert str(recipient.contact.address) not in written_to(again)


def test_every_reason_is_reachable():
    people = [
        a_contact("a@lab.example"),
        a_contact("A@lab.example"),
        a_contact("b@lab.example"),
        a_contact("c@lab.example"),
        a_contact("d@lab.example"),
        a_contact("e@lab.example", language="en"),
    ]
    found = audience(
        *people,
        rule=AudienceRule(
            ("press",), only=("accredited", "declined"), unless=("waiting", "declined")
        ),
        bars=[a_bar("b@lab.example")],
        answers=[
            an_answer(s, f"{n}@lab.example")
            for n, s in [("a", "waiting"), ("c", "declined"), ("e", "accepted")]
        ],
        variants=[],
    )

    # An answer from an unknown address and the target of a rule have tests of their own.
    reasons = {exclusion.reason for exclusion in found.exclusions}
    assert reasons == {
        ExclusionReason.SUPPRESSED,
        ExclusionReason.ACCREDITED,
        ExclusionReason.DECLINED,
        ExclusionReason.NOT_ACCREDITED,
        ExclusionReason.SAME_PERSON,
        ExclusionReason.NO_VARIANT,
    }
