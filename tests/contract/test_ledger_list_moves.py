"""A list moves as a whole, with its line in the journal, or not at all."""

from mailer.model.contacts.list_move import ListMove
from tests.counterparts.builders import ACTOR, NOON, a_contact


def people(ledger, **lists):
    contacts = [a_contact(f"{name}@a.example", lists=frozenset(on)) for name, on in lists.items()]
    ledger.contacts.save(contacts, actor=ACTOR, at=NOON)


def moved(ledger, name, to, size):
    move = ListMove(name, to, size, "merge-list", "why")
    return ledger.contacts.move_list(move, actor=ACTOR, at=NOON)


def sizes(ledger):
    return {each.name: each.size for each in ledger.contacts.lists()}


def test_people_of_both_lists_are_on_the_second_once(ledger):
    people(ledger, ada={"press"}, bea={"press", "radio"}, cy={"radio"})

    assert moved(ledger, "press", "radio", 2)

    assert sizes(ledger) == {"radio": 3}
    line = ledger.journal.page(limit=1)[0]
    assert (line.action, line.subject, line.detail) == ("merge-list", "radio", "why")


def test_without_another_list_its_people_stay_in_the_directory(ledger):
    people(ledger, ada={"press"}, bea={"press", "radio"})

    assert moved(ledger, "press", "", 2)

    assert sizes(ledger) == {"radio": 1}
    assert len(ledger.contacts.all()) == 2


def test_a_list_of_another_size_than_shown_stays_and_writes_no_line(ledger):
    people(ledger, ada={"press"})
    before = ledger.journal.end()

    assert not moved(ledger, "press", "radio", 2)
    assert not moved(ledger, "nobody", "radio", 0)

    assert sizes(ledger) == {"press": 1}
    assert ledger.journal.end() == before


def test_the_directory_counts_as_changed(ledger):
    people(ledger, ada={"press"})
    before = ledger.directory_changes.count()

    assert moved(ledger, "press", "radio", 1)

    assert ledger.directory_changes.count() > before
