"""A text that goes out on the eve or the day itself is told to be late, by whatever it is dated."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.recall import diagnosed

TEXTS = {
    "en": (
        "{kind}\n\n{head}# Norbury opens a garden\n\nThe Norbury Trust opens a garden on Tuesday 4 May"
        " 2027 at 10 am, at 4 Oak Road, Norbury. {said}\n\nPress contact: Ann Low, 07700 900123\n{foot}"
    ),
    "fr": (
        "{kind}\n\n{head}# Vernoy ouvre un jardin\n\nLa Ville de Vernoy ouvre un jardin le mardi 4 mai 2027"
        " à 10 h, 3 rue Haute, à Vernoy. {said}\n\nContact presse : Léa Morin, 06 39 98 12 34\n{foot}"
    ),
}
KINDS = {
    "en": ("MEDIA ADVISORY", "PRESS RELEASE"),
    "fr": ("INVITATION PRESSE", "COMMUNIQUÉ DE PRESSE"),
}


def late(language, *, is_release=False, head="", said="", foot=""):
    """How severe it is that a text comes late; None where it does not."""
    text = TEXTS[language].format(kind=KINDS[language][is_release], head=head, said=said, foot=foot)
    found = diagnosed("a.txt", text)[1].findings
    return next((it.severity for it in found if it.check == "announced-too-late"), None)


@pytest.mark.parametrize(
    ("language", "changes"),
    [
        ("en", {"head": "Norbury, 4 May 2027\n\n"}),
        ("en", {"head": "Norbury, 3 May 2027\n\n"}),
        ("en", {"head": "Issued on 3 May 2027\n\n"}),
        ("en", {"head": "Issued: Monday 3 May 2027\n\n"}),
        ("en", {"head": "Released on 3 May 2027\n\n"}),
        ("en", {"foot": "\nIssued on 3 May 2027 by the Norbury Trust\n"}),
        ("fr", {"head": "Vernoy, le 4 mai 2027\n\n"}),
        ("fr", {"head": "Vernoy, le 3 mai 2027\n\n"}),
        ("fr", {"head": "Publié le 3 mai 2027\n\n"}),
        ("fr", {"head": "Diffusé le lundi 3 mai 2027\n\n"}),
        ("fr", {"foot": "\nCommuniqué émis le 3 mai 2027\n"}),
    ],
)
def test_an_invitation_of_the_eve_or_the_day_is_late(language, changes):
    assert late(language, **changes) is Severity.WARNING


@pytest.mark.parametrize(
    ("language", "head", "said"),
    [
        ("en", "Norbury, 3 May 2027\n\n", "Photographers are welcome."),
        ("en", "Norbury, 4 May 2027\n\n", "Photographers are welcome."),
        ("fr", "Vernoy, le 3 mai 2027\n\n", "La presse est invitée."),
        ("fr", "Vernoy, le 4 mai 2027\n\n", "La presse est invitée à 10 h."),
    ],
)
def test_a_release_that_invites_on_the_eve_or_the_day_is_noted(language, head, said):
    assert late(language, is_release=True, head=head, said=said) is Severity.NOTE


@pytest.mark.parametrize(
    ("language", "changes"),
    [
        ("en", {"head": "Norbury, 12 April 2027\n\n"}),
        ("en", {"head": "Issued on 12 April 2027\n\n"}),
        ("en", {"foot": "\nIssued on 12 April 2027 by the Norbury Trust\n"}),
        ("en", {"is_release": True, "head": "Norbury, 3 May 2027\n\n"}),
        ("en", {"is_release": True, "head": "Norbury, 4 May 2027\n\n"}),
        (
            "en",
            {
                "is_release": True,
                "head": "Norbury, 5 May 2027\n\n",
                "said": "Photographers were welcome.",
            },
        ),
        ("fr", {"head": "Vernoy, le 12 avril 2027\n\n"}),
        ("fr", {"head": "Publié le 12 avril 2027\n\n"}),
        (
            "fr",
            {"head": "Vernoy, le 12 avril 2027\n\n", "said": "Le livre est publié le 3 mai 2027."},
        ),
        ("fr", {"is_release": True, "head": "Vernoy, le 4 mai 2027\n\n"}),
        (
            "fr",
            {
                "is_release": True,
                "head": "Vernoy, le 5 mai 2027\n\n",
                "said": "La presse est invitée à revenir.",
            },
        ),
    ],
)
def test_a_text_in_good_time_is_not_late(language, changes):
    assert late(language, **changes) is None


def test_the_day_of_issue_is_no_other_day_of_the_event():
    text = TEXTS["en"].format(
        kind="MEDIA ADVISORY", head="Issued on 3 May 2027\n\n", said="", foot=""
    )
    found = {it.check for it in diagnosed("a.txt", text)[1].findings}

    assert found.isdisjoint({"event-differs", "no-dateline"})
