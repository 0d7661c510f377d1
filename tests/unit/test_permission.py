"""Who may do what."""

import pytest

from mailer.errors import RuleError
from mailer.model.team.actor import PROGRAM
from mailer.model.team.permission import Act, may, require
from mailer.model.team.person import Person, Role, is_same_name, may_be_same_person, name_key
from tests.counterparts.builders import an_actor

READER, EDITOR, SIGNATORY, ADMINISTRATOR, PARTNER = Role
WHO_WORKS_WITH_PEOPLE = {EDITOR, SIGNATORY, ADMINISTRATOR}
WHO_STEERS = {SIGNATORY, ADMINISTRATOR}
ALLOWED = {
    Act.SEE_EVERYBODY: WHO_WORKS_WITH_PEOPLE,
    Act.EXPORT_PEOPLE: WHO_WORKS_WITH_PEOPLE,
    Act.IMPORT_CONTACTS: WHO_WORKS_WITH_PEOPLE,
    Act.EDIT_CONTACTS: WHO_WORKS_WITH_PEOPLE,
    Act.CORRECT_ADDRESS: WHO_WORKS_WITH_PEOPLE,
    Act.ACCREDIT: WHO_WORKS_WITH_PEOPLE,
    Act.CALL_BACK: WHO_WORKS_WITH_PEOPLE,
    Act.NOTE_COVERAGE: WHO_WORKS_WITH_PEOPLE,
    Act.SEND_PROOF: WHO_WORKS_WITH_PEOPLE,
    Act.SUPPRESS: WHO_WORKS_WITH_PEOPLE,
    Act.EDIT_CAMPAIGN: {EDITOR, SIGNATORY},
    Act.COMMENT: {EDITOR, SIGNATORY},
    Act.SIGN_OFF: {SIGNATORY},
    Act.LAUNCH: {EDITOR, SIGNATORY},
    Act.PAUSE: set(Role) - {PARTNER},
    Act.RESUME_OWN_PAUSE: WHO_WORKS_WITH_PEOPLE,
    Act.RESUME: WHO_STEERS,
    Act.CANCEL: WHO_STEERS,
    Act.RESOLVE: WHO_STEERS,
    Act.CONFIRM_CLOCK: WHO_STEERS,
    Act.LIFT: {ADMINISTRATOR},
    Act.CHANGE_OFFICE: {ADMINISTRATOR},
    Act.FORGET: {ADMINISTRATOR},
    Act.RESTORE_LEDGER: {ADMINISTRATOR},
    Act.ADOPT_LEDGER: {ADMINISTRATOR},
    Act.MANAGE_PEOPLE: {ADMINISTRATOR},
    Act.SIGN_AS_PARTNER: {PARTNER},
    Act.REQUEST_PLACES: {PARTNER},
}


@pytest.mark.parametrize("act", Act)
def test_each_role_may_do_what_the_table_says(act):
    allowed = {role for role in Role if may(an_actor("Ada", roles={role}), act)}

    assert allowed == ALLOWED[act]


def test_several_roles_allow_what_any_of_them_allows():
    both = an_actor("Ada", roles={SIGNATORY, ADMINISTRATOR})

    assert may(both, Act.SIGN_OFF)
    assert may(both, Act.FORGET)


def test_without_a_role_nothing_may_be_done():
    assert not any(may(PROGRAM, act) for act in Act)


def test_a_refusal_names_the_person_the_act_and_the_roles_it_takes():
    with pytest.raises(RuleError) as refused:
        require(an_actor("Ada", roles={EDITOR}), Act.RESOLVE)

    assert refused.value.exit_code == 77
    (problem,) = refused.value.problems
    assert str(problem.what) == "Ada may not resolve uncertain deliveries"
    assert "signatory or administrator" in str(problem.remedy)


def test_what_is_allowed_is_not_refused():
    require(an_actor("Ada", roles={READER}), Act.PAUSE)


@pytest.mark.parametrize(
    "text", ["c.lefevre", "C. Lefèvre", "claire LEFEVRE", " Claire  Lefèvre ", "Claire-Lefèvre"]
)
def test_a_person_is_known_by_id_or_name_accents_and_case_forgiven(text):
    assert Person("c.lefevre", "Claire Lefèvre", frozenset()).is_called(text)


@pytest.mark.parametrize("text", ["", "Claire", "c lefevre durand", "clefevre"])
def test_half_a_name_is_nobody(text):
    assert not Person("c.lefevre", "Claire Lefèvre", frozenset()).is_called(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C. Delmas", "Claire Delmas"),
        ("Cl. Delmas", "Claire Delmas"),
        ("DELMAS Claire", "Claire Delmas"),
        ("Mme Claire Delmas", "Claire Delmas"),
        ("Claire Marie Delmas", "Claire Delmas"),
        ("Delmas, C.", "Claire Delmas"),
        ("claire.delmas", "Claire Delmas"),
        ("J.-P. Martin", "Jean-Pierre Martin"),
        ("JP Martin", "Jean-Pierre Martin"),
        ("Martin Jean Pierre", "Jean-Pierre Martin"),
    ],
)
def test_spellings_of_one_name_are_one_person(text, name):
    assert is_same_name(text, name)
    assert is_same_name(name, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Claire Martin", "Claire Delmas"),
        ("Charles Delmas", "Claire Delmas"),
        ("C. Martin", "Claire Delmas"),
        ("Delmas Hugo", "Claire Delmas"),
        ("Paul Martin", "Jean-Pierre Martin"),
        ("Claire", "Claire Delmas"),
        ("", ""),
    ],
)
def test_other_names_are_other_people(text, name):
    assert not is_same_name(text, name)
    assert not is_same_name(name, text)


def test_half_a_name_may_be_that_of_somebody_named_in_full():
    assert may_be_same_person("Claire", "Claire Delmas")
    assert may_be_same_person("delmas", "C. Delmas")
    assert not may_be_same_person("Hugo", "Claire Delmas")


def test_names_are_compared_word_by_word():
    assert name_key("Émile  d’Ôr_x") == "emile d or x"
