"""What the program says, in every language it speaks."""

import re
import runpy
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from mailer.languages import CODES

ROOT = Path(__file__).resolve().parents[2]
TYPED_WITH_COLON = re.compile(r"\b[a-z]+:(?=[\w…/])")
PLACE = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)s")


@pytest.fixture(scope="module")
def sentences():
    gathered = runpy.run_path(str(ROOT / ".ci" / "catalogues.py"))["gathered"]()
    return [message for message in gathered if message.id]


@pytest.fixture(params=CODES)
def catalogue(request):
    source = ROOT / "mailer" / "locale" / request.param / "LC_MESSAGES" / "mailer.po"
    return read_po(BytesIO(source.read_bytes()), locale=request.param)


def forms(text):
    return [text] if isinstance(text, str) else list(text)


def test_every_sentence_is_translated(sentences, catalogue):
    known = [catalogue.get(message.id, message.context) for message in sentences]

    missing = [
        message.id
        for message, found in zip(sentences, known, strict=True)
        if found is None or not all(forms(found.string))
    ]
    assert missing == []


def test_a_translation_fills_the_same_places(catalogue):
    for message in catalogue:
        if not message.id:
            continue
        wanted = {place for form in forms(message.id) for place in PLACE.findall(form)}
        for form in forms(message.string):
            assert set(PLACE.findall(form)) <= wanted, message.id
        assert {p for f in forms(message.string) for p in PLACE.findall(f)} == wanted, message.id


def test_the_french_is_typeset_as_french():
    source = ROOT / "mailer" / "locale" / "fr" / "LC_MESSAGES" / "mailer.po"
    french = read_po(BytesIO(source.read_bytes()), locale="fr")
    for message in french:
        for form in forms(message.string) if message.id else ():
            assert not re.search(r"[^\W\d_]'[^\W\d_]", form), f"straight apostrophe: {form}"
            assert not re.search(
                r"[^\s\u00a0\u202f ][!?;»]( |$)", form.replace("{", "").replace("}", "")
            ), f"no space: {form}"
            assert not re.search(r" [!?;»]( |$)", form), f"breaking space: {form}"
            assert "« " not in form, f"breaking space: {form}"


def test_the_french_sets_no_space_inside_what_is_typed_with_a_colon():
    """`mailto:`, `rua=mailto:` and `:::` are typed as they stand; a blank would break them."""
    source = ROOT / "mailer" / "locale" / "fr" / "LC_MESSAGES" / "mailer.po"
    for message in read_po(BytesIO(source.read_bytes()), locale="fr"):
        typed = {each for form in forms(message.id) for each in TYPED_WITH_COLON.findall(form)}
        french = " ".join(forms(message.string))
        assert {each for each in typed if each not in french} == set(), french
        assert not re.search(r"\w[ \u00a0\u202f]:[\w…/]", french), french
