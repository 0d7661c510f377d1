"""What a careful editor asks of names, quotations, notes and links is asked, and nothing else."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.unit.checks.asked_by_editors_texts import ASKED, SOUND
from tests.unit.checks.test_contradictions import findings


def of_checks(texts):
    return [(check, *text) for check, of_check in texts.items() for text in of_check]


@pytest.mark.parametrize(("check", "language", "text"), of_checks(ASKED))
def test_what_an_editor_asks_is_found(check, language, text):
    assert check in {it.check for it in findings(language, "Vernoy", text)}


@pytest.mark.parametrize(("check", "language", "text"), of_checks(SOUND))
def test_what_only_looks_like_it_is_left_alone(check, language, text):
    found = findings(language, "Vernoy", text)

    assert check not in {it.check for it in found}
    assert [it.check for it in found if it.severity is not Severity.NOTE] == []
