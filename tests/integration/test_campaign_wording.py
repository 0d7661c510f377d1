"""Corrections, logos and other languages of a campaign file, and the looks it may name."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from textwrap import dedent

import pytest

from mailer.calendar.timetable import localise
from mailer.errors import ContentError
from mailer.model.campaigns.campaign import CampaignKind, Correction
from mailer.model.campaigns.office import Office
from tests.counterparts.campaigns import load_campaign

OFFICE = Office("Institut")
LOGO = Path(__file__).parents[2] / "templates" / "press" / "logos" / "clear.png"


def loaded(tmp_path, more="", *, step="announcement", office=OFFICE):
    folder = tmp_path / "rencontre"
    folder.mkdir()
    (folder / f"{step}.md").write_text("# Titre\n", "utf-8")
    (folder / "logo.png").write_bytes(LOGO.read_bytes())
    (folder / "campaign.toml").write_text(
        dedent(f"""\
            kind = "advisory"
            title = "Rencontre"
            [[steps]]
            id = "{step}"
            send = 2017-12-04T09:30:00
            to = ["press"]
            subject = "Rencontre"
            """)
        + dedent(more),
        "utf-8",
    )
    return load_campaign(folder, office=office)


def test_a_correction_names_a_known_fact_or_says_what_holds_now(tmp_path):
    campaign = loaded(
        tmp_path,
        """
        [[corrections]]
        what = "time"
        old = 2017-12-09T09:00:00
        [[corrections]]
        what = "Salle"
        old = "bleue"
        new = "verte"
        [corrections.en]
        what = "Room"
        old = "blue"
        new = "green"
        """,
    )

    nine = localise(datetime.fromisoformat("2017-12-09T09:00"), zone="Europe/Paris")
    words = {"en": {"what": "Room", "old": "blue", "new": "green"}}
    assert campaign.corrections == (
        Correction("time", nine),
        Correction("Salle", "bleue", "verte", words),
    )


def test_a_correction_that_leads_nowhere_is_refused_at_its_line(tmp_path):
    with pytest.raises(ContentError) as refused:
        loaded(tmp_path, '[[corrections]]\nwhat = "Salle"\nold = "bleue"\n')

    (problem,) = refused.value.problems
    assert problem.where.line == 9
    assert "date, time, place, access, deadline" in str(problem.remedy)


@pytest.mark.parametrize("old", ["12", "true", "[]", "09:30:00"])
def test_an_old_value_is_a_text_or_a_date(tmp_path, old):
    with pytest.raises(ContentError) as refused:
        loaded(tmp_path, f'[[corrections]]\nwhat = "time"\nold = {old}\n')

    assert refused.value.problems[0].where.line == 10


@pytest.mark.parametrize(
    "kind",
    [CampaignKind.CORRECTION, CampaignKind.POSTPONEMENT, CampaignKind.CANCELLATION],
)
def test_a_step_called_after_a_kind_is_of_that_kind(tmp_path, kind):
    assert loaded(tmp_path, step=str(kind)).steps[0].kind is kind


def test_words_of_another_language_stand_below_what_they_word(tmp_path):
    campaign = loaded(
        tmp_path,
        """
        [[partners]]
        name = "Académie"
        role = "partenaire"
        logo = "logo.png"
        [partners.en]
        role = "partner"
        [[links]]
        label = "Le programme"
        url = "https://www.institut.example/programme"
        [links.en]
        label = "The programme"
        url = "https://www.institut.example/en/programme"
        """,
    )

    assert campaign.partners[0].translations == {"en": {"role": "partner"}}
    assert campaign.links[0].translations["en"]["label"] == "The programme"
    assert campaign.files["logo.png"] == LOGO.read_bytes()


def test_a_word_that_no_fact_has_is_refused_at_its_line(tmp_path):
    more = '[[partners]]\nname = "Académie"\n[partners.en]\nrule = "partner"\n'

    with pytest.raises(ContentError) as refused:
        loaded(tmp_path, more)

    (problem,) = refused.value.problems
    assert problem.where.line == 11
    assert "role" in str(problem.remedy)


def test_a_logo_that_is_not_there_is_told_with_what_is(tmp_path):
    with pytest.raises(ContentError) as refused:
        loaded(tmp_path, '[[partners]]\nname = "Académie"\nlogo = "lego.png"\n')

    (problem,) = refused.value.problems
    assert problem.where.line == 10
    assert "logo.png" in str(problem.remedy)


def test_a_campaign_wears_its_own_look_or_that_of_the_office(tmp_path):
    office = replace(OFFICE, theme="clear")

    assert loaded(tmp_path, office=office).theme == "clear"
