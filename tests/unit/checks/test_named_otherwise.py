"""A body, or an edition, that a release names twice and otherwise is noted."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.unit.checks.named_otherwise_texts import BODIES, EDITIONS, SOUND
from tests.unit.checks.test_contradictions import findings

OF_BODIES = {"body-named-otherwise", "name-written-otherwise"}
OF_EDITIONS = {"edition-differs", "edition-in-plural"}


@pytest.mark.parametrize(("language", "headline", "text"), BODIES)
def test_a_body_under_two_names_is_found(language, headline, text):
    assert {it.check for it in findings(language, headline, text)} & OF_BODIES


@pytest.mark.parametrize(("language", "headline", "text"), EDITIONS)
def test_an_edition_under_two_names_or_numbers_is_found(language, headline, text):
    assert {it.check for it in findings(language, headline, text)} & OF_EDITIONS


@pytest.mark.parametrize(("language", "headline", "text"), SOUND)
def test_short_forms_official_abbreviations_and_other_events_are_left_alone(
    language, headline, text
):
    found = findings(language, headline, text)

    assert {it.check for it in found}.isdisjoint(OF_BODIES | OF_EDITIONS)
    assert [it.check for it in found if it.severity is not Severity.NOTE] == []
