"""People stand in a list as in a directory."""

from hypothesis import given
from hypothesis import strategies as st

from mailer.operations.campaigns.results.report import name_order


def in_order(*people):
    return [name for name, *_rest in sorted(people, key=lambda each: name_order(*each))]


def test_people_are_sorted_by_their_last_name_without_regard_to_accents_and_capitals():
    assert in_order(
        ("Yann Prigent", "Prigent", "Radio Rivage"),
        ("Maryvonne Le Guen", "Le Guen", "Parkinson Bretagne"),
        ("Zoé ÉTIENNE", "ÉTIENNE", "Agence"),
        ("Agathe Rivoire", "Rivoire", "Pigiste"),
        ("Bastien Cazals", "Cazals", "Le Courrier"),
        ("Léo Fabre", "", "Mémoire vive"),
    ) == [
        "Bastien Cazals", "Zoé ÉTIENNE", "Léo Fabre", "Maryvonne Le Guen", "Yann Prigent",
        "Agathe Rivoire",
    ]  # fmt: skip


def test_an_address_without_a_name_stands_last_by_its_outlet():
    people = [("", "", "Zénith"), ("", "", "Agence"), ("Ada Zwirn", "Zwirn", "")]

    ordered = sorted(people, key=lambda each: name_order(*each))

    assert ordered == [people[2], people[1], people[0]]


@given(st.lists(st.tuples(st.text(), st.text(), st.text())))
def test_the_order_does_not_depend_on_the_order_before(people):
    def keys(found):
        return [name_order(*each) for each in sorted(found, key=lambda each: name_order(*each))]

    assert keys(people) == keys(people[::-1])
