"""A link to a sign-off names one person, one version and its end, and cannot be altered."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from mailer.signed_links.sign_off import SignOffLink, SignOffTokens
from tests.counterparts.builders import NOON

TOKENS = SignOffTokens("k" * 43)
LINK = SignOffLink("claire", "2017-12-09-meeting", "f" * 64, 7, NOON)
LINKS = st.builds(
    SignOffLink,
    person=st.text(min_size=1, max_size=40),
    campaign=st.text(min_size=1, max_size=80),
    fingerprint=st.text("0123456789abcdef", min_size=64, max_size=64),
    revision=st.integers(0, 10**6),
    ends_at=st.timedeltas(timedelta(), timedelta(days=9000)).map(
        lambda more: NOON + timedelta(seconds=more // timedelta(seconds=1))
    ),
)


@given(LINKS)
def test_a_link_comes_back_as_it_was_signed(link):
    token = TOKENS.sign(link)

    assert TOKENS.read(token) == link
    assert "/" not in token


@given(st.integers(0, 10**4), st.characters(max_codepoint=0x17F))
def test_no_altered_token_passes(place, sign):
    token = TOKENS.sign(LINK)
    at = place % len(token)
    altered = token[:at] + sign + token[at + 1 :]

    assert TOKENS.read(altered) == (LINK if altered == token else None)


@given(st.text(max_size=300))
def test_no_other_text_passes(text):
    assert TOKENS.read(text) is None


def test_what_another_key_or_purpose_signed_does_not_pass():
    other = SignOffTokens("l" * 43).sign(LINK)
    same_key = URLSafeSerializer("k" * 43, salt="mailer.signed_links.unsubscribe").dumps(["claire"])

    assert TOKENS.read(other) is None
    assert TOKENS.read(str(same_key)) is None


def test_a_link_has_ended_at_its_instant_and_not_before():
    assert LINK.has_ended(now=NOON)
    assert not LINK.has_ended(now=NOON - timedelta(seconds=1))
