"""Who acts: the people a workspace knows, and the line that says when they changed."""

from dataclasses import replace

import pytest

from mailer.errors import RuleError
from mailer.ledger import open_ledger
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.person import Person, Role
from mailer.operations.people.who import actor_called, note_people
from tests.counterparts.builders import NOON, an_entry
from tests.counterparts.empty_ledger import empty_ledger

CLAIRE = Person("c.delmas", "Claire Delmas", frozenset({Role.SIGNATORY}))
HUGO = Person("h.marchetti", "Hugo Marchetti", frozenset({Role.READER, Role.EDITOR}))


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


@pytest.mark.parametrize("name", ["c.delmas", "CLAIRE DELMAS", "C. Delmas"])
def test_an_actor_has_the_id_the_name_and_the_roles_of_the_person(name):
    actor = actor_called(name, people=[HUGO, CLAIRE], via=Via.CLI)

    assert actor == Actor("c.delmas", "Claire Delmas", Via.CLI, CLAIRE.roles)


@pytest.mark.parametrize("name", ["Ada", "", "Claire"])
def test_a_stranger_is_refused_and_told_whom_the_workspace_knows(name):
    with pytest.raises(RuleError) as refused:
        actor_called(name, people=[HUGO, CLAIRE], via=Via.CLI)

    (problem,) = refused.value.problems
    assert "Hugo Marchetti (h.marchetti), Claire Delmas (c.delmas)" in str(problem.remedy)


def test_a_spelling_that_fits_two_people_is_asked():
    charles = Person("charles.delmas", "Charles Delmas", frozenset({Role.EDITOR}))

    with pytest.raises(RuleError, match=r"Claire Delmas \(claire\), Charles Delmas"):
        actor_called("C. Delmas", people=[HUGO, replace(CLAIRE, id="claire"), charles], via=Via.CLI)


def test_a_workspace_that_names_nobody_takes_any_name_and_gives_it_every_role():
    actor = actor_called("  Ada  Lovelace ", people=[], via=Via.CLI)

    assert actor == Actor("", "Ada Lovelace", Via.CLI, frozenset(Role))


def test_somebody_without_a_name_is_refused_even_there():
    with pytest.raises(RuleError, match="needs the name"):
        actor_called(" ", people=[], via=Via.CLI)


def test_other_people_in_the_configuration_are_one_line_of_the_journal(ledger):
    noted = [
        note_people(people, ledger=ledger, now=NOON)
        for people in ([], [CLAIRE], [CLAIRE], [HUGO, CLAIRE], [CLAIRE, HUGO], [])
    ]

    assert noted == [False, True, False, True, False, True]
    assert ledger.journal.entries("team")[1] == an_entry(
        "configure-people",
        "team",
        "c.delmas (Claire Delmas): signatory; h.marchetti (Hugo Marchetti): editor, reader",
        actor=PROGRAM,
    )
