"""What differs between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.preview.named_people import NamedPeople
from mailer.preview.word_changes import RunKind, around_changes, has_changed, word_changes

TEXTS = st.lists(
    st.sampled_from(["le ", "9 ", "décembre", ", ", "à 17 h.\n", "\n", "« Oui »"])
).map("".join)


@given(TEXTS, TEXTS)
def test_the_runs_lead_from_the_old_text_to_the_new_one(old, new):
    runs = word_changes(old, new)

    assert "".join(run.text for run in runs if run.kind is not RunKind.ADDED) == old
    assert "".join(run.text for run in runs if run.kind is not RunKind.REMOVED) == new
    assert has_changed(runs) == has_changed(around_changes(runs)) == (old != new)


@given(TEXTS, TEXTS)
def test_leaving_out_what_is_unchanged_loses_no_change(old, new):
    runs = word_changes(old * 30, new * 30)

    kept = around_changes(runs)

    assert [run for run in kept if run.kind in {RunKind.ADDED, RunKind.REMOVED}] == [
        run for run in runs if run.kind is not RunKind.SAME
    ]


def test_one_changed_word_of_a_long_text_is_shown_with_its_neighbours():
    old = "Un mot. " * 200 + "Rendez-vous à 9 h. " + "Un mot. " * 200

    runs = around_changes(word_changes(old, old.replace("9 h", "10 h")))

    assert [run.text for run in runs if run.kind is RunKind.REMOVED] == ["9 "]
    assert [run.text for run in runs if run.kind is RunKind.ADDED] == ["10 "]
    assert sum(len(run.text) for run in runs) < 400


@pytest.mark.parametrize(
    ("sentence", "is_named"),
    [
        ("Deux fiches : Zoé Martin-Roy, et une autre.", True),
        ("two contacts: ZOÉ  MARTIN-ROY", True),
        ("MARTIN-ROY, Zoé has two addresses", True),
        ("z.martin@radio.example is written to twice", True),
        ("somebody.else@tv.example is written to twice", True),
        ("No press contact has a telephone number.", False),
        ("Le 9 décembre 2017 est un samedi.", False),
    ],
)
def test_a_sentence_that_names_somebody_is_known(sentence, is_named):
    people = NamedPeople(["Zoé Martin-Roy", "z.martin@radio.example", "", "Li"])

    assert people.is_in(sentence) == is_named
