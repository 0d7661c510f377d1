"""Where a line of a text has become words, the mail is outlined."""

import pytest

from mailer.preview.marked_line import with_mark, with_passages_marked

PAGE = (
    "<html><body><div><h1>Le titre</h1><p>Bonjour Ada,</p><p>Rendez-vous à <b>Tours</b>, "
    "12\u00a0rue Haute\u202f: venez.</p><ul><li>Un</li><li>Deux jours</li></ul></div></body></html>"
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# Le titre", "Le titre"),
        ("Rendez-vous à **Tours**, 12 rue Haute : venez.", "Rendez-vous"),
        ("Bonjour {{ recipient.first_name }},", "Bonjour Ada"),
        ("- Deux [jours](https://institut.example/)", "Deux jours"),
        ("  1. Deux jours", "Deux jours"),
    ],
)
def test_the_innermost_element_with_the_words_is_marked(line, words):
    marked = with_mark(PAGE, line)

    element = marked[marked.index('id="remarque"') :]
    assert element[element.index(">") + 1 :].startswith(words)
    assert marked.count("outline:") == 1


@pytest.mark.parametrize("line", ["", "ab", "{{ event.date }}", "Words that stand nowhere", "***"])
def test_what_stands_nowhere_changes_nothing(line):
    assert with_mark(PAGE, line) == PAGE


SENTENCE = "L’Académie accueille la journée dans sa grande salle des séances"
MAIL = f"<html><body><div><p>{SENTENCE}.</p><p>Un mot</p><p>Voici un mot.</p></div></body></html>"


@pytest.mark.parametrize(
    ("pieces", "framed"),
    [
        ([SENTENCE], [SENTENCE]),
        (["Un mot"], ["Un mot"]),  # and not where it is part of a sentence
        ([SENTENCE, "Un mot", "https://a.example"], [SENTENCE, "Un mot"]),
        ([f"{SENTENCE}. {{{{ recipient.first_name }}}}"], [SENTENCE]),
        (["ab", "Words that stand nowhere"], []),
        ([], []),
    ],
)
def test_every_passage_has_a_frame_and_nothing_else(pieces, framed):
    marked = with_passages_marked(MAIL, pieces)

    found = [part.partition(">")[2] for part in marked.split("<p")[1:] if "outline:" in part]
    assert marked.count("outline:") == len(framed) == len(found)
    assert all(text.startswith(words) for text, words in zip(found, framed, strict=True))
