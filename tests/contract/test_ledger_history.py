"""Whom earlier mailings reached, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mailer.model.address import Address
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.campaigns.target import Target
from mailer.model.contacts.contact import ContactId
from mailer.model.mailings.delivery import Accepted, Rejected, Uncertain
from mailer.model.mailings.mailing import AudienceRule, MailingState, SignOff
from mailer.model.mailings.signed_step import SignedStep
from tests.counterparts.builders import (
    ACTOR,
    COMPILED,
    NOON,
    a_contact,
    a_delivery,
    a_mailing,
    after,
    an_exclusion,
    started,
)


def partly_sent(ledger):
    """Four readers: one accepted, one refused, one uncertain, one still to be sent."""
    mailing, deliveries = started(ledger, count=4)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [each.id for each in deliveries[:3]], now=NOON)
    outcomes = (Accepted("250"), Rejected("550"), Uncertain("broke"))
    for each, outcome in zip(deliveries, outcomes, strict=False):
        ledger.sending.settle(claim, each.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)
    return mailing


def test_who_has_a_step_or_may_have_it_has_received_it(ledger):
    mailing = partly_sent(ledger)

    assert ledger.history.received("meeting", "announcement") == {"c-0", "c-2"}
    assert ledger.history.received("meeting", "reminder") == frozenset()
    assert ledger.history.received("another", "announcement") == frozenset()
    assert ledger.history.audience(mailing.id) == {"c-0", "c-1", "c-2", "c-3"}


def test_only_mailings_of_these_days_count_towards_too_many(ledger):
    partly_sent(ledger)

    def often(since, at_least):
        return ledger.history.often_contacted(since=since, at_least=at_least)

    assert often(NOON - timedelta(days=7), 1) == {"c-0": 1, "c-2": 1}
    assert often(NOON - timedelta(days=7), 2) == {}
    assert often(NOON + timedelta(seconds=1), 1) == {}


def test_who_received_most_comes_first_page_by_page_over_all_campaigns(ledger):
    people = [a_contact(f"p{number}@press.example") for number in range(4)]
    ledger.contacts.save(people[:3], actor=ACTOR, at=NOON)
    for campaign, count in (("first", 4), ("second", 2), ("third", 1)):
        mailing = a_mailing(campaign=campaign)
        sent = [
            a_delivery(number, mailing=mailing, contact_id=each.id, address=each.address)
            for number, each in enumerate(people[:count])
        ]
        ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
        ledger.mailings.start(mailing.id, deliveries=sent, exclusions=[], at=NOON)
        claim = ledger.sending.claim(worker="w", now=NOON)
        ledger.sending.mark(claim, [each.id for each in sent], now=NOON)
        for each in sent:
            ledger.sending.settle(claim, each.id, Accepted("250"), now=NOON)
        ledger.sending.release(claim, now=NOON)

    def pages(since=NOON - timedelta(days=30), at_least=1):
        after = ""
        while found := ledger.history.written_to(
            since=since, at_least=at_least, after=after, limit=1
        ):
            yield from found
            after = found[-1].mark

    everybody = list(pages())
    assert [each.mails for each in everybody] == [3, 2, 1, 1]
    assert everybody[0].address == "p0@press.example"
    assert {each.address for each in everybody if not each.is_known} == {"p3@press.example"}
    assert {each.last_at for each in everybody} == {NOON}
    assert [each.mails for each in pages(at_least=2)] == [3, 2]
    assert not list(pages(since=NOON + timedelta(seconds=1)))
    assert len(ledger.history.written_to(since=NOON, at_least=1, after="odd", limit=9)) == 4


def test_who_was_kept_back_is_found_with_the_reason(ledger):
    out = an_exclusion("Out@press.example", ExclusionReason.OTHER_BEAT, "sport")
    mailing, _deliveries = started(ledger, exclusions=[out])

    (kept,) = ledger.history.kept_back({"out@press.example"}, mailing_ids=[mailing.id])

    assert kept == (mailing.id, ExclusionReason.OTHER_BEAT, "sport")
    assert ledger.history.kept_back({"out@press.example"}, mailing_ids=[]) == []
    assert ledger.history.kept_back({"ada@press.example"}, mailing_ids=[mailing.id]) == []


def a_signed_step(*recipients, step="announcement", **fields):
    given = {
        "local_time": "2017-12-04T09:30+01:00",
        "rule": AudienceRule(
            ("press",), target=Target(beats=("santé",), received=("m/a",), most_per_week=3)
        ),
        "texts": {"fr": "0" * 64},
        "recipients": frozenset(map(ContactId, recipients)),
    }
    return SignedStep(step, **(given | fields))


def test_what_was_signed_off_last_is_kept_whole_and_replaces_what_was_before(ledger):
    sign_off = SignOff("meeting", "f" * 64, "Ada", NOON)
    first = [a_signed_step("c-1", "c-2"), a_signed_step(step="reminder")]
    ledger.mailings.sign(sign_off, actor=ACTOR, steps=first)

    assert ledger.history.signed_steps("meeting") == {each.step: each for each in first}
    assert ledger.history.signed_steps("another") == {}

    ledger.mailings.sign(sign_off, actor=ACTOR, steps=[a_signed_step("c-3")])

    (step,) = ledger.history.signed_steps("meeting").values()
    assert step.recipients == {"c-3"}


def test_who_asked_to_be_forgotten_is_in_no_sign_off(ledger):
    ada = a_contact("ada@press.example")
    ledger.contacts.save([ada], actor=ACTOR, at=NOON)
    stored = ledger.contacts.find(ada.address)
    ledger.mailings.sign(
        SignOff("meeting", "f" * 64, "Ada", NOON),
        actor=ACTOR,
        steps=[a_signed_step(stored.id, "c-2")],
    )

    ledger.erasure.forget(Address.parse("Ada@press.example"), actor=ACTOR, why="", at=NOON)

    (step,) = ledger.history.signed_steps("meeting").values()
    assert step.recipients == {"c-2"}


def test_a_kind_of_media_is_kept_and_told_as_a_trait(ledger):
    ada = a_contact("ada@press.example", media="Radio", beat="santé")
    ledger.contacts.save([ada, a_contact("bea@press.example")], actor=ACTOR, at=NOON)

    stored = ledger.contacts.find(ada.address)

    assert stored.media == "Radio"
    assert ledger.contacts.traits() == {stored.id: ("", "santé", "", "Radio")}


@pytest.mark.parametrize(
    ("begins", "ends", "is_found"),
    [
        ("2017-12-09 14:00", "", True),
        ("2017-12-08 09:00", "2017-12-10 12:00", True),
        ("2017-12-10", "2017-12-11", False),
        ("2017-12-01", "2017-12-08 23:00", False),
        ("", "", False),
        (None, None, False),
    ],
)
def test_the_events_of_other_campaigns_are_found_by_their_days(ledger, begins, ends, is_found):
    facts = {"event.starts_at": begins, "event.ends_at": ends} if begins is not None else {}
    theirs = [a_mailing(campaign=name, facts=facts) for name in ("own", "other", "off")]
    ledger.mailings.launch(theirs, actor=ACTOR, at=NOON)
    ledger.mailings.change_state(
        theirs[2].id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
    )

    found = ledger.history.campaigns_with_event(
        date(2017, 12, 9), date(2017, 12, 9), other_than="own"
    )

    assert found == frozenset({"other"} if is_found else ())


def test_the_mailings_of_other_campaigns_are_found_by_the_hour_they_leave(ledger):
    hours = {"long-before": -25, "before": -24, "at-once": 0, "after": 24, "long-after": 25}
    for campaign, hour in {**hours, "own": 0}.items():
        mailing = a_mailing(campaign=campaign, due_at=after(hours=hour))
        ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    found = ledger.history.leaving_between(after(hours=-24), after(hours=24), other_than="own")

    assert {each.campaign for each in found} == {"before", "at-once", "after"}


def test_the_newest_that_have_begun_come_with_all_that_have_not(ledger):
    begun = [a_mailing(f"begun-{day}", due_at=after(days=day)) for day in range(4)]
    coming = [a_mailing("soon", due_at=after(days=2, hours=1)), a_mailing("paused")]
    never = a_mailing("never", due_at=after(days=9))
    ledger.mailings.launch([*begun, *coming, never], actor=ACTOR, at=NOON)
    for mailing in begun:
        ledger.mailings.start(mailing.id, deliveries=[], exclusions=(), at=mailing.due_at)
    for mailing, state in (
        (coming[1], MailingState.PAUSED),
        (never, MailingState.CANCELLED),
    ):
        ledger.mailings.change_state(mailing.id, to=state, actor=ACTOR, why="", at=NOON)

    found = ledger.history.newest_and_coming(newest=2)

    assert [each.step for each in found] == ["paused", "begun-2", "soon", "begun-3"]


def test_the_versions_of_mailings_come_without_their_messages(ledger):
    french, english = VariantKey("", "fr"), VariantKey("press", "en")
    both = replace(a_mailing("both"), variants={french: COMPILED, english: COMPILED})
    ledger.mailings.launch([both, a_mailing("other")], actor=ACTOR, at=NOON)

    found = ledger.history.versions_of([both.id])

    assert found.keys() == {both.id}
    assert found[both.id].default_language == both.default_language
    assert set(found[both.id].variants) == {french, english}
