"""What has one right correction is corrected, and every other byte stays."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.checks import run_checks
from mailer.checks.fixing import fixed
from mailer.model.drafts.fix import Fix
from tests.counterparts.drafts import CONFIRMATION, a_draft, a_step

WHOLE = "La recherche avance. Un rendez-vous."
PAIRS = [
    ("Une étude de de grande taille.", "Une étude de grande taille."),
    ("Une étude de\nde grande taille.", "Une étude de grande taille."),
    ("Le le directeur, La la voix.", "Le directeur, La voix."),
    ("The the team will speak.", "The team will speak."),
    ("Le colloque.Il aura lieu ici.", "Le colloque. Il aura lieu ici."),
    ("Malades,proches et soignants.", "Malades, proches et soignants."),
    ("Vous viendrez?Nous aussi.", "Vous viendrez? Nous aussi."),
    (f"Une recher- che. {WHOLE}", f"Une recherche. {WHOLE}"),
    (f"Une recher-\nche. {WHOLE}", f"Une recherche. {WHOLE}"),
    (f"Un rendez-\nvous. {WHOLE}", f"Un rendez-vous. {WHOLE}"),
    ("La médecine\n\navance vite.", "La médecine avance vite."),
    ("Malades, proches,\n\nsoignants.", "Malades, proches, soignants."),
    ("La 2ère édition.", "La 2e édition."),
    ("Les Dupont &amp fils.", "Les Dupont & fils."),
    ("Prix&nbsp;: rien.", "Prix&nbsp;: rien."),  # it takes effect
    ("[Le site](www.institut.example)", "[Le site](https://www.institut.example)"),
    ("[Écrire](presse@institut.example)", "[Écrire](mailto:presse@institut.example)"),
    # Nobody knows which is right: a person decides.
    ("Un pro- gramme.", "Un pro- gramme."),
    ("Rendez-vous demain.", "Rendez-vous demain."),
    ("[Le site](http://institut.example)", "[Le site](http://institut.example)"),
    ("Samedi 10 décembre 2017 à Paris.", "Samedi 10 décembre 2017 à Paris."),
]
HEADLINES = [
    ("Communiqué de presse : un vaccin", "Un vaccin"),
    ("INVITATION PRESSE Un vaccin", "Un vaccin"),
    ("Press release – A vaccine", "A vaccine"),
    ("Un vaccin", "Un vaccin"),
]


def corrected(text):
    """The text after the fixes of its findings."""
    found = run_checks(a_draft(a_step(text=text), CONFIRMATION))
    return fixed(text.encode(), [each.fix for each in found if each.fix]).decode()


@pytest.mark.parametrize(
    ("typed", "right"),
    [(f"# Titre\n\n{typed}\n", f"# Titre\n\n{right}\n") for typed, right in PAIRS]
    + [(f"# {typed}\n\nDu texte.\n", f"# {right}\n\nDu texte.\n") for typed, right in HEADLINES],
)
def test_a_slip_is_corrected_once_and_for_all(typed, right):
    once = corrected(typed)

    assert once == right
    assert corrected(once) == once


LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(
    st.lists(st.tuples(LINES, ENDS), max_size=6), st.booleans(), st.lists(LINES, max_size=2), ENDS
)
def test_every_other_byte_stays(before, has_mark, after, end):
    mark = codecs.BOM_UTF8 if has_mark else b""
    above = "".join(line + ending for line, ending in before)
    above += "x" if above.endswith("\r") and end == "\n" else ""
    below = end + end.join(after)
    line = above.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    column = len(above) - max(above.rfind("\n"), above.rfind("\r")) - 1
    fix = Fix(line, "de\nde", "de", column)

    content = mark + f"{above}de{end}de{below}".encode()

    if content.count(codecs.BOM_UTF8) == has_mark:  # a second one would be text
        assert fixed(content, [fix]) == mark + f"{above}de{below}".encode()


@pytest.mark.parametrize(
    "fix",
    [
        Fix(0, "deux", "x"),
        Fix(9, "deux", "x"),
        Fix(1, "absent", "x"),
        Fix(1, "un", "x"),  # it stands there twice
        Fix(1, "deux", "x", column=1),
    ],
)
def test_words_that_are_not_where_a_fix_says_change_nothing(fix):
    assert fixed(b"un deux un\ndeux\n", [fix]) == b"un deux un\ndeux\n"


def test_of_two_fixes_that_overlap_the_first_is_made():
    fixes = [Fix(1, "b c", "B", 2), Fix(1, "c d", "D", 4), Fix(1, "d e", "E", 6)]

    assert fixed(b"a b c d e", fixes) == b"a B E"


def test_a_file_in_another_encoding_is_left_alone():
    assert fixed("été".encode("latin-1"), [Fix(1, "t", "x")]) == "été".encode("latin-1")
