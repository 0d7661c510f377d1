"""A text that closes accreditation on another day than the facts is told, and no other limit is."""

import pytest

from mailer.checks import run_checks
from mailer.model.drafts.finding import Severity
from tests.counterparts.drafts import a_draft, a_step, an_accreditation

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def severities(sentence, language, **changes):
    draft = a_draft(a_step(text=f"# Titre\n\n{sentence}\n", language=language), **changes)
    return [each.severity for each in run_checks(draft) if each.check == "deadline-differs"]


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Accréditation obligatoire avant le vendredi 8 décembre 2017 à midi.", "fr", None),
        ("Accréditation obligatoire avant le 8 décembre 2017.", "fr", None),
        ("Accréditations jusqu’au {{ accreditation.deadline }}.", "fr", None),
        (
            "Pour s’accréditer : avant le jeudi 7 décembre 2017, presse@institut.example.",
            "fr",
            WARNING,
        ),
        ("Les accréditations closent le 6 décembre 2017 à 18 h.", "fr", WARNING),
        ("Accréditation avant le 8 décembre 2017 à 18 h.", "fr", WARNING),
        ("Accréditation avant le lundi 5 mars 2018 à midi.", "fr", ERROR),
        ("Demandez votre accréditation d’ici le 11 décembre 2017.", "fr", ERROR),
        ("Accreditation is required by 8 December 2017 at noon.", "en", None),
        ("Accreditation is required by 7 December 2017.", "en", WARNING),
        ("Accreditation closes on 15 January 2018.", "en", ERROR),
        ("Accréditation avant le dimanche 4 décembre 2016 à midi.", "fr", ERROR),
        ("Accréditation avant le 1er décembre 2017.", "fr", WARNING),
        ("Exposition ouverte jusqu’au 20 décembre 2017.", "fr", None),
        ("Candidatures au prix avant le 15 janvier 2018.", "fr", None),
        ("Les associations répondent avant le 1er décembre 2017.", "fr", None),
        ("Inscription du public jusqu’au 6 décembre 2017.", "fr", None),
        ("L’accréditation se retire à l’accueil le 9 décembre 2017.", "fr", None),
    ],
)
def test_accreditation_closes_in_every_text_when_the_facts_say(sentence, language, expected):
    assert severities(sentence, language) == [expected] * bool(expected)


def test_without_a_deadline_in_the_facts_only_a_day_after_the_event_is_told():
    rules = an_accreditation(deadline=None)
    before = "Accréditation avant le 6 décembre 2017."
    after = "Accréditation avant le 12 décembre 2017."

    assert severities(before, "fr", accreditation=rules) == []
    assert severities(after, "fr", accreditation=rules) == [ERROR]
