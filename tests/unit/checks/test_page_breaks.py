"""What a page break has left inside a sentence is found, and what stands by itself is not."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.recall import diagnosed
from tests.unit.checks.test_figures_add_up import EN, FR, RELEASE

CUT = [
    (EN, "The garden, which the Trust has planted, will\n\n2\n\nopen to all on 4 May 2027."),
    (EN, "The garden, which the Trust has planted, will\n2\nopen to all on 4 May 2027."),
    (
        EN,
        "The garden, which the Trust has planted, will\n\nPress release – Norbury Trust – 2/3\n\nopen to all on 4 May 2027.",
    ),
    (
        EN,
        "The garden, which the Trust has planted, will\nNorbury Trust | Page 2 of 3\nopen to all on 4 May 2027.",
    ),
    (EN, "The garden, which the Trust has planted, will\n\n- 2 -\n\nopen to all on 4 May 2027."),
    (EN, "The garden, which the Trust\n\nPage 2\n\nhas planted, opens on 4 May 2027."),
    (EN, "The garden opens thanks to the work of\n\n2/3\n\nAnn Low and her team."),
    (
        EN,
        "The garden opens thanks to the work of 2 / 3 Ann Low and her team. The garden will Page 2 of 3 open.",
    ),
    (FR, "Le jardin, que la Ville a planté, ouvrira\n\n2\n\nà tous le 4 mai 2027."),
    (FR, "Le jardin, que la Ville a planté, ouvrira\n2\nà tous le 4 mai 2027."),
    (
        FR,
        "Le jardin, que la Ville a planté, ouvrira\n\nCommuniqué de presse – Ville de Vernoy – 2/3\n\nà tous le 4 mai 2027.",
    ),
    (
        FR,
        "Le jardin, que la Ville a planté, ouvrira\nVille de Vernoy – page 2 sur 3\nà tous le 4 mai 2027.",
    ),
    (FR, "Le jardin, que la Ville a planté, ouvrira\n\n– 2 –\n\nà tous le 4 mai 2027."),
    (FR, "Le jardin, que la Ville\n\nPage 2/3\n\na planté, ouvre le 4 mai 2027."),
    (FR, "Le jardin ouvre grâce au travail de\n\n2/3\n\nLéa Morin et de son équipe."),
    (
        FR,
        "Le jardin, que la Ville a planté, ouvrira\n\nCommuniqué de presse\n\nà tous le 4 mai 2027.",
    ),
]
WHOLE = [
    (EN, "The garden will open to all on 4 May 2027.\n\n2\n\nThe Trust has planted it."),
    (EN, "The garden will open to all:\n\n- on 4 May 2027\n- on 5 May 2027"),
    (EN, "Trees planted:\n\n12\n\noaks are the largest."),
    (EN, "The garden in figures\n\n3 lilacs\n\n2 oaks"),
    (EN, "The garden opens on\n4 May 2027 at noon and welcomes\n120 visitors a day."),
    (EN, "The garden is 2\nhectares wide."),
    (FR, "Le jardin ouvre à tous le 4 mai 2027.\n\n2\n\nLa Ville l’a planté."),
    (FR, "Le jardin en chiffres\n\n3 lilas\n\n2 chênes"),
    (FR, "Le jardin accueille\n120 personnes par jour."),
    (FR, "Arbres plantés\n\n12\n\nBancs\n\n8"),
    (FR, "Le jardin ouvre le\n4 mai 2027 à 10 h."),
]


def cuts(language, text):
    """The findings about cut paragraphs in a release."""
    found = diagnosed("a.txt", RELEASE[language].format(text))[1].findings
    return [it for it in found if it.check == "paragraph-cut"]


@pytest.mark.parametrize(("language", "text"), CUT)
def test_what_a_page_break_has_left_is_told_once(language, text):
    assert len(cuts(language, text)) == 1


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_numbers_and_labels_between_sentences_are_left_alone(language, text):
    assert cuts(language, text) == []


def test_a_number_that_may_be_a_figure_is_only_noted():
    text = "Le jardin, que la Ville a planté, ouvrira\n\n2\n\nà tous le 4 mai 2027."

    assert [it.severity for it in cuts(FR, text)] == [Severity.NOTE]


def test_the_halves_of_a_sentence_are_joined_by_the_fix():
    text = "The garden, which the Trust has planted, will\n\nPage 2 of 3\n\nopen to all."
    (found,) = cuts(EN, text)

    assert found.fix
    assert (found.fix.old, found.fix.new) == ("\n\nPage 2 of 3\n\n", " ")
