"""Unsubscribe tokens: genuine ones work for ever, altered ones never."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from itsdangerous import Signer

from mailer.model.team.secret import Secret
from mailer.signed_links.unsubscribe import UnsubscribeTokens, named_delivery, one_click_url

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
    assert TOKENS.find(url) == ID


BASE = f"https://stop.office.example/u/{TOKEN}"
BROKEN_LINKS = [
    *(BASE + more for more in ("/", ".", ")", ">", "]", ",", ";", '"', "'", "…", "_", "-", "**")),
    *(
        BASE + more
        for more in ("/?utm_source=mail", "#top", "%3E", "%20", "&amp;x=1", "/unsubscribe")
    ),
    f"https://stop.office.example/u/x{TOKEN}",
    f"https://stop.office.example/{TOKEN}/{TOKEN}",
    f"https://stop.office.example/u?t={TOKEN}&x=y",
    BASE.replace(".", "%2E"),
    BASE.replace(".", "%252E"),
    f"{BASE[:60]}\n{BASE[60:]}",
    f"{BASE[:60]}=%0D%0A{BASE[60:]}",
    f"{BASE[:60]}%20{BASE[60:]}",
    f"{BASE[:50]}\u200b{BASE[50:]}",
    BASE.replace(ID, ID.upper()),
]


@pytest.mark.parametrize("url", BROKEN_LINKS)
def test_a_token_is_found_anywhere_in_its_link(url):
    assert TOKENS.find(url) == ID


@pytest.mark.parametrize(
    "url",
    [BASE[:-1], BASE[:-20], BASE[:40], BASE.upper(), BASE.lower(), "", "/", "/u/" + "a" * 9000],
)
def test_a_link_that_lacks_a_part_of_its_token_names_nobody(url):
    assert TOKENS.find(url) is None


def test_a_link_with_a_removed_key_still_names_its_delivery():
    url = one_click_url("https://stop.office.example", UnsubscribeTokens([OLD]).sign(ID))

    assert UnsubscribeTokens([NEW]).find(url) is None
    assert named_delivery(url) == ID
