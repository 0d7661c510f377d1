"""Doubts and evidence, with a real ledger."""

from datetime import timedelta

from mailer.feedback.relay_log import events_in
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import Acceptance, Accepted, Uncertain
from mailer.operations.feedback.evidence import resolve_from_events
from mailer.operations.feedback.unreported import queued_without_events
from tests.counterparts.builders import ACTOR, NOON, after, an_entry, an_event, started, statuses


def sent(ledger, *outcomes):
    """A mailing whose deliveries came to these ends."""
    mailing, deliveries = started(ledger, count=len(outcomes))
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [delivery.id for delivery in deliveries], now=NOON)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        ledger.sending.settle(claim, delivery.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)
    return mailing, deliveries


def log_of(delivery, status="sent", dsn="2.0.0", said="250 OK"):
    return [
        f"Dec  4 12:00:01 relay postfix/cleanup[1]: 4F1A2B3C4D: message-id=<{delivery.id}@o.example>",
        (
            f"Dec  4 12:00:01 relay postfix/smtp[2]: 4F1A2B3C4D: to=<{delivery.address}>, relay=mx, "
            f"delay=1, delays=0/0/0/1, dsn={dsn}, status={status} ({said})"
        ),
        "Dec  4 12:00:01 relay postfix/qmgr[3]: 4F1A2B3C4D: removed",
    ]


def settle(ledger, lines):
    events = events_in(lines, at=NOON)
    return resolve_from_events(
        events, evidence="mail.log", ledger=ledger, actor=ACTOR, now=after(hours=1)
    )


def test_the_log_settles_the_doubts_it_knows_of_and_no_others(ledger):
    doubt = Uncertain("after the dot: timed out")
    mailing, deliveries = sent(ledger, doubt, doubt, doubt, Accepted("250 OK"))
    bounced = log_of(deliveries[1], "bounced", "5.1.1", "550 5.1.1 user unknown")

    settled = settle(ledger, [*log_of(deliveries[0]), *bounced, *log_of(deliveries[3])])

    assert [(each.delivery.id, each.status.value) for each in settled] == [
        (deliveries[0].id, "delivered"),
        (deliveries[1].id, "bounced"),
    ]
    assert statuses(ledger, mailing) == ["delivered", "bounced", "uncertain", "accepted"]


def test_the_evidence_stands_in_the_journal(ledger):
    mailing, (delivery,) = sent(ledger, Uncertain("timed out"))

    settle(ledger, log_of(delivery))

    (entry,) = [each for each in ledger.journal.entries() if each.action == "settle"]
    assert entry == an_entry(
        "settle",
        f"{mailing.campaign}/{mailing.step}",
        f"{delivery.id}: delivered (mail.log)",
        at=after(hours=1),
    )


def test_the_same_log_twice_settles_nothing_more(ledger):
    _, (delivery,) = sent(ledger, Uncertain("timed out"))

    assert len(settle(ledger, log_of(delivery))) == 1
    assert settle(ledger, log_of(delivery)) == []


def test_a_message_that_the_relay_still_tries_to_pass_on_is_accepted(ledger):
    mailing, (delivery,) = sent(ledger, Uncertain("timed out"))

    settle(ledger, log_of(delivery, "deferred", "4.4.1", "connection refused"))

    assert statuses(ledger, mailing) == ["accepted"]


def test_a_message_that_broke_off_before_its_end_stays_in_doubt(ledger):
    mailing, (delivery,) = sent(ledger, Uncertain("timed out"))

    assert settle(ledger, log_of(delivery)[:1]) == []
    assert statuses(ledger, mailing) == ["uncertain"]


def test_a_message_queued_at_sendgrid_that_nothing_was_heard_of_is_named_in_time(ledger):
    _, deliveries = sent(
        ledger, *[Accepted("202 queued as X", Acceptance.QUEUED)] * 2, Accepted("250 OK")
    )
    ledger.events.record(an_event(EventKind.ACCEPTED, delivery_id=deliveries[1].id))

    early = list(queued_without_events(ledger, now=after(minutes=29)))
    late = list(queued_without_events(ledger, now=after(minutes=30)))

    assert early == []
    assert [delivery.id for delivery in late] == [deliveries[0].id]
    assert list(queued_without_events(ledger, now=NOON, older_than=timedelta(0)))
