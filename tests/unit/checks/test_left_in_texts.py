"""What an office left in a text, or forgot to put beside it, is found."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.unit.checks.left_in_texts import LEFT, SOUND
from tests.unit.checks.test_contradictions import findings


@pytest.mark.parametrize(
    ("check", "language", "sentence"),
    [(check, *text) for check, texts in LEFT.items() for text in texts],
)
def test_what_was_left_in_a_text_is_found(check, language, sentence):
    assert check in {it.check for it in findings(language, "Vernoy", sentence)}


@pytest.mark.parametrize(("language", "sentence"), SOUND)
def test_what_only_looks_left_in_is_left_alone(language, sentence):
    found = findings(language, "Vernoy", sentence)

    assert {it.check for it in found}.isdisjoint(LEFT)
    assert [it.check for it in found if it.severity is not Severity.NOTE] == []
