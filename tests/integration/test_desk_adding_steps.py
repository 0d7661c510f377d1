"""Steps that are added to the calendar at the desk, and taken out of it, without script."""

import re

import pytest

from mailer.files.campaigns.steps import with_step, without_step
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.drafts.new_step import OfferedStep
from tests.counterparts.form_browser import Browser, forms_of

SLUG = "2017-12-09-recherche-associations"
CAMPAIGN = f"/campagnes/{SLUG}"
CALENDAR = f"{CAMPAIGN}/calendrier"
NEW = f"{CAMPAIGN}/nouvelle-etape"
REMOVE = f"{CALENDAR}/reminder/retirer"


@pytest.fixture
def folder(app):
    return app.workspace / "campaigns" / SLUG


@pytest.fixture
def file(folder):
    return folder / "campaign.toml"


def steps(app):
    return {each.id: each for each in app.campaigns.load(SLUG).steps}


def filled(browser, address, **changed):
    """The fields of the form of a page as it stands, but for some."""
    own = dict(forms_of(browser.get(address).text)[address])
    return [*(own | changed).items()]


def test_a_step_is_added_with_the_text_of_its_kind_and_nothing_else_changes(app, ada, folder, file):
    before = file.read_bytes()

    added = ada.post(NEW, filled(ada, NEW, like="follow-up"))

    assert added.location == f"{CALENDAR}/follow-up?fait=step-added"
    assert file.read_bytes().startswith(before)
    step = steps(app)["follow-up"]
    assert step.to == ("press", "associations")
    assert (step.kind, step.send.days) == (CampaignKind.FOLLOW_UP, 1)
    assert "{{ campaign.title }}" in (folder / "follow-up.md").read_text("utf-8")
    assert "à compléter" in (folder / "follow-up.md").read_text("utf-8").lower()
    assert "Ajoutée à la fin du calendrier" in ada.get(added.location).text
    assert f'href="{CALENDAR}/follow-up' in ada.get(CALENDAR).text
    assert "follow-up.md" in ada.get(f"{CAMPAIGN}/textes").text


def test_a_step_of_a_name_in_use_gets_a_number_and_its_own_hour_and_lists(app, ada, folder):
    ada.post(NEW, filled(ada, NEW, like="reminder", send="J-1 09:00", to="associations\n"))

    again = steps(app)["reminder-2"]
    assert (again.send.days, again.to) == (-1, ("associations",))
    assert again.unless == ("accredited", "declined")
    assert (folder / "reminder-2.md").exists()
    assert "Relance 3" in ada.get(NEW).text


def test_a_kind_that_the_name_does_not_say_is_written(app, ada):
    for like in ("follow-up", "follow-up", "kit", "release"):
        ada.post(NEW, filled(ada, NEW, like=like))

    assert {name: str(step.kind) for name, step in steps(app).items() if step.kind} == {
        "follow-up": "follow-up",
        "follow-up-2": "follow-up",
        "kit": "press-kit",
        "release": "press-release",
    }


def test_every_refusal_of_a_new_step_stands_at_its_field_and_keeps_what_was_typed(ada, file):
    before = file.read_bytes()

    unchosen = ada.post(NEW, filled(ada, NEW, send="J-patate"))
    refused = ada.post(NEW, filled(ada, NEW, like="kit", send="demain", to=""))

    assert unchosen.status == refused.status == 422
    assert 'href="#like"' in unchosen.text
    assert 'id="send-wrong-1"' in unchosen.text
    assert 'id="send-wrong-1"' in refused.text
    assert 'id="to-wrong-1"' in refused.text
    shown = refused.text
    assert 'value="demain"' in shown
    assert 'value="kit" checked' in shown
    assert file.read_bytes() == before


def test_an_office_without_an_event_is_offered_steps_that_need_none(ada, file):
    facts = file.read_text("utf-8").replace('kind = "advisory"', 'kind = "press-release"')
    head, _event, rest = facts.partition("[event]")
    rest = rest[rest.index("[[press_contacts]]") :]
    file.write_text(head + rest.replace("J-", "2017-12-0").replace("2017-12-00", "2017-12-09"))

    offered = [value for name, value in _radios(ada.get(NEW).text)]

    assert offered == ["release", "kit"]


def test_a_correction_is_no_step_of_a_calendar_but_of_a_campaign_that_corrects(ada):
    offered = {value for _name, value in _radios(ada.get(NEW).text)}

    assert {"announcement", "reminder", "practical", "morning", "save-the-date"} <= offered
    assert not offered & {"correction", "postponement", "cancellation"}


def test_the_same_form_twice_adds_one_step_and_a_stale_one_adds_none(app, ada):
    bea = Browser(app, "Bea")
    stale = filled(bea, NEW, like="kit")
    sent = filled(ada, NEW, like="follow-up")

    assert ada.post(NEW, sent).status == 303
    assert ada.post(NEW, sent).status == 303
    assert "follow-up-2" not in steps(app)
    refused = bea.post(NEW, stale)
    assert refused.status == 422
    assert "a modifié cette campagne entre-temps" in refused.text
    assert f'{CALENDAR}/follow-up"' in refused.text
    assert "kit" not in steps(app)
    assert bea.post(NEW, filled_again(refused, like="kit")).status == 303
    assert {"kit", "follow-up"} <= steps(app).keys()


def filled_again(page, **changed):
    return [*(dict(forms_of(page.text)[NEW]) | changed).items()]


def test_a_step_is_removed_with_its_texts_after_it_is_said_what_goes(app, ada, folder, file):
    before = file.read_text("utf-8")
    asked = ada.get(REMOVE)

    assert steps(app).keys() >= {"reminder"}
    assert "Ses textes partent avec elle" in asked.text
    assert "Relance (en)" in asked.text
    assert "un bon à tirer déjà donné" in asked.text.lower()
    removed = ada.post(REMOVE, filled(ada, REMOVE))

    assert removed.location == f"{CALENDAR}?fait=step-removed"
    assert "reminder" not in steps(app)
    assert not list(folder.glob("reminder*"))
    after = file.read_text("utf-8")
    begin, end = (before.index(sign) for sign in ("[[steps]] # jeudi", "[[steps]] # vendredi"))
    assert after == before[:begin] + before[end:]
    assert ada.get(REMOVE).status == 404


def test_what_was_removed_is_taken_back_from_the_versions(app, ada, folder, file):
    facts, text = file.read_bytes(), (folder / "reminder.md").read_bytes()
    ada.post(REMOVE, filled(ada, REMOVE))
    versions = f"{CAMPAIGN}/versions"
    page = ada.get(f"{versions}/1..2")

    ada.submit(page, versions, number="1")

    assert file.read_bytes() == facts
    assert (folder / "reminder.md").read_bytes() == text


def test_a_removal_of_a_step_that_somebody_has_changed_is_refused_once(app, ada):
    bea = Browser(app, "Bea")
    stale = filled(bea, REMOVE)
    ada.submit(
        ada.get(f"{CALENDAR}/reminder"),
        f"{CALENDAR}/reminder",
        **{"steps.reminder.send": "J-1 09:30"},
    )

    refused = bea.post(REMOVE, stale)

    assert refused.status == 422
    assert "a modifié cette campagne entre-temps" in refused.text
    assert "reminder" in steps(app)
    assert bea.post(REMOVE, forms_of(refused.text)[REMOVE]).status == 303
    assert "reminder" not in steps(app)


def test_the_only_step_is_not_removed(app, ada):
    stale = filled(ada, f"{CALENDAR}/morning/retirer")
    for name in ("announcement", "reminder", "practical"):
        address = f"{CALENDAR}/{name}/retirer"
        assert ada.post(address, filled(ada, address)).status == 303

    page = ada.get(f"{CALENDAR}/morning/retirer")
    assert "C’est la seule étape" in page.text
    assert f"{CALENDAR}/morning/retirer" not in forms_of(page.text)
    head = next(value for name, value in stale if name == "base")
    refused = ada.post(f"{CALENDAR}/morning/retirer", {"base": str(int(head) + 3)})
    assert refused.status == 422
    assert list(steps(app)) == ["morning"]


def test_a_step_that_others_name_says_so_and_a_shared_text_stays(ada, folder, file):
    facts = file.read_text("utf-8").replace(
        'id = "morning"', f'id = "morning"\nreceived = ["{SLUG}/reminder"]\ncontent = "reminder"'
    )
    file.write_text(facts, "utf-8")

    page = ada.get(REMOVE).text

    assert "se règle sur ceux qui ont reçu celle-ci" in page
    assert "une autre étape a le même" in page
    ada.post(REMOVE, filled(ada, REMOVE))
    assert (folder / "reminder.md").exists()


STORED = b"""# Tout en haut
kind = "press-release"
title = "Un"
[[steps]]
id = "a"
to = ["press"]

# Ce qui suit le lendemain.
[[steps]] # deux
id = "b"
to = [
  "press", # la presse
]
# Une note de b

# La salle de presse
[press_room]
public = true"""


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_step_in_the_midst_of_a_file_goes_with_its_comment_and_leaves_every_other_line(
    ends, mark
):
    stored = mark + STORED.replace(b"\n", ends)

    kept = without_step(stored, "b").replace(ends, b"\n").removeprefix(mark)

    above, below = STORED.split(b"# Ce qui suit")[0], STORED.split(b"# Une note de b\n\n")[1]
    assert kept == above + below + b"\n"
    offered = OfferedStep("kit", "kit", "2026-03-25 09:30")
    added = with_step(stored, offered, send=offered.send, to=["press"], language="fr")
    assert added.facts.startswith(stored)
    assert added.facts.count(b"\n") == added.facts.count(ends)
    assert without_step(added.facts, "kit") == stored + ends


def _radios(page):
    return re.findall(r'type="radio" name="(like)" value="([^"]+)"', page)
