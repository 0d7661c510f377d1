"""A new campaign is valid as it stands, and cannot be launched before it is written."""

from datetime import UTC, date, datetime

import pytest

from mailer.calendar.timetable import plan
from mailer.checks import run_checks
from mailer.errors import ContentError
from mailer.files.bundled import bundled
from mailer.files.campaigns.scaffold import STARTER_STEPS, Answers, new_campaign
from mailer.files.catalogues import translations_for
from mailer.files.templates import load_template
from mailer.languages import LANGUAGES
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.office import Office
from mailer.model.drafts.draft import Draft
from mailer.model.drafts.finding import Severity
from mailer.model.mailings.message import Letterhead
from mailer.render.compile import compile_message
from tests.counterparts.campaigns import load_campaign

TODAY = date(2026, 3, 2)
OFFICE = Office("Institut", postal_address="1 rue de l’Exemple, 75000 Paris")
LETTERHEAD = Letterhead(Mailbox(Address("presse", "institut.example")))
EVERYTHING = Answers(
    title='Rencontre « Recherche & "Associations" »',
    event="2026-03-31 09:30",
    venue="Académie",
    contact="Claire Delmas",
    phone="06 39 98 12 34",
    address="presse@institut.example",
)


def drafted(folder):
    campaign = load_campaign(folder, office=OFFICE)
    entries = plan(campaign, office=OFFICE)
    template = load_template("press", [bundled("templates")])
    messages = {
        (entry.step.id, variant): compile_message(
            campaign=campaign,
            step=entry.step,
            content=content,
            variant=variant,
            planned_local=entry.local,
            office=OFFICE,
            template=template,
            translations=translations_for(variant.language),
        )
        for entry in entries
        for variant, content in entry.step.contents.items()
    }
    return Draft(
        campaign=campaign,
        office=OFFICE,
        letterhead=LETTERHEAD,
        plan=entries,
        messages=messages,
        audiences={},
        now=datetime(2026, 3, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", CampaignKind)
def test_every_kind_begins_as_a_campaign_that_compiles_and_only_lacks_its_words(
    tmp_path, kind, language
):
    answers = Answers(
        **{name: getattr(EVERYTHING, name) for name in Answers.__slots__} | {"language": language}
    )
    folder = new_campaign(tmp_path / "2026-03-31-rencontre", kind, answers, today=TODAY)

    draft = drafted(folder)
    blocking = {f.check for f in run_checks(draft) if f.severity is Severity.ERROR}

    assert draft.campaign.kind is kind
    assert draft.campaign.title == answers.title
    assert blocking == {"unresolved-placeholder"}


@pytest.mark.parametrize("kind", CampaignKind)
def test_a_title_alone_is_enough_to_begin(tmp_path, kind):
    folder = new_campaign(tmp_path / "rencontre", kind, Answers("Rencontre"), today=TODAY)

    draft = drafted(folder)

    assert "press-contact-without-phone" in {finding.check for finding in run_checks(draft)}


def test_the_name_of_the_folder_may_give_the_day(tmp_path):
    folder = new_campaign(
        tmp_path / "2026-05-12-colloque", CampaignKind.ADVISORY, Answers("Colloque"), today=TODAY
    )

    event = load_campaign(folder, office=OFFICE).event

    assert (event.starts_at.date(), event.has_hour) == (date(2026, 5, 12), False)


def test_without_any_day_the_event_is_a_month_away_and_blocks(tmp_path):
    folder = new_campaign(
        tmp_path / "2026-99-99-colloque", CampaignKind.ADVISORY, Answers("Colloque"), today=TODAY
    )

    draft = drafted(folder)

    assert draft.campaign.event.starts_at.date() == date(2026, 3, 30)
    assert "event-without-hour" in {finding.check for finding in run_checks(draft)}


def test_an_advisory_is_announced_ten_days_ahead_and_reminded_once(tmp_path):
    folder = new_campaign(tmp_path / "rencontre", CampaignKind.ADVISORY, EVERYTHING, today=TODAY)

    assert [f"{entry.step.id} {entry.local:%d %H:%M}" for entry in drafted(folder).plan] == [
        "announcement 20 09:30",  # J-10 is a Saturday
        "reminder 27 09:30",  # and J-2 a Sunday
        "practical 30 15:00",
        "morning 31 07:30",
    ]


def test_a_language_without_texts_is_refused_with_those_that_have_some(tmp_path):
    with pytest.raises(ContentError, match="“de”") as refused:
        new_campaign(
            tmp_path / "treffen",
            CampaignKind.PRESS_RELEASE,
            Answers("Treffen", language="de"),
            today=TODAY,
        )

    assert "fr, en" in str(refused.value)
    assert not (tmp_path / "treffen").exists()


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_language_has_a_text_for_every_step_of_a_new_campaign(language):
    steps = {step.id for each in STARTER_STEPS.values() for step in each}

    assert set(language.starter_texts.steps) == steps


@pytest.mark.parametrize(
    "title", ["", 'a "quoted" one', "back\\slash", "{{ x }}", "line\nbreak\x00", "Ééé"]
)
def test_no_title_breaks_the_file(tmp_path, title):
    folder = new_campaign(tmp_path / "x", CampaignKind.PRESS_RELEASE, Answers(title), today=TODAY)

    assert drafted(folder).campaign.title in {title, "line break", "à compléter"}


def test_everything_wrong_with_the_answers_comes_at_once(tmp_path):
    (tmp_path / "Ma Campagne").mkdir()

    with pytest.raises(ContentError) as refused:
        new_campaign(
            tmp_path / "Ma Campagne",
            CampaignKind.ADVISORY,
            Answers("t", event="mardi", address="presse"),
            today=TODAY,
        )

    assert len(refused.value.problems) == 4
