"""What a release says twice and otherwise is noted, and sound releases are left alone."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.recall import diagnosed
from tests.unit.checks.contradicting_texts import CONTRADICTING, EN, FR, SOUND

RELEASE = {
    FR: (
        "Communiqué de presse\n\nVernoy, le 12 avril 2027\n\n# {}\n\n{}\n\n"
        "Contact presse\nLéa Morin, Ville de Vernoy, 06 39 98 12 34, lea@vernoy.example\n"
    ),
    EN: (
        "Press release\n\nNorbury, 12 April 2027\n\n# {}\n\n{}\n\n"
        "Press contact\nAnn Low, Norbury Trust, 07700 900123, ann@norbury.example\n"
    ),
}
SAYS_TWICE = {
    "figures-disagree", "measures-disagree", "parts-disagree", "list-counts-otherwise", "length-differs",
    "event-differs", "hour-differs", "person-named-otherwise", "headline-differs", "practical-part-differs",
}  # fmt: skip


def findings(language, headline, text):
    return diagnosed("a.txt", RELEASE[language].format(headline, text))[1].findings


@pytest.mark.parametrize(("language", "headline", "text"), CONTRADICTING)
def test_what_is_said_twice_and_otherwise_is_found(language, headline, text):
    assert {it.check for it in findings(language, headline, text)} & SAYS_TWICE


@pytest.mark.parametrize(("language", "headline", "text"), SOUND)
def test_a_sound_release_is_warned_of_nothing(language, headline, text):
    found = findings(language, headline, text)

    assert [it.check for it in found if it.severity is not Severity.NOTE] == []
    told = {it.check for it in found}
    assert told.isdisjoint({"headline-differs", "practical-part-differs"})
