"""Foreign text becomes an address in its one normal form, or is refused with a reason."""

import unicodedata

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from mailer.addresses import NotAnAddress, read_address, read_mailbox
from mailer.model.address import Address, Mailbox


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("ada@lab.example", "ada@lab.example"),
        ("Ada@Lab.EXAMPLE", "Ada@lab.example"),
        ("ada@exämple.example", "ada@xn--exmple-cua.example"),
        ("e\u0301lise@lab.example", "élise@lab.example"),
        ("o'neil+press@lab.example", "o'neil+press@lab.example"),
        ("gone@outlet.INVALID", "gone@outlet.invalid"),
        ("ada@outlet.test", "ada@outlet.test"),
        ("Info@lab.example", "info@lab.example"),
    ],
)
def test_an_address_has_one_normal_form(written, normal):
    assert str(read_address(written)) == normal
    assert read_address(normal) == read_address(written)


@pytest.mark.parametrize("name", ["ada", "info", "o'neil+press", "a" * 64, "ada..b", ".ada", "a b"])
@pytest.mark.parametrize(
    "domain",
    [
        "lab.example",
        "a-b.c.example",
        "a--b.example",
        "-a.example",
        f"{'a' * 63}.example",
        f"{'a' * 64}.example",
        f"{'a.' * 80}example",
        "lab.localhost",
        "lab.local",
        "lab.onion",
        "lab.4",
        "xn--p1ai.example",
        ".example",
        "example",
    ],
)
def test_an_address_is_judged_alike_with_and_without_email_validator(name, domain):
    written = f"{name}@{domain}"
    try:
        found = validate_email(written, check_deliverability=False, strict=True)
        judged = Address(found.local_part, found.ascii_domain)
    except EmailNotValidError:
        judged = None

    try:
        read = read_address(written)
    except NotAnAddress:
        read = None

    assert read == judged


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("", "empty"),
        ("   ", "empty"),
        (" ada@lab.example", "before or after"),
        ("ada", "no @"),
        ("ada@lab@lab.example", "more than one"),
        ("@lab.example", "before the @"),
        ("ada@", "after the @"),
        ("ada@lab", "no dot"),
        ("ada@test", "no dot"),
        ("ada@lab.example.", "dot"),
        ("ada..b@lab.example", "dot"),
        ("ada@lab..example", "dot"),
        ("a b@lab.example", "A space"),
        ("ada\u200b@lab.example", "invisible character"),
        ("ada\u00a0@lab.example", "invisible character"),
        ("ada@lab.example\r\nBcc: b@lab.example", "invisible character"),
        ("a" * 65 + "@lab.example", "too long"),
        ("a@" + ".".join(["b" * 60] * 5) + ".example", "too long"),
        ("ada@x)lab.example", "character"),
        ("<ada@lab.example>", "character"),
        ('"ada b"@lab.example', "A space"),
        ("ada@[127.0.0.1]", "character"),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason(written, word):
    with pytest.raises(NotAnAddress) as refused:
        read_address(written)

    assert word in str(refused.value.reason)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ada@lab.example", ""),
        ("<ada@lab.example>", ""),
        ("Ada Lovelace <ada@lab.example>", "Ada Lovelace"),
        ("  Ada   Lovelace  < ada@lab.example > ", "Ada Lovelace"),
        ('"Lovelace, Ada" <ada@lab.example>', "Lovelace, Ada"),
        (r'"Ada \"la\" Comtesse" <ada@lab.example>', 'Ada "la" Comtesse'),
        ("Service de presse, Institut <ada@lab.example>", "Service de presse, Institut"),
        ('"a <b@lab.example>" <ada@lab.example>', "a <b@lab.example>"),
        ("E\u0301lise <ada@lab.example>", "Élise"),
    ],
)
def test_a_mailbox_keeps_the_name_beside_the_address(written, name):
    assert read_mailbox(written) == Mailbox(Address("ada", "lab.example"), name)


@pytest.mark.parametrize(
    "written",
    [
        "Ada <ada@lab.example>, Bob <bob@lab.example>",
        "Ada <ada@lab.example> <bob@lab.example>",
        '"Ada" Lovelace <ada@lab.example>',
        "Ada\r\nBcc: x@lab.example <ada@lab.example>",
        "A\u2028da <ada@lab.example>",
        "Ada <ada>",
        "<>",
        ">",
    ],
)
def test_a_mailbox_is_exactly_one_person(written):
    with pytest.raises(NotAnAddress):
        read_mailbox(written)


def normal_form(text):
    try:
        return str(read_address(text))
    except NotAnAddress as refused:
        return refused.reason


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_refusal(text):
    found = normal_form(text)

    if isinstance(found, str):
        assert normal_form(found) == found
        assert found.rpartition("@")[2].isascii()
        assert unicodedata.is_normalized("NFC", found)


@given(st.text(max_size=60).map(lambda name: f"{name} <ada@lab.example>"))
def test_no_name_changes_the_address(text):
    try:
        mailbox = read_mailbox(text)
    except NotAnAddress:
        return
    assert mailbox.address == Address("ada", "lab.example")
    assert not any(unicodedata.category(c) == "Cc" for c in mailbox.name)
