"""Each setting of the team changes who is told, who may act, or what a launch waits for."""

from contextlib import contextmanager

import pytest

from mailer.cli.terminal.workspace import _actor, onlooker
from mailer.errors import MailerError
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.reply import ReplySort
from mailer.model.team.actor import PROGRAM
from mailer.operations.campaigns.previews.proof import send_test
from mailer.service.service import Service
from tests.counterparts.builders import ACTOR, NOON, a_contact, after, an_event
from tests.counterparts.desk import signed_in
from tests.counterparts.signing_links import CLAIRE, HUGO, mails_in_outbox
from tests.counterparts.tried_settings import Workplace, trials_of, with_an_empty_ledger
from tests.integration.test_settings_in_mail import CAMPAIGN, TEXT

CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"

[sender]
from = "Presse <presse@institut.example>"

[team]
proofs = ["presse@institut.example"]
sign_off = ["Claire Delmas", "Hugo Marchetti"]
me = "a.benali"

[[team.people]]
id = "a.benali"
name = "Amina Benali"
roles = ["administrator"]
"""


@contextmanager
def at_work(at):
    """The parts of an office with one campaign, whose reader is known."""
    folder = at.folder / "campaigns" / "mer"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    (folder / "announcement.md").write_text(TEXT, "utf-8")
    with with_an_empty_ledger(at) as app:
        reader = a_contact("ada@press.example", lists=frozenset({"press"}))
        app.ledger.contacts.save([reader], actor=ACTOR, at=NOON)
        yield app


def proofs_read(at):
    """Who gets a test."""
    with at_work(at) as app:
        send_test(
            "mer",
            "announcement",
            team=app.settings.team.proofs,
            actor=ACTOR,
            drafts=app.drafts,
            composer=app.composer,
            backend=lambda: app.backend,
        )
        return sorted(mails_in_outbox(app))


def alerted(at):
    """Who is told of a reply that nobody has treated for a day."""
    with with_an_empty_ledger(at) as app:
        reply = an_event(
            EventKind.REPLIED,
            key=f"{MAILBOX}:a",
            source=MAILBOX,
            address=Address.parse("ada@press.example"),
            reason=ReplySort.REQUEST.value,
            match=Match.ADDRESS,
            raw=b"a",
        )
        app.ledger.events.store([reply], at=NOON)
        assert app.ledger.events.close(reply, at=NOON)
        app.clock.wait_until(after(hours=26))
        Service(app).notify_team(lambda _alert: None)
        return sorted(mails_in_outbox(app))


def acting(at):
    """Who acts under which name, who looks, and who may sign off."""
    with with_an_empty_ledger(at) as app:
        people = app.roster.people()
        named = ("", "a.benali", "Amina Benali", "Claire Delmas")
        return (
            [acting_as(app, name, people) for name in named],
            acting_as(app, "", people),
            onlooker(app).person,
            [each.name for each in app.roster.signatories()],
        )


def acting_as(app, name, people):
    try:
        actor = _actor(app, name, people=people)
    except MailerError as refused:
        return str(refused)
    return actor.person, actor.name, sorted(actor.roles)


def launched_unsigned(at):
    """What is said to somebody who launches a campaign that nobody has signed off."""
    with at_work(at) as app:
        app.ledger.team.add([HUGO], actor=PROGRAM, at=NOON)
        asked = {"confirm": "1", "fingerprint": app.drafts.draft("mer").fingerprint}
        return signed_in(app, HUGO).post("/campagnes/mer/lancement", asked).body


def reminded(at):
    """Who is told in the morning what waits for them: a signatory, whose sign-off was asked for."""
    with at_work(at) as app:
        app.ledger.team.add([CLAIRE], actor=PROGRAM, at=NOON)
        app.ledger.journal.add(at=NOON, actor=ACTOR, action="proof", subject="mer")
        app.clock.wait_until(after(days=1, hours=-4))
        Service(app).notify_team(lambda _alert: None)
        return sorted(mails_in_outbox(app))


TRIED = {
    "team.proofs": ('["direction@institut.example"]', proofs_read),
    "team.notices": ('["direction@institut.example"]', alerted),
    "team.sign_off": ('["Hugo Marchetti"]', acting),
    "team.signatures_required": ("2", launched_unsigned),
    "team.me": ('"Claire Delmas"', acting),
    "team.people.id": ('"amina"', acting),
    "team.people.name": ('"Amina B."', acting),
    "team.people.roles": ('["administrator", "editor"]', acting),
    "team.reminders": ('"off"', reminded),
    "team.reminders_at": ("23:30:00", reminded),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Workplace(tmp_path_factory.mktemp("team"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
