"""Refusals at the desk: a form that is refused says so at its own row."""

import re

import pytest

from mailer.clock import SimulatedClock
from mailer.model.team.person import Person, Role
from tests.counterparts.builders import ACTOR, NOON, a_bar
from tests.counterparts.desk import an_office, signed_in

ADA = Person("ada", "Ada Roy", frozenset({Role.ADMINISTRATOR}))
PAGE = "/oppositions"


@pytest.fixture
def ada(tmp_path):
    app = an_office(tmp_path / "office", SimulatedClock(NOON), [ADA])
    for name in ("lea", "max"):
        app.ledger.suppressions.add(a_bar(f"{name}@journal.example"), actor=ACTOR)
    yield signed_in(app, ADA)
    app.__exit__(None, None, None)


def details(page):
    return re.findall(r"<details.*?</details>", page.text, re.DOTALL)


def test_a_bar_that_is_not_lifted_says_why_at_its_own_row(ada):
    lifted = {"act": "lift", "barred": "max@journal.example", "scope": ""}

    refused = ada.post(PAGE, {**lifted, "words": " "})

    lea, other = details(refused)
    assert refused.status == 422
    assert "aria-invalid" not in lea
    assert other.startswith("<details open>")
    assert 'id="words" name="words"' in other
    assert 'aria-invalid="true" aria-describedby="words-wrong-1"' in other
    assert 'href="#words"' in refused.text
    noting = refused.text.partition('value="bar"')[2]
    assert "aria-invalid" not in noting
    assert "max@journal.example" not in noting
    assert "fait=lifted" in ada.post(PAGE, {**lifted, "words": "letter of 3 May"}).location


def test_a_refusal_that_is_noted_without_words_says_so_at_its_own_form(ada):
    refused = ada.post(PAGE, {"act": "bar", "address": "eve@journal.example", "why": ""})

    assert not any("open" in each.split(">")[0] for each in details(refused))
    assert 'aria-invalid="true" aria-describedby="why-wrong-1"' in refused.text
    assert 'value="eve@journal.example"' in refused.text
