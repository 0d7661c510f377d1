"""Dates, names, page heads and links of strangers' releases: what is found, what is left alone."""

import pytest

from mailer.checks import run_checks
from mailer.model.drafts.finding import Severity
from tests.counterparts.drafts import a_draft, a_step

AHEAD = "La rencontre a lieu le samedi 9 décembre 2017 à Brest.\n\n"  # written on 1 December 2017
CUT = "Le reste sera cherché auprès de toutes les communes"


def found_in(text, check, language="fr"):
    draft = a_draft(a_step(text=f"# Titre\n\n{text}", language=language), language=language)
    return [finding for finding in run_checks(draft) if finding.check == check]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (f"{AHEAD}Inscriptions avant le jeudi 15 juin.", True),  # a Thursday in 2017, long past
        (f"{AHEAD}Jeudi 15 juin, 14 h : visite.", True),
        (f"{AHEAD}Le comité s’est réuni le jeudi 15 juin.", False),  # what happened has no hour
        (f"{AHEAD}Inscriptions avant le jeudi 14 décembre.", False),
        ("Inscriptions avant le jeudi 15 juin.", False),  # nothing says that it is to come
    ],
)
def test_an_appointment_whose_weekday_is_of_a_past_year_is_asked_about(text, is_told):
    found = found_in(text, "weekday-differs")

    assert [each.severity for each in found] == [Severity.NOTE] * is_told


@pytest.mark.parametrize(
    ("head", "is_told"),
    [
        ("[2/3] Service de presse du port", True),
        ("-- suite page 2 --", True),
        ("--- continued on page 2 ---", True),
        ("(suite)", True),
        ("[Photo : le port]", False),
    ],
)
def test_a_page_head_within_a_sentence_is_seen_in_brackets_and_with_its_words(head, is_told):
    text = f"{CUT} de\n\n{head}\n\nla vallée, puis auprès de la région."

    assert bool(found_in(text, "paragraph-cut")) == is_told


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("Il ouvre le 9 décembre 2017à midi.", True),
        ("It opens on 9 December 2017at noon.", True),
        ("La version 2017b est en ligne.", False),
        ("Il ouvre le 9 décembre 2017.", False),
    ],
)
def test_a_year_runs_into_no_short_word(words, is_told):
    assert bool(found_in(words, "missing-blank")) == is_told


@pytest.mark.parametrize(
    ("target", "is_told"),
    [
        ("https://tinyurl.example/port", True),
        ("https://short-link.test/port", True),
        ("https://mini-lien.example/port", True),
        ("https://www.lien-du-port.example/port", False),
        ("https://shorturlaub.example/port", False),
    ],
)
def test_a_host_that_is_called_a_shortener_is_one(target, is_told):
    found = found_in(f"[Le dossier]({target})", "shortened-link")

    assert [each.severity for each in found] == [Severity.WARNING] * is_told


@pytest.mark.parametrize(
    ("text", "language", "is_told"),
    [
        ("Nadia Kerbellie dirige le port.\n\nOn entendra Mme Kerbely à midi.", "fr", True),
        ("Nadia Kerbely leads the port.\n\nMs Kerbellie will speak at noon.", "en", True),
        ("Nadia Kerbely dirige le port.\n\nOn entendra Mme Kerbely à midi.", "fr", False),
        ("Nadia Kerbely dirige le port.\n\nOn entendra Mme Marolles à midi.", "fr", False),
    ],
)
def test_a_last_name_that_sounds_the_same_is_asked_about(text, language, is_told):
    assert bool(found_in(text, "person-named-otherwise", language)) == is_told


def test_who_begins_the_line_below_a_heading_belongs_to_no_body_named_in_it():
    text = (
        "2. Ce que demande l’association\nAminata Kerbély, présidente, demande un port.\n\n"
        "« C’est assez », ajoute Aminata Kerbelly."
    )

    assert found_in(text, "person-named-otherwise")
