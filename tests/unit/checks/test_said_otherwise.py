"""What does not fit other words of its text is noted; what only looks so is left alone."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.unit.checks.said_otherwise_texts import FAULTY, SOUND
from tests.unit.checks.test_contradictions import findings

HEADLINE = {"fr": "Vernoy ouvre un jardin", "en": "Norbury opens a garden"}
COMPARING = {
    "share-of-count-differs", "change-differs", "product-differs", "figure-of-synonym-differs",
    "more-than-fit", "figure-mistyped", "short-date-differs", "years-differ", "item-too-long", "passed-year", "says-the-contrary",
    "postcode-elsewhere", "address-spelt-otherwise", "vague-request", "moments-at-once",
    "person-in-two-functions", "person-named-otherwise", "quotation-without-name",
    "list-counts-otherwise", "parts-disagree",
}  # fmt: skip


@pytest.mark.parametrize(("check", "language", "text"), FAULTY)
def test_what_does_not_fit_is_noted(check, language, text):
    assert check in {it.check for it in findings(language, HEADLINE[language], text)}


@pytest.mark.parametrize(("language", "text"), SOUND)
def test_what_fits_is_left_alone(language, text):
    found = findings(language, HEADLINE[language], text)

    assert [(it.check, str(it.what)) for it in found if it.check in COMPARING] == []
    assert [it.check for it in found if it.severity is not Severity.NOTE] == []
