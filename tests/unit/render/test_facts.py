"""What texts may name: in the language of the version, and never more than is known."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailer.model.campaigns.campaign import (
    Content,
    Correction,
    Event,
    Link,
    Partner,
    PressContact,
    VariantKey,
)
from mailer.model.campaigns.typography_rules import TypographyRules
from mailer.render.facts.context import addressed_to, campaign_values


def facts_of(press, language="fr", **changes):
    return campaign_values(
        campaign=press.campaign(**changes),
        step=press.step(),
        variant=VariantKey("", language),
        planned_local=press.MONDAY,
        office=press.office(),
        translations=press.French(),
    )


def test_labels_roles_and_addresses_are_said_in_the_language_of_the_version(press):
    changes = {
        "links": (
            Link(
                "Le programme",
                "https://a.example/fr",
                translations={"en": {"label": "The programme", "url": "https://a.example/en"}},
            ),
        ),
        "partners": (Partner("L’Académie", "hôte", translations={"en": {"role": "host"}}),),
        "press_contacts": (
            PressContact(
                "Claire Lemoine", role="attachée", translations={"en": {"role": "officer"}}
            ),
        ),
    }

    french, english = (facts_of(press, language, **changes) for language in ("fr", "en"))

    assert french["links"] == [{"label": "Le programme", "url": "https://a.example/fr"}]
    assert english["links"] == [{"label": "The programme", "url": "https://a.example/en"}]
    assert english["partners"] == [{"name": "L’Académie", "role": "host", "tier": "partner"}]
    assert english["press_contact"]["role"] == "officer"
    assert french["press_contact"]["role"] == "attachée"


def test_what_is_not_translated_is_said_as_it_is(press):
    english = facts_of(press, "en")

    assert english["links"][0]["label"] == "L’Académie des sciences"
    assert english["event"]["name"] == "Research & Patient Associations"
    assert english["event"]["venue"] == press.campaign().event.venue


def test_a_day_without_an_hour_has_none(press):
    event = replace(press.campaign().event, has_hour=False)
    nameless = Event(name="Rencontre")

    assert "time" not in facts_of(press, event=event)["event"]
    assert "hours" not in facts_of(press, event=event)["event"]
    assert "date" not in facts_of(press, event=nameless)["event"]


@pytest.mark.parametrize(
    ("sent", "french", "english"),
    [
        ("2017-12-04 09:30", "dans cinq jours", "in five days"),
        ("2017-11-20 09:30", "dans 19 jours", "in 19 days"),
        ("2017-12-07 18:00", "dans deux jours", "in two days"),
        ("2017-12-08 23:59", "demain", "tomorrow"),
        ("2017-12-09 00:00", "ce matin", "this morning"),
    ],
)
def test_how_soon_the_event_is_counts_from_the_day_a_step_leaves(press, sent, french, english):
    day = datetime.fromisoformat(sent).replace(tzinfo=press.MONDAY.tzinfo)

    said = [soon(press, day, language) for language in ("fr", "en")]

    assert said == [french, english]


@pytest.mark.parametrize(
    ("hour", "words"),
    [(11, "ce matin"), (12, "cet après-midi"), (18, "ce soir"), (None, "aujourd’hui")],
)
def test_on_the_day_itself_its_part_is_said(press, hour, words):
    event = press.campaign().event
    starts_at = event.starts_at.replace(hour=hour or 0, minute=0)
    event = replace(event, starts_at=starts_at, ends_at=None, has_hour=hour is not None)

    assert soon(press, starts_at.replace(hour=0, minute=1), "fr", event=event) == words


def test_once_the_event_has_begun_or_after_an_answer_it_is_no_fact(press):
    begins = press.campaign().event.starts_at

    assert soon(press, begins, "fr") is None
    assert soon(press, begins + timedelta(days=1), "fr") is None
    assert soon(press, press.MONDAY, "fr", on="accepted", send=None) is None
    assert soon(press, press.MONDAY, "fr", subject="Rencontre") is None
    assert soon(press, press.MONDAY, "de") is None


def soon(press, sent, language, *, event=None, subject="{{ event.soon }}", **step):
    campaign = press.campaign(event=event) if event else press.campaign()
    step = replace(press.step(), subject=subject, **step)
    return campaign_values(
        campaign=campaign,
        step=step,
        says_how_soon=step.says_how_soon,
        variant=VariantKey("", language),
        planned_local=sent,
        office=press.office(),
        translations=press.French(),
    )["event"].get("soon")


def test_french_is_set_as_a_careful_typist_sets_it(press):
    event = replace(press.campaign().event, theme="Le soin : l'avenir ?", access="Métro: Odéon")
    french = facts_of(press, event=event)
    english = facts_of(press, "en", event=replace(event, translations={}))

    assert french["event"]["theme"] == "Le soin\u00a0: l’avenir\u00a0?"
    assert english["event"]["theme"] == "Le soin : l'avenir ?"


def test_texts_subjects_and_preheaders_are_set_too(press):
    message = press.compiled(
        step=press.step(subject="L'Institut : {{ event.date }}", preheader="Qui ? Vous !"),
        content=press.content("# Un titre : l'essentiel\n\nVoir `a : b` et {{ 'x : y' }} ; fin."),
    )

    assert message.subject[0].startswith("L’Institut\u00a0: samedi")
    assert message.preheader == ("Qui\u00a0? Vous\u00a0!",)
    html = "".join(it for it in message.html if isinstance(it, str))
    assert "Un titre\u00a0: l’essentiel</h1>" in html
    assert "a : b</code> et x : y\u00a0; fin." in html


def test_code_between_fences_is_not_set(press):
    message = press.compiled(content=press.content("# T\n\nA : b\n\n```\nx : y\n\nz ; 'q'\n```\n"))

    html = "".join(it for it in message.html if isinstance(it, str))
    assert "A\u00a0: b" in html
    assert "x : y\n\nz ; 'q'" in html


@pytest.mark.parametrize(
    ("rules", "subject", "line"),
    [
        (None, "Titre~: venez~!", "L’été~: «~oui~»~?"),
        (TypographyRules.FRANCE, "Titre~: venez~!", "L’été~: «~oui~»~?"),
        (TypographyRules.CANADA, "Titre~: venez!", "L’été~: «~oui~»?"),
        (TypographyRules.EUROPE, "Titre: venez!", "L’été: «~oui~»?"),
        (TypographyRules.OFF, "Titre : venez !", 'L\'été : "oui" ?'),
    ],
)
def test_an_office_chooses_whose_typography_its_messages_get(press, rules, subject, line):
    typed = 'L\'été : "oui" ?'

    message = press.compiled(
        campaign=press.campaign(typography=rules, place=typed),
        content=press.content(f"# T\n\n{typed}\n\n{{{{ campaign.place }}}}"),
        step=press.step(subject="Titre : venez !", preheader=""),
    )

    text = "".join(it for it in message.text if isinstance(it, str))
    assert message.subject[0].replace("\u00a0", "~") == subject
    assert text.replace("\u00a0", "~").count(line) >= 2


def test_english_keeps_its_own_typography(press):
    message = press.compiled(
        variant=VariantKey("", "en"),
        content=press.content("# A title: what's new?\n\nYes!"),
        step=press.step(subject="What: this", preheader=""),
    )

    assert "A title: what's new?" in "".join(it for it in message.html if isinstance(it, str))
    assert message.subject == ("What: this",)


def test_a_correction_in_the_authors_words_is_set_by_the_rules_of_its_language(press):
    correction = Correction(
        "L'accueil",
        "à 9h30 : portail",
        "à 10h !",
        translations={"en": {"what": "The desk", "old": "at 9h30: gate", "new": "at 10h!"}},
    )

    french, english = (
        facts_of(press, language, corrections=(correction,)) for language in ("fr", "en")
    )

    assert french["corrections"] == [
        {
            "label": "L’accueil",
            "old": "à 9\u00a0h\u00a030\u00a0: portail",
            "new": "à 10\u00a0h\u00a0!",
        }
    ]
    assert english["corrections"] == [
        {"label": "The desk", "old": "at 9h30: gate", "new": "at 10h!"}
    ]


@pytest.mark.parametrize(
    ("to", "only", "variants", "variant", "readers"),
    [
        (("press",), (), (("", "fr"),), ("", "fr"), "press"),
        (("press", "associations"), (), (("", "fr"), ("associations", "fr")), ("", "fr"), "press"),
        (("press", "associations"), (), (("", "fr"), ("associations", "fr")), ("", "en"), "press"),
        (("press", "associations"), (), (("", "fr"),), ("", "fr"), "lists"),
        (("press",), (), (("press", "fr"),), ("press", "fr"), "press"),
        (("press",), ("accredited",), (("", "fr"),), ("", "fr"), "accredited"),
    ],
)
def test_a_version_knows_the_one_list_its_readers_are_on(
    press, to, only, variants, variant, readers
):
    contents = {VariantKey(*each): Content("x.md", "") for each in variants}
    step = replace(press.step(), to=to, only=only, contents=contents)

    assert addressed_to(step, VariantKey(*variant), "fr") == readers
