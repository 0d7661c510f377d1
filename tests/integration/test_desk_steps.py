"""The form of a step, without script: when it leaves, whom it is for, what else only it says."""

import re

import pytest

from mailer.model.campaigns.campaign import CampaignKind
from tests.counterparts.form_browser import Browser, forms_of

SLUG = "2017-12-09-recherche-associations"
CALENDAR = f"/campagnes/{SLUG}/calendrier"
REMINDER = f"{CALENDAR}/reminder"
STEPS = ("announcement", "reminder", "practical", "morning")


@pytest.fixture
def file(app):
    return app.workspace / "campaigns" / SLUG / "campaign.toml"


def step(app, name):
    return next(each for each in app.campaigns.load(SLUG).steps if each.id == name)


def save(browser, name="reminder", **changed):
    """Send the form of a step as it stands, but for some fields, which may have several values."""
    address = f"{CALENDAR}/{name}"
    own = {f"steps.{name}.{key}": value for key, value in changed.items()}
    shown = forms_of(browser.get(address).text)[address]
    kept = [(field, value) for field, value in shown if field not in own]
    several = [
        (field, value)
        for field, values in own.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return browser.post(address, [*kept, *several])


@pytest.mark.parametrize("name", STEPS)
def test_a_step_saved_without_a_change_leaves_the_bytes(ada, file, name):
    before = file.read_bytes()

    assert "fait=unchanged" in save(ada, name).location
    assert file.read_bytes() == before


def test_every_setting_of_a_step_is_made_at_the_desk_and_the_comments_stay(app, ada, file):
    comments = re.findall(r"#[^\n]*", file.read_text("utf-8"))

    saved = save(
        ada,
        only=["waiting", "asked"],
        unless=["declined", ""],
        kind="follow-up",
        fixed=["1", ""],
        calendar=["1", ""],
        reason="La salle a changé",
    )

    reminder = step(app, "reminder")
    assert saved.status == 303
    assert (reminder.only, reminder.unless) == (("waiting", "asked"), ("declined",))
    assert reminder.kind is CampaignKind.FOLLOW_UP
    assert (reminder.fixed, reminder.calendar) == (True, True)
    assert reminder.reason == "La salle a changé"
    assert re.findall(r"#[^\n]*", file.read_text("utf-8")) == comments
    again = ada.get(REMINDER).text
    assert 'value="waiting" checked' in again
    assert 'value="accredited" checked' not in again
    assert again.count("<details open>") == 1


def test_a_step_may_leave_on_an_answer_in_the_place_of_an_hour(app, ada):
    saved = save(ada, "practical", on="accepted", send="", only="")

    assert saved.status == 303
    assert (step(app, "practical").on, step(app, "practical").send) == ("accepted", None)
    calendar = ada.get(CALENDAR).text
    assert "dès que quelqu’un est accrédité" in calendar
    assert f'href="{CALENDAR}/practical#steps.practical.on"' in calendar
    assert save(ada, "practical", on="", send="J-1 15:00").status == 303
    assert step(app, "practical").on == ""


@pytest.mark.parametrize("changed", [{"on": "accepted"}, {"send": ""}])
def test_an_hour_and_an_answer_or_neither_are_refused_at_the_hour(ada, file, changed):
    before = file.read_bytes()

    refused = save(ada, "announcement", **changed)

    assert refused.status == 422
    assert 'id="steps.announcement.send-wrong-1"' in refused.text
    assert file.read_bytes() == before


def test_every_refusal_stands_at_its_field_at_once_and_what_was_typed_is_kept(ada, file):
    before = file.read_bytes()

    refused = save(
        ada,
        send="demain",
        most_per_week="souvent",
        languages="klingonois",
        unless=["refused", "waiting", ""],
        kind="follow-up",
        reason="Parce que",
    )

    assert refused.status == 422
    for key in ("send", "most_per_week", "languages"):
        assert f'id="steps.reminder.{key}-wrong-1"' in refused.text, key
        assert f'href="#steps.reminder.{key}"' in refused.text, key
    shown = forms_of(refused.text)[REMINDER]
    assert dict(shown)["steps.reminder.send"] == "demain"
    assert dict(shown)["steps.reminder.kind"] == "follow-up"
    assert dict(shown)["steps.reminder.reason"] == "Parce que"
    chosen = [value for name, value in shown if name == "steps.reminder.unless" and value]
    assert sorted(chosen) == ["refused", "waiting"]
    assert file.read_bytes() == before


def test_a_value_that_only_the_file_has_is_kept_and_a_forged_one_is_refused(ada, file):
    stored = file.read_text("utf-8").replace('unless = ["accredited"', 'unless = ["nobody-knows"')
    file.write_text(stored, "utf-8")

    assert "fait=unchanged" in save(ada).location
    assert "nobody-knows" in file.read_text("utf-8")
    forged = save(ada, unless=["accredited", "invented"])
    assert forged.status == 422
    assert "invented" not in file.read_text("utf-8")


def test_two_people_who_change_one_choice_see_both_in_words(app, ada):
    bea = Browser(app, "Bea")
    shown = forms_of(bea.get(REMINDER).text)[REMINDER]
    save(ada, kind="press-kit", on="")

    others = [(name, value) for name, value in shown if name != "steps.reminder.kind"]
    conflict = bea.post(REMINDER, [*others, ("steps.reminder.kind", "press-release")])

    assert conflict.status == 409
    assert "communiqué de presse" in conflict.text
    assert "dossier de presse" in conflict.text
    assert "press-kit" not in conflict.text
    bea.submit(conflict, REMINDER)
    assert step(app, "reminder").kind is CampaignKind.PRESS_RELEASE


def test_the_facts_lead_to_each_step_and_have_the_kind_and_the_short_names(app, ada):
    facts = f"/campagnes/{SLUG}/faits"
    page = ada.get(facts)

    assert all(f'href="{CALENDAR}/{name}"' in page.text for name in STEPS)
    ada.submit(page, facts, kind="press-kit", short_names="l’Institut, Paris\nIX")
    campaign = app.campaigns.load(SLUG)
    assert campaign.kind is CampaignKind.PRESS_KIT
    assert campaign.short_names == ("l’Institut, Paris", "IX")


def test_a_step_of_no_name_is_said_in_words(ada):
    unknown = ada.get(f"{CALENDAR}/aucune")

    assert unknown.status == 404
    assert "la campagne n’a aucun envoi de ce nom" in unknown.text.lower()


def typed(page, **changed):
    """The fields of the form of the reminder as it stands, but for some."""
    own = {f"steps.reminder.{key}": value for key, value in changed.items()}
    shown = [(name, text) for name, text in forms_of(page.text)[REMINDER] if name not in own]
    several = [(name, each) for name, value in own.items() for each in value]
    return [*shown, *several]


def test_what_is_typed_into_a_step_is_kept_for_its_author_alone_and_found_again(app, ada, file):
    before = file.read_bytes()
    changed = {
        "reason": ["La salle a changé"],
        "unless": ["refused", "waiting", ""],
        "fixed": ["1"],
    }
    kept = ada.post(f"{REMINDER}/brouillon", typed(ada.get(REMINDER), **changed))

    assert kept.status == 200
    assert file.read_bytes() == before
    assert app.ledger.revisions.head(SLUG).number == 1
    (address,) = re.findall(r'href="([^"]+\?brouillon=[^"]+)"', ada.get(REMINDER).text)
    found = forms_of(ada.get(address).text)[REMINDER]
    assert ("steps.reminder.reason", "La salle a changé") in found
    assert {("steps.reminder.unless", each) for each in ("refused", "waiting")} <= set(found)
    assert ("steps.reminder.fixed", "1") in found
    for other in (Browser(app, "Bea").get(REMINDER), ada.get(f"/campagnes/{SLUG}/faits")):
        assert "brouillon=" not in other.text
    assert "brouillon=" not in ada.get(f"{CALENDAR}/morning").text

    assert ada.post(REMINDER, found).status == 303

    assert "brouillon=" not in ada.get(REMINDER).text
    assert set(step(app, "reminder").unless) == {"refused", "waiting"}


def test_an_unsaved_step_is_thrown_away_where_nobody_wants_it(ada):
    ada.post(f"{REMINDER}/brouillon", typed(ada.get(REMINDER), reason=["Parce que"]))
    page = ada.get(REMINDER)

    thrown = ada.post(f"{REMINDER}/abandonner", forms_of(page.text)[f"{REMINDER}/abandonner"])

    assert "fait=discarded-text" in thrown.location
    assert "brouillon=" not in ada.get(REMINDER).text
