"""Unsubscribe tokens: genuine ones work for ever, altered ones never."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from itsdangerous import Signer

from mailer.model.secret import Secret
from mailer.unsubscribe import UnsubscribeTokens, one_click_url, token_in

ID = "abcdefghijklmnopqrstuvwx23"
OLD, NEW = Secret("an old key"), Secret("a new key")
TOKENS = UnsubscribeTokens([NEW, OLD])
TOKEN = TOKENS.sign(ID)
delivery_ids = st.text(alphabet=string.ascii_lowercase + "234567", min_size=26, max_size=26)


@given(delivery_ids)
def test_a_token_names_its_delivery(delivery_id):
    assert TOKENS.read(TOKENS.sign(delivery_id)) == delivery_id


@given(st.integers(0, len(TOKEN) - 1), st.characters())
def test_no_altered_character_passes(at, character):
    altered = TOKEN[:at] + character + TOKEN[at + 1 :]
    assume(altered != TOKEN)

    assert TOKENS.read(altered) is None


@given(st.text(max_size=300))
def test_no_made_up_token_passes(text):
    assert TOKENS.read(text) is None


@given(st.integers(0, len(TOKEN) - 1))
def test_no_shortened_token_passes(length):
    assert TOKENS.read(TOKEN[:length]) is None


@given(st.text(min_size=1, max_size=20))
def test_no_lengthened_token_passes(more):
    assert TOKENS.read(TOKEN + more) is None
    assert TOKENS.read(more + TOKEN) is None


def test_tokens_outlive_a_change_of_keys():
    assert TOKENS.read(UnsubscribeTokens([OLD]).sign(ID)) == ID


def test_the_first_key_signs():
    assert UnsubscribeTokens([NEW]).read(TOKEN) == ID
    assert UnsubscribeTokens([OLD]).read(TOKEN) is None


def test_a_signature_for_another_purpose_does_not_pass():
    other = Signer(NEW.value, salt="mailer.rsvp", sep=".", key_derivation="hmac").sign(ID)

    assert TOKENS.read(other.decode()) is None


def test_a_signed_text_that_is_no_delivery_does_not_pass():
    assert TOKENS.read(TOKENS.sign("somebody@journal.example")) is None


def test_a_token_holds_no_address_and_fits_a_url():
    assert set(TOKEN) <= set(string.ascii_letters + string.digits + "-_.")


@pytest.mark.parametrize(
    "base", ["https://stop.office.example/u", "https://stop.office.example/u/"]
)
def test_the_link_ends_with_the_token(base):
    url = one_click_url(base, TOKEN)

    assert url == f"https://stop.office.example/u/{TOKEN}"
    assert token_in(url) == TOKEN
