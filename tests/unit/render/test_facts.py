"""What texts may name: in the language of the version, and never more than is known."""

from dataclasses import replace

from mailer.model.campaign import Event, Link, Partner, PressContact, VariantKey
from mailer.render.facts import facts


def facts_of(press, language="fr", **changes):
    return facts(
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
    assert english["partners"] == [{"name": "L’Académie", "role": "host"}]
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
