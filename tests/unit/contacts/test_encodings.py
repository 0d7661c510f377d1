"""From bytes to text, or to a question."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.contacts.formats.encodings import damage, decode
from mailer.errors import ContentError

FRENCH = "Hélène Lefèvre;« Cœur à cœur »;ça"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_what_the_bytes_settle_is_read(written, read):
    assert decode(FRENCH.encode(written), file="list.csv") == (FRENCH, read)


@pytest.mark.parametrize(("text", "encoding"), [("Dvořák", "cp1250"), ("Hélène", "mac-roman")])
def test_what_the_bytes_do_not_settle_is_asked(text, encoding):
    with pytest.raises(ContentError, match="name its encoding"):
        decode(text.encode(encoding), file="list.csv")


def test_an_answer_is_obeyed():
    assert decode("Dvořák".encode("cp1250"), file="list.csv", encoding="cp1250")[0] == "Dvořák"


def test_letters_read_in_the_wrong_encoding_are_given_back():
    assert damage("HÃ©lÃ¨ne") == "Hélène"
    assert damage("Hélène") is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_asked_about(content):
    with suppress(ContentError):
        text, _encoding = decode(content, file="list.csv")
        assert isinstance(text, str)
