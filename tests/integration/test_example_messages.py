"""The example campaign, every text of it, from its folder to a compiled message."""

import re
from gettext import NullTranslations

import pytest

from mailer.calendar.timetable import plan
from mailer.files.bundled import bundled
from mailer.files.templates import load_template
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.campaigns.office import Office
from mailer.render.compile import compile_message
from tests.counterparts.campaigns import load_campaign
from tests.counterparts.parity import html_only_links

OFFICE = Office(name="Institut", website="https://www.institut.example")


@pytest.fixture(scope="module")
def messages():
    folder = bundled("campaigns") / "2017-12-09-recherche-associations"
    campaign = load_campaign(folder, office=OFFICE)
    template = load_template("press", (bundled("templates"),), theme="")
    return {
        (planned.step.id, variant): compile_message(
            campaign=campaign,
            step=planned.step,
            content=content,
            variant=variant,
            planned_local=planned.local,
            office=OFFICE,
            template=template,
            translations=NullTranslations(),
        )
        for planned in plan(campaign, office=OFFICE)
        for variant, content in planned.step.contents.items()
    }


def words(message):
    return "".join(it for it in message.text if isinstance(it, str))


def test_whoever_reads_plain_text_finds_every_link(messages):
    assert len(messages) == 9
    assert {html_only_links(message) for message in messages.values()} == {()}


def test_plain_text_keeps_to_its_columns(messages):
    long = [
        line
        for message in messages.values()
        for line in words(message).split("\n")
        if len(line) > 78 and " " in line.strip()
    ]

    assert long == []


def test_an_english_message_says_nothing_in_french(messages):
    english = words(messages["announcement", VariantKey("", "en")])

    assert "About the Académie des sciences" in english
    assert "partner and host of the meeting" in english
    assert "head of press" in english
    assert re.findall(r"\b(?:partenaire|responsable|Découvrir|Salle de presse)\b", english) == []


def test_the_practical_step_brings_the_event_for_the_calendar(messages):
    brought = {
        key: file
        for key, message in messages.items()
        for file in message.embedded
        if file.media_type.startswith("text/calendar")
    }

    assert {step for step, _variant in brought} == {"practical"}
    file = brought["practical", VariantKey("", "fr")]
    assert file.filename.endswith(".ics")
    assert b"METHOD:REQUEST" in file.content  # for accredited people: it can be taken back
