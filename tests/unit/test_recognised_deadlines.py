"""Until when, and where, one asks for accreditation, in any usual words."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise

NONE = (None, None)
NOON = "2027-04-05 12:00"
P = ("p@a.example",)


def asked(text, language):
    found = recognise(
        f"# Titre\n\nInvitation presse\n\n{text}\n", language=language, today=date(2027, 1, 11)
    )
    deadline = found.value("accreditation", "deadline")
    return deadline and f"{deadline:%Y-%m-%d %H:%M}", found.value("accreditation", "addresses")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pour venir, écrire avant le lundi 5 avril à midi à p@a.example.", (NOON, P)),
        ("Pour assister à la visite, répondez avant le 5 avril à 12 h à p@a.example.", (NOON, P)),
        ("Merci de répondre au plus tard le lundi 5 avril à 12 h à p@a.example.", (NOON, P)),
        (
            "Clôture des accréditations : lundi 5 avril 2027 à 12 h. Écrire à p@a.example.",
            (NOON, P),
        ),
        ("Les inscriptions se terminent le lundi 5 avril à 12 h", (NOON, None)),
        ("RSVP\n\navant le lundi 5 avril à midi, p@a.example", (NOON, P)),
        ("Réponse souhaitée\n\nd’ici le lundi 5 avril à midi", (NOON, None)),
        ("Accréditation auprès de p@a.example avant lundi 5 avril 2027, 12 h.", (NOON, P)),
        ("Écrire à p@a.example.", NONE),
        ("Le musée ouvre avant le lundi 5 avril à 12 h. Écrire à p@a.example.", NONE),
        ("Pour venir, prendre le bus 5.", NONE),
        ("Le chantier sera réservé aux piétons avant le lundi 5 avril à 12 h.", NONE),
    ],
)
def test_a_deadline_in_french(text, expected):
    assert asked(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RSVP\n\nby noon on Monday 5 April 2027 to p@a.example", (NOON, P)),
        ("Accreditation closes on Monday 5 April at noon. Please write to p@a.example.", (NOON, P)),
        ("To attend, please reply by Monday 5 April at noon to p@a.example.", (NOON, P)),
        ("Registration deadline: Monday 5 April 2027, 12 pm. E-mail p@a.example.", (NOON, P)),
        ("Please confirm by 12 pm on Monday 5 April 2027.", (NOON, None)),
        ("Please write to p@a.example.", NONE),
        ("The lock closes on Monday 5 April at noon.", NONE),
        ("The board will reply by letter. Its address is p@a.example.", NONE),
    ],
)
def test_a_deadline_in_english(text, expected):
    assert asked(text, "en") == expected


def test_what_closes_is_no_event():
    text = (
        "Rendez-vous le jeudi 8 avril à 9 h. Les inscriptions se closent le lundi 5 avril à 12 h."
    )

    found = recognise(f"# Titre\n\nInvitation\n\n{text}\n", language="fr", today=date(2027, 1, 11))

    assert f"{found.value('event', 'starts_at')}" == "2027-04-08 09:00:00"
