"""Each setting about who writes, and how mail leaves, changes what a real message or its way shows."""

from datetime import UTC, datetime
from functools import cache

import pytest

from mailer.clock import SimulatedClock
from mailer.model.address import Address
from mailer.operations.campaigns.previews.preview import all_samples
from mailer.wiring.app import App
from tests.counterparts.builders import ACTOR, a_contact

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
OFFICE = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"
language = "fr"
time_zone = "Europe/Paris"
phone = "01 99 00 12 34"
website = "https://www.institut.example/"
privacy_url = "https://www.institut.example/donnees"
no_embargo_lists = []
typography = "fr-FR"
theme = "classic"

[sender]
from = "Presse <presse@institut.example>"
reply_to = "Presse <presse@institut.example>"
return_path = "retours.institut.example"
message_id_domain = "institut.example"
list_domain = "institut.example"

[transport]
backend = "file"
production = false
allow_list = ["presse@institut.example"]
folder = "var/outbox"

[transport.smtp]
host = "smtp.institut.example"

[unsubscribe]
base_url = "https://www.institut.example/u"
mailto = "presse@institut.example"
keys = ["env:FIRST"]

[press_room]
public_url = "https://presse.institut.example"
"""
CAMPAIGN = """\
kind = "press-release"
title = "La mer"
place = "Brest"

[event]
name = "Mers chaudes"
starts_at = 2027-03-18T10:00:00
venue = "Station marine"

[embargo]
until = 2027-03-17T12:00:00

[press_room]
public = true
step = "announcement"

[[press_contacts]]
name = "Claire Delmas"
email = "claire@institut.example"
phone = "06 39 98 12 34"

[[steps]]
id = "announcement"
send = "J-5 09:30"
to = ["press"]
subject = "La mer !"
"""
TEXT = "# La mer !\n\nVoici « la mer » : elle est chaude ; voyez-la !\n"


def mail(app):
    """Every sample as it leaves, when, to whom, and what the checks say."""
    draft = app.drafts.draft("mer")
    samples = all_samples(draft, composer=app.composer)
    people = {
        step: [each.contact.id for each in it.recipients] for step, it in draft.audiences.items()
    }
    times = [(planned.step.id, planned.due_at) for planned in draft.plan]
    findings = [(found.check, str(found.what)) for found in app.drafts.findings_about(draft)]
    return repr(([each.message for each in samples], people, times, findings))


def way(app):
    """Where mail goes, and whether it may go to somebody of another office."""
    allows = app.allows
    stranger = Address.parse("ada@press.example")
    return str(app.destination), allows is None or allows(stranger)


def way_by_relay(app):
    """The way of a workspace that sends by its relay, which alone is limited to a list."""
    file = app.workspace / "config.toml"
    file.write_text(
        file.read_text("utf-8").replace('backend = "file"', 'backend = "smtp"'), "utf-8"
    )
    return way(app)


TRIED = {
    "office.name": ('"Laboratoire"', mail),
    "office.postal_address": ('"2 quai de l’Exemple"', mail),
    "office.language": ('"en"', mail),
    "office.time_zone": ('"Europe/Lisbon"', mail),
    "office.phone": ('"01 99 00 56 78"', mail),
    "office.website": ('"https://www.laboratoire.example/"', mail),
    "office.privacy_url": ('"https://www.laboratoire.example/donnees"', mail),
    "office.no_embargo_lists": ('["press"]', mail),
    "office.typography": ('"off"', mail),
    "office.theme": ('"clear"', mail),
    "sender.from": ('"Labo <labo@institut.example>"', mail),
    "sender.reply_to": ('"Labo <labo@institut.example>"', mail),
    "sender.return_path": ('"rejets.institut.example"', mail),
    "sender.message_id_domain": ('"mail.institut.example"', mail),
    "sender.list_domain": ('"listes.institut.example"', mail),
    "unsubscribe.base_url": ('"https://www.institut.example/autre"', mail),
    "unsubscribe.mailto": ('"stop@institut.example"', mail),
    "unsubscribe.keys": ('["env:SECOND"]', mail),
    "press_room.public_url": ('"https://salle.institut.example"', mail),
    "transport.backend": ('"smtp"', way),
    "transport.production": ("true", way_by_relay),
    "transport.allow_list": ('["@press.example"]', way_by_relay),
    "transport.folder": ('"var/autre"', way),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    """Look at a workspace with a configuration: `look(mail, text)`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRST", "a" * 40)
        patch.setenv("SECOND", "b" * 40)
        yield looking_at(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def as_written(look):
    """What a configuration shows that nobody has changed."""
    return cache(lambda show: look(show, OFFICE))


def looking_at(workspace):
    folder = workspace / "campaigns" / "mer"
    folder.mkdir(parents=True)
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    (folder / "announcement.md").write_text(TEXT, "utf-8")

    with App(workspace) as app:
        reader = a_contact("ada@press.example", lists=frozenset({"press"}))
        app.ledger.contacts.save([reader], actor=ACTOR, at=NOW)

    def look(show, text):
        (workspace / "config.toml").write_text(text, "utf-8")
        with App(workspace, clock=SimulatedClock(NOW)) as app:
            return show(app)

    return look


def with_value(key, value):
    """The configuration with another value of a key."""
    table, _, name = key.rpartition(".")
    before, heading, rest = OFFICE.partition(f"[{table}]\n")
    lines = rest.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{name} = "))
    lines[at] = f"{name} = {value}"
    return before + heading + "\n".join(lines)


@pytest.mark.parametrize("key", TRIED)
def test_another_value_is_seen(key, look, as_written):
    value, show = TRIED[key]

    assert look(show, with_value(key, value)) != as_written(show)


@pytest.mark.parametrize("show", [mail, way])
def test_the_same_values_show_the_same(show, look, as_written):
    assert look(show, OFFICE) == as_written(show)
