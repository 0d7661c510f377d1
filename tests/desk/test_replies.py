"""The replies of the mailbox on screen: sorted, read, and decided by one button."""

import pytest

from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.reply import ReplySort
from tests.counterparts.builders import ACTOR, NOON, a_delivery, a_mailing, an_event
from tests.desk.visitors import EXAMPLE, READER, WRITER

WRITTEN = (
    (ReplySort.REQUEST, "Je serai <b>présente</b> samedi."),
    (ReplySort.REFUSAL, "Je ne pourrai pas venir."),
    (ReplySort.OTHER, "À quelle heure ouvrent les portes ?"),
)


@pytest.fixture
def answered(desk):
    """The example, whose announcement three people have answered by mail."""
    ledger, mailing = desk.app.ledger, a_mailing(campaign=EXAMPLE)
    deliveries = [a_delivery(number, mailing=mailing) for number in range(3)]
    assert ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    assert ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)
    for number, (sort, text) in enumerate(WRITTEN):
        mail = f"From: reader{number}@press.example\nSubject: Re: Invitation\n\n{text}\n"
        event = an_event(
            EventKind.REPLIED,
            key=f"{MAILBOX}:{number}{'0' * 63}",
            source=MAILBOX,
            delivery_id=deliveries[number].id,
            address=deliveries[number].address,
            match=Match.DELIVERY_ID,
            reason=sort.value,
            raw=mail.encode(),
        )
        ledger.events.store([event], at=NOON)
        ledger.events.close(event, at=NOON)
    return desk


def test_replies_are_sorted_on_the_page_and_entered_by_one_button(answered):
    visitor = answered.visitor(WRITER)
    ids = [each.id for each in answered.app.ledger.replies.waiting(limit=9)]

    page = visitor.get("/courrier")
    for reply, act in zip(ids, ("comes", "declines", "read"), strict=True):
        assert visitor.post("/courrier", reply=reply, act=act).status == 303

    assert "demande à venir (1) · ne viendra pas (1) · à lire (1)" in page.text
    assert "Je serai <b>présente</b> samedi." in page.text
    assert "<b>présente" not in page.html
    register = answered.app.ledger.accreditations.of_campaign(EXAMPLE)
    assert {each.address.local: each.state.value for each in register} == {
        "reader0": "accepted",
        "reader1": "declined",
    }
    assert "Aucun message n’attend votre décision" in visitor.get("/courrier").text


def test_a_reply_that_somebody_else_decided_meanwhile_is_not_decided_twice(answered):
    visitor = answered.visitor(WRITER)
    (reply, *_others) = [each.id for each in answered.app.ledger.replies.waiting(limit=9)]
    visitor.post("/courrier", reply=reply, act="declines")

    again = visitor.post("/courrier", reply=reply, act="comes")

    assert again.status == 422
    assert "aucune réponse en attente" in again.text.lower()
    (entry,) = answered.app.ledger.accreditations.of_campaign(EXAMPLE)
    assert entry.state.value == "declined"


def test_who_only_reads_sees_no_reply_because_it_names_somebody(answered):
    page = answered.visitor(READER).get("/courrier")

    assert page.status == 409
    assert "Je ne pourrai pas venir." not in page.text


STOP = "Merci de me retirer de votre liste.\n<script>alert(1)</script>"


@pytest.fixture
def asked_to_stop(desk):
    """Somebody has asked in a reply to be taken off the list; nobody has decided about it."""
    ledger, marie = desk.app.ledger, Address.parse("marie.curie@gazette.example")
    event = an_event(
        EventKind.REPLIED,
        key=f"{MAILBOX}:stop",
        source=MAILBOX,
        address=marie,
        delivery_id=None,
        match=Match.ADDRESS,
        reason="stop-asked",
        quote="merci de me retirer de votre liste",
        raw=f"From: {marie}\nSubject: Re: Invitation\n\n{STOP}\n".encode(),
        at=desk.app.clock.now(),
    )
    ledger.events.store([event], at=desk.app.clock.now())
    ledger.events.close(event, at=desk.app.clock.now())
    return desk


def test_a_reply_that_asks_to_be_taken_off_is_read_and_obeyed_where_it_is_shown(asked_to_stop):
    visitor, ledger = asked_to_stop.visitor(WRITER), asked_to_stop.app.ledger
    page = visitor.get("/a-rappeler")
    assert "Merci de me retirer de votre liste." in page.text
    assert "<script>alert" not in page.html

    done = visitor.follow(
        visitor.post(
            "/a-rappeler/ne-plus-ecrire", address=page.hidden("address"), why=page.hidden("why")
        )
    )

    (bar,) = ledger.suppressions.of_addresses({"marie.curie@gazette.example"})
    assert bar.reason is SuppressionReason.OPT_OUT
    assert "merci de me retirer de votre liste" in bar.evidence
    assert "marie.curie@gazette.example" not in done.text


def test_who_only_reads_obeys_no_reply(asked_to_stop):
    reader = asked_to_stop.visitor(READER)

    refused = reader.post(
        "/a-rappeler/ne-plus-ecrire", address="marie.curie@gazette.example", why="leur courrier"
    )

    assert refused.status in {409, 422}
    assert "Merci de me retirer de votre liste." not in reader.get("/a-rappeler").text
    bars = asked_to_stop.app.ledger.suppressions.of_addresses({"marie.curie@gazette.example"})
    assert list(bars) == []


def test_their_own_page_says_that_somebody_asks_to_be_taken_off_and_obeys(asked_to_stop):
    visitor, ledger = asked_to_stop.visitor(WRITER), asked_to_stop.app.ledger
    visitor.post("/contacts", address="marie.curie@gazette.example", list="press")
    (marie,) = ledger.contacts.by_address({"marie.curie@gazette.example"}).values()
    page = visitor.get(f"/contacts/{marie.id}")
    assert "Demande à être retiré de la liste : pas encore décidé" in page.text
    assert "Merci de me retirer de votre liste." in page.text
    assert "<script>alert" not in page.html

    done = visitor.follow(
        visitor.post(
            "/a-rappeler/ne-plus-ecrire",
            address=page.hidden("address"),
            why=page.hidden("why"),
            contact=page.hidden("contact"),
        )
    )

    (bar,) = ledger.suppressions.of_addresses({"marie.curie@gazette.example"})
    assert bar.reason is SuppressionReason.OPT_OUT
    assert "pas encore décidé" not in done.text
    assert " ".join(bar.evidence.split()) in done.text


def test_what_was_settled_by_telephone_is_no_longer_asked_on_their_page(asked_to_stop):
    visitor, ledger = asked_to_stop.visitor(WRITER), asked_to_stop.app.ledger
    visitor.post("/contacts", address="marie.curie@gazette.example", list="press")
    (marie,) = ledger.contacts.by_address({"marie.curie@gazette.example"}).values()

    visitor.post("/a-rappeler", address="marie.curie@gazette.example", outcome="reached")

    assert "pas encore décidé" not in visitor.get(f"/contacts/{marie.id}").text


def test_who_is_to_be_called_for_two_reasons_is_counted_once(asked_to_stop):
    ledger, now = asked_to_stop.app.ledger, asked_to_stop.app.clock.now()
    away = an_event(
        EventKind.BOUNCED,
        key=f"{MAILBOX}:full",
        source=MAILBOX,
        address=Address.parse("marie.curie@gazette.example"),
        delivery_id=None,
        match=Match.ADDRESS,
        reason="mailbox-full",
        at=now,
    )
    ledger.events.store([away], at=now)
    ledger.events.close(away, at=now)

    page = asked_to_stop.visitor(WRITER).get("/a-rappeler")

    assert page.html.count('class="call"') - page.html.count('<a class="call"') == 2
    assert "1 personne à rappeler" in page.text


def test_the_count_of_one_campaign_leaves_out_the_others(asked_to_stop):
    page = asked_to_stop.visitor(WRITER).get(f"/a-rappeler?campagne={EXAMPLE}")

    assert "Seulement ce qui concerne la campagne" in page.text
    assert "Il n’y a plus personne à rappeler pour cette campagne." in page.text
    assert "marie.curie@gazette.example" not in page.text
