"""Where a line of a text has become words, the mail is outlined."""

import pytest

from mailer.preview.marked_line import with_mark

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
