"""French words before a name that begins with a vowel."""

from gettext import NullTranslations

import pytest

from mailer.wording import Text, say


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Amina Benali", "Version d’Amina Benali"),
        ("Élise Roy", "Version d’Élise Roy"),
        ("Yves Roy", "Version d’Yves Roy"),
        ("Yann Roy", "Version de Yann Roy"),
        ("Hugo Marchetti", "Version de Hugo Marchetti"),
        ("Claire Delmas", "Version de Claire Delmas"),
        ("onze personnes", "Version de onze personnes"),
        ("", "Version de "),
    ],
)
def test_de_is_elided_before_a_vowel_and_only_there(name, said):
    assert say(Text("Version de {name}", {"name": name}), NullTranslations()) == said


def test_what_a_person_wrote_is_left_as_it_is():
    noted = Text("Note : {words}", {"words": "le mot de {Amina}, de Amina"})

    assert say(noted, NullTranslations()) == "Note : le mot de {Amina}, de Amina"
