"""A campaign with many faults, as a press officer reads of them at the desk: no file, no TOML."""

import re
import shutil
from html import unescape

import pytest

from tests.counterparts.form_browser import Browser
from tests.desk.visitors import EXAMPLE, example_app
from tests.unit.test_words_of_the_desk import OF_A_FILE

SLUG = "2017-12-09-fautes"
FACTS = """\
kind = "advisory"
title = "Rencontre"
[event]
name = "Rencontre des associations"
starts_at = 2017-12-09
[accreditation]
required = true
total = 10
[[partners]]
name = "Société des lacs"
tier = "organiser"
[[steps]]
id = "announcement"
send = "J-5 09:30"
to = ["press"]
subject = "Rencontre"
[[steps]]
id = "reminder"
send = "J-4 09:30"
to = ["press"]
subject = "Rappel"
[[steps]]
id = "reminder-2"
content = "reminder"
send = "J-3 09:30"
to = ["press"]
subject = "Rappel"
[[steps]]
id = "reminder-3"
content = "reminder"
send = "J-2 09:30"
to = ["press"]
subject = "Rappel"
[[steps]]
id = "follow-up"
content = "reminder"
send = "J-1 09:30"
to = ["press"]
subject = "Suites"
"""
ANNOUNCEMENT = """\
# Rencontre des associations

La Société des lacs vous invite. Sous embargo jusqu’au 8 décembre 2017 à 10 h.
La rencontre a lieu le 10 décembre 2017 à 10 h. Voir [la page](https://ailleurs.example/x).

::: passage Société des lacs
Nous sommes là.
:::

::: about
- Institut inconnu
:::
"""
REMINDER = "# Rappel\n\nRendez-vous à {{ event.place }}.\n"
PAGES = (
    *("", "/faits", "/textes", "/textes/announcement.md", "/calendrier", "/verifications"),
    *("/destinataires/announcement", "/apercu", "/apercu/remarques", "/essai", "/bon-a-tirer"),
    "/lancement",
)


@pytest.fixture
def desk(tmp_path):
    with example_app(tmp_path / "office") as app:
        folder = app.workspace / "campaigns" / SLUG
        shutil.copytree(folder.with_name(EXAMPLE), folder)
        for text in folder.glob("*.md"):
            text.unlink()
        (folder / "campaign.toml").write_text(FACTS, "utf-8")
        (folder / "announcement.md").write_text(ANNOUNCEMENT, "utf-8")
        (folder / "reminder.md").write_text(REMINDER, "utf-8")
        yield Browser(app)


def words(answer):
    """Return what a page shows, without what people have typed into its fields."""
    hidden = r"<(script|style|title|textarea)\b.*?</\1>|<[^>]*>"
    return unescape(re.sub(hidden, "\n", answer.text, flags=re.DOTALL))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_of_a_faulty_campaign_names_a_file_of_ours_or_a_key(desk, language):
    desk.language = language
    for page in PAGES:
        answer = desk.get(f"/campagnes/{SLUG}{page}")

        assert answer.status == 200, page
        assert not OF_A_FILE.findall(words(answer)), page


def test_a_finding_about_a_fact_says_its_page_and_field_and_leads_there(desk):
    shown = desk.get(f"/campagnes/{SLUG}/verifications")

    address = f"/campagnes/{SLUG}/faits#accreditation.deadline"
    place = "page Faits, «\N{NO-BREAK SPACE}Date limite d’accréditation\N{NO-BREAK SPACE}»"
    assert f'<a href="{address}">{place}</a>' in shown.text
    assert 'id="accreditation.deadline"' in desk.get(address.partition("#")[0]).text


def test_a_form_without_the_name_of_a_contact_asks_for_its_field(desk):
    form = desk.get(f"/campagnes/{SLUG}/faits")
    refused = desk.submit(
        form, f"/campagnes/{SLUG}/faits", **{"press_contacts.1.phone": "01 23 45 67 89"}
    )

    assert refused.status == 422
    field = "«\N{NO-BREAK SPACE}Nom\N{NO-BREAK SPACE}» sur la page Faits"
    assert f"Renseignez {field}." in words(refused)
    assert not OF_A_FILE.findall(words(refused))
