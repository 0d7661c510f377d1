"""The answers that `mailer new` takes."""

import pytest

from mailer.cli.terminal.language import speak
from mailer.cli.terminal.questions import kind_called, proposed_slug
from mailer.errors import ContentError
from mailer.files.campaigns.scaffold import Answers
from mailer.model.campaigns.campaign import CampaignKind


@pytest.fixture(autouse=True)
def _french():
    speak("fr")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("communiqué de presse", CampaignKind.PRESS_RELEASE),
        ("Communiqué", CampaignKind.PRESS_RELEASE),
        ("invitation", CampaignKind.ADVISORY),
        ("Conférence de presse", CampaignKind.ADVISORY),
        ("dossier", CampaignKind.PRESS_KIT),
        ("RECTIFICATIF", CampaignKind.CORRECTION),
        ("report", CampaignKind.POSTPONEMENT),
        ("annulation", CampaignKind.CANCELLATION),
        ("press-kit", CampaignKind.PRESS_KIT),
    ],
)
def test_a_kind_is_known_by_the_names_a_press_office_gives_it(name, kind):
    assert kind_called(name) is kind


@pytest.mark.parametrize("name", ["", "truc", "co"])
def test_a_name_of_no_kind_or_of_several_is_refused(name):
    with pytest.raises(ContentError):
        kind_called(name)


def test_the_folder_is_named_by_the_day_and_the_first_words():
    answers = Answers(
        "L’été à la mer : cinq façons de voir", event="9 décembre 2026", language="fr"
    )

    assert proposed_slug(answers) == "2026-12-09-ete-la-mer-cinq-facons"
