"""Uncertain deliveries at the desk: what a person decides is done, or said not to be."""

from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import Accepted, DeliveryStatus, Rejected, Uncertain
from mailer.model.team.person import Person, Role
from mailer.operations.campaigns.launching.following import follow
from mailer.operations.sending.hold import cancel_campaign, pause_campaign
from tests.counterparts.builders import ACTOR, NOON, an_event, started, statuses
from tests.counterparts.desk import an_office, signed_in

ADA = Person("ada", "Ada Roy", frozenset({Role.EDITOR, Role.SIGNATORY}))
BEA = Person("bea", "Béa Lenoir", frozenset({Role.EDITOR, Role.SIGNATORY}))
BROKEN = Uncertain("after the dot: connection closed by the relay")
PAGE = "/campagnes/rencontre/incertains"


@pytest.fixture
def app(tmp_path):
    app = an_office(tmp_path / "office", SimulatedClock(NOON), [ADA, BEA])
    yield app
    app.__exit__(None, None, None)


@pytest.fixture
def sent(app):
    """A mailing of which the outcomes are these; returns it with its deliveries."""

    def sent(*outcomes, waiting=0):
        ledger, count = app.ledger, len(outcomes) + waiting
        mailing, deliveries = started(ledger, count=count, campaign="rencontre")
        claim = ledger.sending.claim(worker="w", now=NOON)
        ledger.sending.mark(claim, [each.id for each in deliveries[: len(outcomes)]], now=NOON)
        for delivery, outcome in zip(deliveries, outcomes, strict=False):
            ledger.sending.settle(claim, delivery.id, outcome, now=NOON)
        ledger.sending.release(claim, now=NOON)
        return mailing, deliveries

    return sent


def test_who_decides_second_is_told_that_nothing_was_done(app, sent):
    mailing, (delivery,) = sent(BROKEN)
    ada, bea = signed_in(app, ADA), signed_in(app, BEA)

    first = ada.post(PAGE, {"delivery": delivery.id, "decision": "sent", "why": "she rang"})
    second = bea.post(PAGE, {"delivery": delivery.id, "decision": "resend"})

    assert "fait=resolved" in first.location
    assert second.status == 422
    assert "Nothing was changed" in second.text
    assert statuses(app.ledger, mailing) == [DeliveryStatus.ACCEPTED]
    (line,) = app.ledger.journal.entries("rencontre", action="assume-sent")
    assert (line.name, line.detail) == ("Ada Roy", f"{delivery.id}: she rang")


def test_what_was_cancelled_is_not_said_to_be_sent_again(app, sent):
    mailing, deliveries = sent(BROKEN, BROKEN, waiting=1)
    cancel_campaign("rencontre", actor=ACTOR, why="", ledger=app.ledger, now=NOON)
    ada = signed_in(app, ADA)

    one = ada.post(PAGE, {"delivery": deliveries[0].id, "decision": "resend"})
    all_of_them = ada.post(PAGE, {"confirm": "2", "decision": "resend"})

    assert one.status == all_of_them.status == 422
    assert "cancelled or too late" in all_of_them.text
    assert statuses(app.ledger, mailing)[:2] == [DeliveryStatus.UNCERTAIN] * 2


def test_why_nobody_knows_is_said_in_the_language_of_the_page(app, sent):
    sent(BROKEN)
    page = signed_in(app, ADA).get(PAGE, **{"accept-language": "fr"}).text

    assert "le message entier a été remis" in page
    assert "le relais a fermé la connexion" in page
    assert "after the dot" not in page


def test_the_counts_of_a_mailing_under_way_add_up(app, sent):
    sent(Accepted(""), BROKEN, Rejected("550 no"))

    (followed,) = follow("rencontre", ledger=app.ledger, now=NOON + timedelta(minutes=1)).mailings

    assert followed.tally.audience == 3
    assert followed.left + followed.tally.waiting + followed.uncertain == 3


def test_a_paused_campaign_names_what_is_uncertain_on_the_start_page(app, sent):
    sent(BROKEN, Accepted(""), waiting=1)
    pause_campaign("rencontre", actor=ACTOR, why="a wrong number", ledger=app.ledger, now=NOON)

    page = signed_in(app, ADA).get("/").text

    assert "1 delivery is uncertain" in page
    assert f'href="{PAGE}"' in page


def test_what_came_back_later_stands_beside_the_person_whom_it_did_not_reach(app, sent):
    mailing, (delivery,) = sent(Accepted("250 queued as 7"))
    report = an_event(EventKind.BOUNCED, delivery_id=delivery.id, quote="550 5.1.1 no such user")
    app.ledger.events.store([report], at=NOON)

    people = "/campagnes/rencontre/en-cours/personnes?etape=announcement"
    page = signed_in(app, ADA).get(people).text

    assert "550 5.1.1 no such user" in page
    assert "250 queued" not in page
    found = app.ledger.history.last_refusals([mailing.id], limit=6)
    assert found == {mailing.id: {"550 5.1.1 no such user": 1}}
