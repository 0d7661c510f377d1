"""The desk's pages are those of a desk that keeps nothing, whatever has changed since the last look."""

import random
from contextlib import contextmanager
from datetime import timedelta

import pytest

from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.wiring.app import App
from tests.counterparts.builders import ACTOR, a_bar, a_contact
from tests.desk.visitors import CAMPAIGN, EXAMPLE, SIGNATORY, example_app, running_desk

PAGES = (
    CAMPAIGN,
    f"{CAMPAIGN}/calendrier",
    f"{CAMPAIGN}/destinataires/announcement",
    f"{CAMPAIGN}/destinataires/reminder",
    f"{CAMPAIGN}/verifications",
    f"{CAMPAIGN}/messageries",
    f"{CAMPAIGN}/apercu?etape=reminder",
    f"{CAMPAIGN}/essai",
    f"{CAMPAIGN}/bon-a-tirer",
    f"{CAMPAIGN}/lancement",
)
ROUNDS = 14


class ForgetfulApp(App):
    """The same parts, with pages that keep nothing."""

    @property
    def page_drafts(self):
        return self.drafts


@contextmanager
def two_desks(tmp_path):
    """A desk that keeps what it read, and one that does not, on the same workspace and clock."""
    with (
        example_app(tmp_path / "office") as app,
        ForgetfulApp(app.workspace, clock=app.clock) as forgetful,
        running_desk(app) as keeps,
        running_desk(forgetful) as reads_anew,
    ):
        yield keeps, reads_anew


def somebody(app, chance):
    return chance.choice(app.ledger.contacts.page(limit=100))


def bar(app, chance):
    app.ledger.suppressions.add(a_bar(str(somebody(app, chance).address)), actor=ACTOR)


def bar_for_an_hour(app, chance):
    until = app.clock.now() + timedelta(hours=1)
    address = str(somebody(app, chance).address)
    app.ledger.suppressions.add(a_bar(address, until=until, scope="press"), actor=ACTOR)


def join(app, chance):
    contact = a_contact(
        f"new{chance.randrange(10**6)}@gazette.example",
        lists=frozenset({"press"}),
        language="fr",
        last_name="Neuve",
    )
    app.ledger.contacts.save([contact], actor=ACTOR, at=app.clock.now())


def leave(app, chance):
    app.ledger.contacts.remove(somebody(app, chance), actor=ACTOR, at=app.clock.now())


def answer(app, chance):
    state = chance.choice(tuple(AccreditationState))
    app.ledger.accreditations.save(
        Accreditation(EXAMPLE, somebody(app, chance).address, state, at=app.clock.now()),
        actor=ACTOR,
    )


def later(app, _chance):
    app.clock.wait_until(app.clock.now() + timedelta(minutes=61))


def write(app, chance):
    text = app.workspace / "campaigns" / EXAMPLE / "reminder.md"
    text.write_text(f"{text.read_text('utf-8')}\n\nEncore {chance.randrange(1000)}.\n", "utf-8")


def change_rule(app, _chance):
    file = app.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    said = file.read_text("utf-8")
    to = '["press", "associations"]'
    file.write_text(said.replace(to, '["associations", "press"]', 1), "utf-8")


CHANGES = (bar, bar_for_an_hour, join, leave, answer, later, write, change_rule)


@pytest.mark.parametrize("seed", [12, 2017])
def test_no_page_shows_anything_older_than_its_request(tmp_path, seed):
    chance = random.Random(seed)
    with two_desks(tmp_path) as (keeps, reads_anew):
        for _round in range(ROUNDS):
            change = chance.choice(CHANGES)
            change(keeps.app, chance)
            for page in chance.sample(PAGES, 3):
                shown = keeps.visitor(SIGNATORY).get(page)

                assert shown.html == reads_anew.visitor(SIGNATORY).get(page).html, (change, page)
                assert shown.status == 200


def test_a_launch_counts_the_recipients_itself(tmp_path):
    with example_app(tmp_path / "office") as app, running_desk(app) as desk:
        page = desk.visitor(SIGNATORY).get(f"{CAMPAIGN}/bon-a-tirer")
        signed = desk.visitor(SIGNATORY).post(
            f"{CAMPAIGN}/bon-a-tirer", fingerprint=page.hidden("fingerprint")
        )
        launch = desk.visitor(SIGNATORY).get(f"{CAMPAIGN}/lancement")
        # The worst that what is kept could be: the database has forgotten how to count.
        with app.ledger.contacts._database.writing() as connection:
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type='trigger'"
            )
            for (name,) in names.all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        before = _size(app)
        reader = app.drafts.draft(EXAMPLE).audiences["announcement"].recipients[0].contact
        app.ledger.suppressions.add(a_bar(reader.key), actor=ACTOR)

        stale = desk.visitor(SIGNATORY).post(
            f"{CAMPAIGN}/lancement", fingerprint=launch.hidden("fingerprint"), confirm=str(before)
        )
        right = desk.visitor(SIGNATORY).post(
            f"{CAMPAIGN}/lancement",
            fingerprint=launch.hidden("fingerprint"),
            confirm=str(before - 1),
        )

    assert signed.status == 303
    assert stale.status == 422
    assert right.status == 303


def _size(app):
    return len(app.page_drafts.draft(EXAMPLE).audiences["announcement"].recipients)
