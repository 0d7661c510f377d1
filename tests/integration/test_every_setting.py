"""Every key that a person can write is read by something, and changes something."""

import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import get_args, get_type_hints

import pytest

from mailer.clock import SimulatedClock
from mailer.config import sections
from mailer.config.sections import PersonSettings
from mailer.errors import ContentError
from mailer.files.campaigns.shape import CampaignTable
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.campaigns.office import Office
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Role
from mailer.operations.campaigns.approval.partners import campaigns_naming
from mailer.operations.campaigns.drafts.drafts import Drafts
from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_partners
from tests.counterparts.builders import ACTOR, a_contact
from tests.counterparts.campaigns import load_campaign
from tests.counterparts.compiling import compile_once, our_template
from tests.counterparts.drafts import LETTERHEAD

ROOT = Path(__file__).resolve().parents[2]
PIA = Actor("pia", "Pia Sauvage", Via.DESK, frozenset({Role.PARTNER}))
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
CAMPAIGN = """\
kind = "advisory"
title = "La mer"
language = "fr"
time_zone = "Europe/Paris"
place = "Brest"
template = "press"
theme = "classic"
typography = "fr-FR"
short_names = []
images_url = ""

[event]
name = "Mers chaudes"
starts_at = 2027-03-18T10:00:00
ends_at = 2027-03-18T12:00:00
theme = "Le plancton"
venue = "Station marine"
address = "1 quai de l’Exemple"
access = "Par le portail"

[accreditation]
required = true
deadline = "J-1 12:00"
addresses = ["presse@institut.example"]
# deadline_proposed = false
# per_outlet = 0
# total = 0
# order = "strict"
# accept = "automatic"
# confirm_within_hours = 1
# promote_until = ""
# keep_cards_days = 30

[embargo]
until = 2027-03-17T12:00:00
# second_zone = ""

[press_room]
public = true
# since = ""
step = "announcement"

[[press_contacts]]
name = "Claire Delmas"
email = "claire@institut.example"
phone = "06 39 98 12 34"
# mobile = ""
role = "responsable"
organisation = "Institut"

[[partners]]
name = "Académie"
role = "partenaire"
url = "https://www.academie.example/"
logo = "logo.png"
# tier = ""
# people = []
# signs = false

[[links]]
label = "Le programme"
url = "https://www.institut.example/programme"
group = "more"

[[attachments]]
path = "programme.txt"
label = "Le programme"
# public = false

[[corrections]]
what = "place"
old = "Paris"
new = "Brest"

[[steps]]
id = "announcement"
content = "announcement"
send = "J-5 09:30"
to = ["press"]
subject = "Invitation"
preheader = "À Brest"
# kind = "advisory"
# template = "advisory"
unless = []
only = []
outlets = []
beats = []
regions = []
media = []
languages = []
exclude = []
received = []
not_received = []
most_per_week = 0
fixed = false
reason = ""
calendar = false

[[steps]]
id = "reminder"
send = "J-2 09:30"
to = ["press"]
subject = "Rappel"

[[steps]]
id = "second"
content = "reminder"
send = "J-2 11:00"
to = ["press"]
subject = "Rappel"

[[steps]]
id = "third"
content = "reminder"
send = "J-2 12:00"
to = ["press"]
subject = "Rappel"

[[steps]]
id = "correction"
send = "J-1 09:30"
to = ["press"]
subject = "Rectificatif"
"""
TEXT = "# {{ campaign.title }}\n\nBonjour : {{ event.name }}, {{ event.theme }}.\n\nMers chaude.\n\n![La mer](mer.png)\n"
THIRD = 'id = "third"'
CHANGED = {
    "kind": '"press-release"',
    "language": '"en"',
    "time_zone": '"Europe/London"',
    "template": '"other"',
    "theme": '"clear"',
    "typography": '"off"',
    "short_names": '["Mers chaude"]',
    "accreditation.deadline_proposed": "true",
    "images_url": '"https://www.institut.example/images/"',
    "event.starts_at": "2027-03-18T10:30:00",
    "event.ends_at": "2027-03-18T12:30:00",
    "accreditation.required": "false",
    "accreditation.deadline": '"J-1 11:00"',
    "accreditation.addresses": '["autre@institut.example"]',
    "accreditation.per_outlet": "2",
    "accreditation.total": "40",
    "accreditation.order": '"next-that-fits"',
    "accreditation.accept": '"by-hand"',
    "accreditation.confirm_within_hours": "24",
    "accreditation.promote_until": '"J-1 18:00"',
    "accreditation.keep_cards_days": "60",
    "embargo.until": "2027-03-17T13:00:00",
    "embargo.second_zone": '"America/New_York"',
    "press_room.public": "false",
    "press_room.since": "2027-03-17T18:00:00",
    "press_room.step": '"reminder"',
    "press_contacts.email": '"autre@institut.example"',
    "press_contacts.phone": '"06 39 98 56 78"',
    "press_contacts.mobile": '"06 39 98 56 79"',
    "partners.tier": '"media"',
    "partners.people": '["pia"]',
    "partners.signs": '"passages"',
    "partners.url": '"https://www.autre.example/"',
    "partners.logo": '"mer.png"',
    "links.url": '"https://www.institut.example/autre"',
    "links.group": '"press-room"',
    "attachments.path": '"autre.txt"',
    "attachments.public": "true",
    "corrections.what": '"time"',
    "steps.id": '"first"',
    "steps.content": '"reminder"',
    "steps.send": '"J-6 09:30"',
    "steps.to": '["associations"]',
    "steps.kind": '"press-release"',
    "steps.template": '"follow-up"',
    "steps.unless": '["accredited"]',
    "steps.only": '["accredited"]',
    "steps.outlets": '["Le Monde"]',
    "steps.beats": '["santé"]',
    "steps.regions": '["Bretagne"]',
    "steps.media": '["radio"]',
    "steps.languages": '["en"]',
    "steps.exclude": '["associations"]',
    "steps.received": '["reminder"]',
    "steps.not_received": '["reminder"]',
    "steps.most_per_week": "3",
    "steps.on": '"accepted"',
    "steps.fixed": "true",
    "steps.calendar": "true",
}
"""What is written for a key to try it; another text, where nothing stands here."""

TRYING = (
    "test_settings_in_mail",
    "test_settings_of_desk",
    "test_settings_of_dns",
    "test_settings_of_feedback",
    "test_settings_of_receiving",
    "test_settings_of_relay",
    "test_settings_of_sendgrid",
    "test_settings_of_service",
    "test_settings_of_team",
)
"""The tests of config.toml, which each have a table of keys, other values and what shows them."""
PROVEN_ELSEWHERE = {"web.editor": "tests/desk/test_preview_room.py"}
"""By key: the test where a page shows it."""


def keys_of(shape, path=()):
    """The keys of a table and of the tables in it: `steps.send`."""
    hints = get_type_hints(shape)
    for field in fields(shape):
        inner = [
            each for each in (hints[field.name], *get_args(hints[field.name])) if is_table(each)
        ]
        if inner:
            yield from keys_of(inner[0], (*path, field.name))
        else:
            yield ".".join((*path, field.name))


def is_table(hint):
    return (
        isinstance(hint, type)
        and hint is not NoneType
        and is_dataclass(hint)
        and "Table" in hint.__name__
    )


def written(key, value):
    """The campaign with another value of `key`, in the first table that has it."""
    table, _, name = key.rpartition(".")
    if key == "steps.reason":  # which excuses a third reminder, and nothing else
        return CAMPAIGN.replace(THIRD, f"{THIRD}\nreason = {value}")
    if key == "steps.on":  # in the place of an hour
        return CAMPAIGN.replace('send = "J-2 12:00"', f"on = {value}")
    head, tail = CAMPAIGN, ""
    if table:
        start = re.search(rf"(?m)^\[+{table}\]+$", CAMPAIGN).end()
        head, tail = CAMPAIGN[:start], CAMPAIGN[start:]
        replaced, count = re.subn(rf"(?m)^(?:# )?{name} = .*$", f"{name} = {value}", tail, count=1)
        return head + replaced if count else ""
    replaced, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", head, count=1)
    return replaced if count else ""


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    """What everybody would see of a campaign: texts, times, audiences and findings."""
    folder = tmp_path_factory.mktemp("campaign") / "mer"
    folder.mkdir()
    logos = ROOT / "templates" / "press" / "logos"
    for name, logo in (("logo.png", "classic.png"), ("mer.png", "clear.png")):
        (folder / name).write_bytes((logos / logo).read_bytes())
    for name in ("announcement", "reminder", "correction", "first"):
        (folder / f"{name}.md").write_text(TEXT.replace("Bonjour", name), "utf-8")
    for name in ("programme.txt", "autre.txt"):
        (folder / name).write_text(name, "utf-8")
    ledger = open_ledger(f"sqlite:///{folder.parent / 'ledger.db'}")
    people = [
        a_contact("ada@press.example", lists=frozenset({"press"}), language="fr"),
        a_contact("bea@press.example", lists=frozenset({"press"}), language="fr"),
    ]
    ledger.contacts.save(people, actor=ACTOR, at=NOW)
    ledger.accreditations.save(
        Accreditation("mer", Address.parse("ada@press.example"), AccreditationState.ACCEPTED, NOW),
        actor=ACTOR,
    )

    def look(text):
        (folder / "campaign.toml").write_text(text, "utf-8")
        try:
            return seen(drafts(folder, ledger))
        except ContentError as error:
            return tuple(str(problem.what) for problem in error.problems)

    yield look
    ledger.close()


def drafts(folder, ledger):
    office = Office("Institut", postal_address="1 rue de l’Exemple")
    return Drafts(
        load=lambda _: load_campaign(folder, office=office),
        survey=lambda _: (load_campaign(folder, office=office), ()),
        template_for=our_template,
        compile_=compile_once,
        office=office,
        letterhead=LETTERHEAD,
        ledger=ledger,
        clock=SimulatedClock(NOW),
    )


def seen(made):
    draft = made.draft("mer")
    findings = [
        f"{finding.check} {finding.severity} {finding.what}" for finding in made.findings("mer")
    ]
    times = [(step.step.id, step.due_at) for step in draft.plan]
    people = {
        step: [recipient.contact.id for recipient in audience.recipients]
        for step, audience in draft.audiences.items()
    }
    shared = (len(campaigns_naming(PIA, ["mer"], drafts=made)), asked_partners(draft))
    return (draft.fingerprint, times, people, findings, made.terms("mer"), shared)


@pytest.fixture(scope="module")
def as_written(look):
    return look(CAMPAIGN)


def test_the_campaign_of_this_test_is_whole(as_written):
    assert len(as_written) == 6, as_written


@pytest.mark.parametrize("key", [*keys_of(CampaignTable)])
def test_a_key_of_campaign_toml_changes_something(key, look, as_written):
    text = written(key, CHANGED.get(key, '"Autrement"'))

    assert text, f"{key} is missing in the campaign of this test"
    assert look(text) != as_written


def test_another_value_of_every_key_of_config_toml_is_tried():
    tried = {key for module in TRYING for key in import_module(f"tests.integration.{module}").TRIED}

    assert set(keys_of_config()) - tried == PROVEN_ELSEWHERE.keys()


@pytest.mark.parametrize(("key", "file"), PROVEN_ELSEWHERE.items())
def test_what_is_proven_elsewhere_is_written_there(key, file):
    table, _, name = key.rpartition(".")

    assert re.search(rf"\[{table}\]\\?n?\s*{name} = ", (ROOT / file).read_text("utf-8"))


def keys_of_config():
    """The keys of all tables of config.toml, and of the tables in their lists: `team.people.id`."""
    for table, shape in sections().items():
        for field in fields(shape):
            name = field.name.rstrip("_")
            if (table, name) == ("team", "people"):
                yield from (f"team.people.{inner.name}" for inner in fields(PersonSettings))
            else:
                yield f"{table}.{name}"
