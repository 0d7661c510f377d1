"""What to post on social networks: the command's files, and the same from the desk."""

import pytest

from tests.counterparts.pages import a_picture
from tests.e2e.commands import EXAMPLE, a_workspace, mailer


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path / "bureau", lists=False)


def campaign_file(workspace, name):
    return workspace / "campaigns" / EXAMPLE / name


def posted(workspace, *arguments):
    done = mailer("social", EXAMPLE, *arguments, workspace=workspace)
    folder = workspace / "var" / "social" / EXAMPLE
    return done.stdout, {it.name: it.read_bytes() for it in folder.iterdir() if it.suffix}


def test_13_a_card_has_title_picture_and_a_text_for_each_network_in_each_language(workspace):
    text = campaign_file(workspace, "announcement.md")
    text.with_name("salle.png").write_bytes(a_picture(800, 500))
    before, mark, rest = text.read_text("utf-8").partition("## Deux formes")
    shown = f'![La salle des séances, vide](salle.png "La salle. © Agence")\n\n{mark}{rest}'
    text.write_text(before + shown, "utf-8")

    said, files = posted(workspace)

    assert sorted(files) == ["announcement.en.txt", "announcement.fr.png", "announcement.fr.txt"]
    assert "3 fichiers" in said.replace("\u00a0", " ")
    french = files["announcement.fr.txt"].decode("utf-8-sig")
    assert french.startswith("Ne rien publier avant le départ du message")
    assert "La salle des séances, vide" in french
    assert [it in french for it in ("X\u00a0:", "Bluesky", "Mastodon", "LinkedIn")] == [True] * 4
    assert french.count("https://presse.institut.example/") == 4
    assert "When patients become partners" in files["announcement.en.txt"].decode("utf-8-sig")


def test_13_under_embargo_a_card_says_first_when_it_may_be_posted(workspace):
    toml = campaign_file(workspace, "campaign.toml")
    embargo = "[embargo]\nuntil = 2017-12-08T14:00:00\n\n[accreditation]"
    toml.write_text(toml.read_text("utf-8").replace("[accreditation]", embargo), "utf-8")

    _said, files = posted(workspace)

    french = files["announcement.fr.txt"].decode("utf-8-sig").replace("\u00a0", " ")
    assert french.startswith(
        "SOUS EMBARGO : ne rien publier avant le vendredi 8 décembre 2017 à 14 h"
    )


def test_13_what_only_some_are_told_is_not_for_posting(workspace):
    text = campaign_file(workspace, "announcement.md")
    lead = "Le {{ event.date }}, {% if recipient.list == 'presse' %}le secret de la presse, {% endif %}plus"
    text.write_text(text.read_text("utf-8").replace("Le {{ event.date }}, plus", lead, 1), "utf-8")

    _said, files = posted(workspace)
    refused = mailer("social", EXAMPLE, "practical", workspace=workspace, expect=65)

    french = files["announcement.fr.txt"].decode("utf-8-sig")
    assert "plus de 120 responsables" in french
    assert "secret" not in french
    assert "ceux qui ont répondu" in refused.stderr
