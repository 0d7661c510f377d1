"""A reminder may rely on the register only while somebody has looked at the answers lately."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.accreditations import answers_known_at, are_answers_stale, depends_on_answers
from mailer.model.accreditations.accreditation import AnswerSources
from mailer.model.mailings.mailing import AudienceRule
from tests.counterparts.builders import after

instants = st.integers(0, 200).map(lambda hours: after(hours=hours))
moments = st.none() | instants
sources = st.builds(
    AnswerSources,
    first_sent_at=moments,
    looked_at=moments,
    newest_reply_at=moments,
    mailbox_read_at=moments,
)


@pytest.mark.parametrize(
    ("rule", "depends"),
    [
        (AudienceRule(to=("press",)), False),
        (AudienceRule(to=("press",), unless=("accredited", "declined")), True),
        (AudienceRule(to=("press",), only=("accredited",)), True),
        (AudienceRule(to=("press",), only=("accredited",), cancels=True), False),
        (AudienceRule(to=("press",), only=("accredited",), informed=True), False),
        (AudienceRule(to=("press",), unless=("declined",), instead_of="first"), False),
        (AudienceRule(to=("press",), on="accepted"), False),
    ],
)
def test_only_a_step_at_its_hour_whose_people_the_answers_decide_depends_on_them(rule, depends):
    assert depends_on_answers(rule) is depends


@given(sources)
def test_nobody_can_have_answered_before_the_first_message(known):
    at = answers_known_at(known)

    assert (at is None) == (known.first_sent_at is None)
    assert at is None or at >= known.first_sent_at


@given(sources, instants)
def test_a_look_by_a_person_makes_every_answer_known_until_then(known, looked_at):
    looked = AnswerSources(
        known.first_sent_at, looked_at, known.newest_reply_at, known.mailbox_read_at
    )

    at = answers_known_at(looked)

    assert at is None or at >= looked_at


@given(sources)
def test_the_mailbox_does_not_count_while_a_reply_waits_for_a_person(known):
    seen_at = max(known.first_sent_at or after(), known.looked_at or after())
    waits = known.newest_reply_at is not None and known.newest_reply_at > seen_at
    unread = AnswerSources(known.first_sent_at, known.looked_at)

    if waits and known.first_sent_at:
        assert answers_known_at(known) == answers_known_at(unread)


@given(instants, st.integers(0, 300), st.integers(1, 72))
def test_answers_grow_stale_after_the_hours_of_the_setting_and_never_without_it(
    known_at, hours, fresh
):
    at, fresh_for = known_at + timedelta(hours=hours), timedelta(hours=fresh)

    assert are_answers_stale(known_at, at=at, fresh_for=fresh_for) is (hours >= fresh)
    assert not are_answers_stale(known_at, at=at, fresh_for=timedelta())
    assert not are_answers_stale(None, at=at, fresh_for=fresh_for)
