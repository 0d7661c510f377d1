"""What is public at an instant, its code, how long a cache may keep it, and pasted texts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.campaigns.release import ReleaseContact, ReleaseFact
from mailer.model.mailings.mailing import MailingId
from mailer.model.press_room.press_room import (
    LaunchedRelease,
    PressRoomRecord,
    ReleaseKey,
    ReleaseWithdrawal,
)
from mailer.publication.comparing import compare
from mailer.publication.freshness import fresh_for_s
from mailer.publication.press_codes import ALPHABET, code_of, read_code, spelled
from mailer.publication.public import Standing, public_at
from tests.counterparts.builders import A_RELEASE

NOON = datetime(2027, 3, 8, 12, tzinfo=UTC)
LAUNCHED = LaunchedRelease(
    key=ReleaseKey(MailingId("m1"), "", "fr"),
    campaign="marees",
    step="announcement",
    version=1,
    kind="press-release",
    label="Communiqué",
    headline="Les marées",
    summary="Une équipe",
    code="A" * 12,
    public_from=None,
    due_at=NOON,
    started_at=NOON,
    stopped_at=None,
    superseded_at=None,
    tells_amendment=False,
)
hours = st.integers(-6, 6).map(lambda hour: NOON + timedelta(hours=hour))


def later(hours_later):
    return NOON + timedelta(hours=hours_later)


def shown(*releases, at, **record):
    room = public_at(PressRoomRecord(releases, **record), at)
    return [each.shown["fr"].release.key.mailing_id for each in room.campaigns]


@given(
    started=st.none() | hours,
    public_from=st.none() | hours,
    stopped=st.none() | hours,
    superseded=st.none() | hours,
    suspended=st.none() | hours,
    withdrawn=st.none() | hours,
    now=hours,
)
def test_nothing_is_public_before_it_has_left_and_before_its_hour(
    started, public_from, stopped, superseded, suspended, withdrawn, now
):
    release = replace(
        LAUNCHED,
        started_at=started,
        public_from=public_from,
        stopped_at=stopped,
        superseded_at=superseded,
    )
    acts = () if withdrawn is None else (ReleaseWithdrawal("marees", 1, withdrawn, "Ada", "faux"),)
    room = public_at(PressRoomRecord((release,), acts, suspended), now)

    instants = [each for each in (started, public_from) if each is not None]
    hour = max(instants, default=now)
    held = [each for each in (stopped, superseded, suspended, withdrawn) if each is not None]
    expected = started is not None and hour <= now and all(each >= hour for each in held)
    assert bool(room.campaigns) == expected
    will_be = started is not None and hour > now and all(each >= hour for each in held)
    assert room.next_change_at == (hour if will_be else None)


def test_the_newest_public_version_is_shown_whatever_the_order_of_the_rows():
    first = replace(LAUNCHED, superseded_at=later(2))
    told = replace(
        LAUNCHED,
        key=ReleaseKey(MailingId("m2"), "", "fr"),
        version=2,
        started_at=later(2),
        tells_amendment=True,
        code="B" * 12,
    )
    again = replace(told, key=ReleaseKey(MailingId("m3"), "", "fr"), tells_amendment=False)

    for rows in permutations((first, told, again)):
        assert shown(*rows, at=later(1)) == ["m1"]
        assert shown(*rows, at=later(3)) == ["m2"]


def test_a_correction_of_what_nobody_has_received_is_not_shown_alone():
    first = replace(LAUNCHED, started_at=None)
    told = replace(
        LAUNCHED, key=ReleaseKey(MailingId("m2"), "", "fr"), version=2, tells_amendment=True
    )

    assert shown(first, told, at=later(1)) == []


def test_the_code_of_a_version_superseded_before_its_hour_is_known_afterwards():
    first = replace(LAUNCHED, public_from=later(5), superseded_at=later(1))
    second = replace(
        LAUNCHED, key=ReleaseKey(MailingId("m2"), "", "fr"), version=2, public_from=later(5)
    )
    before = public_at(PressRoomRecord((first, second)), later(4))
    (campaign,) = public_at(PressRoomRecord((first, second)), later(5)).campaigns

    assert before.campaigns == ()
    assert [each.standing for each in campaign.versions] == [
        Standing.OFFICIAL,
        Standing.SUPERSEDED,
    ]


def test_a_version_launched_after_a_withdrawal_is_public_again():
    second = replace(
        LAUNCHED, key=ReleaseKey(MailingId("m2"), "", "fr"), version=2, started_at=later(3)
    )
    record = PressRoomRecord(
        (LAUNCHED, second), (ReleaseWithdrawal("marees", 1, later(1), "Ada", "faux"),)
    )

    withdrawn, again = (public_at(record, later(hour)).campaigns[0] for hour in (2, 3))

    assert withdrawn.shown["fr"].standing is Standing.WITHDRAWN
    assert again.shown["fr"].standing is Standing.OFFICIAL
    assert again.withdrawal is None


@given(st.integers(0, 86_399_999), st.none() | st.integers(1, 86_400))
def test_freshness_ends_with_the_minute_and_with_the_next_text(now_ms, next_s):
    now = NOON + timedelta(milliseconds=now_ms)
    next_change_at = None if next_s is None else now + timedelta(seconds=next_s)

    kept_s = fresh_for_s(now, next_change_at=next_change_at)

    assert 1 <= kept_s <= 60
    left_s = (now.timestamp() // 60 + 1) * 60 - now.timestamp()
    assert kept_s <= max(1, min(left_s, next_s or left_s))


def test_in_the_last_second_a_cache_is_never_told_to_keep_an_answer_for_none():
    # nginx reads an unchanged answer with max-age=0 as one to keep for as long as the one before.
    for left_ms in range(1, 1000):
        now = NOON - timedelta(milliseconds=left_ms)

        assert fresh_for_s(now, next_change_at=NOON) == 1


def test_freshness_does_not_tell_that_a_text_comes_at_a_full_minute():
    for left_s in range(1, 600):
        now = NOON - timedelta(seconds=left_s)

        assert fresh_for_s(now, next_change_at=NOON) == fresh_for_s(now, next_change_at=None)


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "en"},
        {"headline": "Les marées."},
        {"lead": "<p>Une  équipe</p>"},
        {"facts": (ReleaseFact("Date", "lundi"),)},
        {"contacts": (ReleaseContact("Clara"),)},
    ],
)
def test_a_code_depends_on_all_that_is_published(changes):
    code = code_of(A_RELEASE)

    assert code_of(replace(A_RELEASE, **changes)) != code
    assert code_of(replace(A_RELEASE, public_from=NOON, code="x")) == code
    assert len(code) == 12
    assert set(code) <= set(ALPHABET)


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12), st.sampled_from(["", " ", "-", " – "]))
def test_a_code_is_read_however_it_is_typed(code, between):
    typed = between.join(code[at : at + 4] for at in range(0, 12, 4)).lower()

    assert read_code(typed) == read_code(spelled(code)) == code
    assert read_code(code[:-1]) == read_code(f"{code}A") == read_code(f"0{code[1:]}") == ""


WORDS = st.lists(
    st.sampled_from(["mer", "vent", "onde", "baie", "port", "sonde", "marée", "houle"]), min_size=12
)


@given(WORDS, st.data())
def test_a_text_and_each_part_of_it_have_its_words(words, data):
    start = data.draw(st.integers(0, len(words) - 8))
    end = data.draw(st.integers(start + 8, len(words)))
    typed = "\n> ".join(words[start:end]).upper()

    found = compare(typed, [("CODE", " ".join(words))])

    assert found is not None
    assert found.passages == ()


@given(WORDS, st.data())
def test_a_word_put_in_is_found(words, data):
    at = data.draw(st.integers(1, len(words) - 1))
    typed = " ".join([*words[:at], "intrus", *words[at:]])

    found = compare(typed, [("CODE", " ".join(words))])

    assert found is None or "intrus" in " ".join(each.pasted for each in found.passages)
