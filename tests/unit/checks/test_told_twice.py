"""What one text says twice and otherwise is noted; what only looks so is left alone."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.unit.checks.test_contradictions import findings
from tests.unit.checks.told_twice_texts import FAULTY, SOUND

SAYS_TWICE = {
    "figures-disagree", "measures-disagree", "parts-disagree", "length-differs", "headline-differs",
    "practical-part-differs", "unit-of-elsewhere", "edition-differs", "hours-reversed",
    "programme-out-of-order",
}  # fmt: skip


@pytest.mark.parametrize(("check", "language", "headline", "text"), FAULTY)
def test_what_contradicts_itself_is_noted(check, language, headline, text):
    assert check in {it.check for it in findings(language, headline, text)}


@pytest.mark.parametrize(("language", "headline", "text"), SOUND)
def test_what_only_looks_like_a_contradiction_is_left_alone(language, headline, text):
    found = findings(language, headline, text)

    assert {it.check for it in found}.isdisjoint(SAYS_TWICE)
    assert [it.check for it in found if it.severity is not Severity.NOTE] == []
