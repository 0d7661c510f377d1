"""What belongs to a language: all of it for those that we list, and each gap has a name."""

from dataclasses import fields, replace

import pytest

from mailer.contacts import cells
from mailer.languages import CODES, LANGUAGES, language_of
from mailer.languages.language import PARTS, Civility, Language, missing

PARTS_OF_A_LANGUAGE = {part.name for part in fields(Language)} - {"code", "names"}


@pytest.mark.parametrize("language", LANGUAGES, ids=CODES)
def test_a_language_of_the_program_is_complete(language):
    assert missing(language) == ()
    assert set(language.letters.civilities) == set(Civility)
    assert set(language.contact_lists.civilities.values()) == set(Civility)
    assert len(language.date_patterns.months) == len(language.absences.months) == 12
    assert len(language.date_patterns.weekdays) == 7


@pytest.mark.parametrize("part", sorted(PARTS_OF_A_LANGUAGE))
def test_each_part_that_is_missing_is_named(part):
    assert missing(replace(LANGUAGES[0], **{part: None})) == (PARTS[part],)


def test_a_language_that_is_not_listed_lacks_every_part():
    assert {str(part) for part in missing(language_of("de"))} == {
        str(part) for part in PARTS.values()
    }


@pytest.mark.parametrize(("tag", "code"), [("fr", "fr"), ("fr-CA", "fr"), ("en-GB", "en")])
def test_a_tag_names_its_language(tag, code):
    assert language_of(tag) is next(each for each in LANGUAGES if each.code == code)


@pytest.mark.parametrize("language", LANGUAGES, ids=CODES)
def test_a_contact_list_may_name_a_language_as_people_do(language):
    assert {cells.language_code(name) for name in language.names} == {language.code}
