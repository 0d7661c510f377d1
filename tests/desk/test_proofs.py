"""The test send, and what became of each message: the answer, and what comes back later."""

from datetime import timedelta

import pytest

from mailer.model.feedback.event import Deadness, EventKind, Match
from mailer.operations.campaigns.previews.proof_results import sent_tests
from mailer.operations.feedback.record import record
from tests.counterparts.builders import ACTOR, an_event
from tests.counterparts.scripted_smtp import Rule, ScriptedServer
from tests.desk.visitors import CAMPAIGN, EXAMPLE, example_app, running_desk

CONFIG = """[office]
name = "Institut de recherche"
language = "fr"
time_zone = "Europe/Paris"

[sender]
from = "Presse <presse@institut.example>"

[team]
proofs = ["presse@institut.example", "direction@institut.example"]

[transport]
backend = "smtp"
allow_list = ["@institut.example"]

[transport.smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
"""
REFUSED = "550 5.1.1 No such user here"


@pytest.fixture
def desk(tmp_path):
    """A desk that hands over to a relay, which refuses the address of the management."""
    rule = Rule("RCPT", REFUSED, of="direction")
    with ScriptedServer([rule]) as relay:
        config = CONFIG.format(port=relay.port)
        with (
            example_app(tmp_path / "workspace", config=config) as app,
            running_desk(app) as desk,
        ):
            yield desk


def sent(desk):
    """What the page says of the newest test, and the messages of it."""
    return desk.visitor().get(f"{CAMPAIGN}/essai").text, sent_tests(EXAMPLE, ledger=desk.app.ledger)


def test_the_answer_for_each_address_is_said_and_stays_in_the_list_of_tests(desk):
    refused = desk.visitor().post(f"{CAMPAIGN}/essai", step="announcement")
    text, (test,) = sent(desk)

    assert refused.status == 422
    assert f"L’envoi test à direction@institut.example : refusé : {REFUSED}" in refused.text
    assert {each.address for each in test.messages if not each.is_taken} == {
        "direction@institut.example"
    }
    count = len(test.messages)
    assert f"{count // 2} messages pris en charge sur {count}" in text
    assert "rien n’est revenu" in text
    assert "First announcement" not in text
    assert REFUSED in desk.visitor().get("/journal").text


def test_what_comes_back_about_a_test_stands_beside_its_message(desk):
    desk.visitor().post(f"{CAMPAIGN}/essai", step="announcement")
    _text, (test,) = sent(desk)
    taken = next(each for each in test.messages if each.is_taken)
    now = desk.app.clock.now() + timedelta(minutes=3)
    bounce = an_event(
        EventKind.BOUNCED,
        key="b",
        at=now,
        delivery_id=taken.id,
        address=None,
        match=Match.DELIVERY_ID,
        reason="mailbox-full",
        dead=Deadness.NO,
    )
    record(bounce, ledger=desk.app.ledger, now=now)

    text, (after,) = sent(desk)

    assert after.taken == test.taken - 1
    assert "La boîte aux lettres est pleine" in text
    assert not desk.app.ledger.events.unprocessed()


def test_a_test_of_an_older_version_is_listed_without_its_messages(desk):
    ledger = desk.app.ledger
    ledger.journal.add(
        at=desk.app.clock.now(),
        actor=ACTOR,
        action="proof",
        subject=f"{EXAMPLE}/announcement",
        detail="4 messages, version abc",
    )

    text, (test,) = sent(desk)

    assert test.messages == ()
    assert "une version antérieure" in text
