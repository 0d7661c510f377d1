"""Each setting about what comes back changes what follows from it, or where it is read."""

import pytest

from mailer.model.feedback.event import Deadness, EventKind, Match
from mailer.model.mailings.delivery import Accepted
from mailer.wiring.event_collector import EventCollector
from tests.counterparts.asking_mails import arf
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_delivery,
    a_mailing,
    after,
    an_event,
    started,
)
from tests.counterparts.sendgrid_sending import KEY, simulator
from tests.counterparts.tried_settings import Workplace, trials_of, with_an_empty_ledger

CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"

[sender]
from = "Presse <presse@institut.example>"

[feedback]
authserv_id = "mx.institut.example"
trusted_senders = ["fbl@operateur.example"]
"""
REPORT = "Authentication-Results: {server}; dkim=pass header.d=operateur.example\n"
DAY = 24 * 60


def handed_over(ledger, *, now):
    """Everything that is due was taken by the relay."""
    while (claim := ledger.sending.claim(worker="w", now=now)) is not None:
        ids = [delivery.id for delivery in claim.deliveries]
        ledger.sending.mark(claim, ids, now=now)
        for each in ids:
            ledger.sending.settle(claim, each, Accepted("250"), now=now)
        ledger.sending.release(claim, now=now)


def happens(app, minutes, delivery, **fields):
    """So many minutes after noon a report about a delivery is read, and judged."""
    app.clock.wait_until(after(minutes=minutes))
    event = an_event(
        EventKind.BOUNCED,
        key=f"b{minutes}",
        at=app.clock.now(),
        address=delivery.address,
        **{"delivery_id": delivery.id, "match": Match.DELIVERY_ID, "dead": Deadness.NO} | fields,
    )
    app.ledger.events.store([event], at=app.clock.now())
    for _outcome in EventCollector(app, on_trouble=print).process():
        pass


def known(app):
    """Whom nobody writes to any more and until when, what is paused, and what was about what."""
    ledger = app.ledger
    bars = {(str(each.address), each.reason, each.until) for each in ledger.suppressions.all()}
    alarms = [each.subject for each in ledger.journal.entries() if each.action == "alarm"]
    states = [each.state for each in ledger.mailings.all()]
    return bars, alarms, states, [each.delivery_id for each in ledger.events.all()]


def after_refusals(*minutes, count=40):
    """What shows an alarm: a mailing to so many, which is refused at these minutes."""

    def show(at):
        with with_an_empty_ledger(at) as app:
            _mailing, deliveries = started(app.ledger, count=count)
            handed_over(app.ledger, now=NOON)
            for minute, delivery in zip(minutes, deliveries, strict=False):
                happens(app, minute, delivery, reason="spam")
            return known(app)

    return show


def after_full_mailboxes(at):
    """A mailbox that was full on five days out of seventeen."""
    with with_an_empty_ledger(at) as app:
        _mailing, (delivery,) = started(app.ledger, count=1)
        handed_over(app.ledger, now=NOON)
        for day in (0, 4, 8, 12, 16):
            happens(app, day * DAY, delivery, reason="mailbox-full")
        return known(app)


def after_two_doubtful_reports(at):
    """Two messages three days and a half apart, both said to be addressed to nobody."""
    doubtful = {
        "delivery_id": None,
        "match": Match.ADDRESS,
        "dead": Deadness.YES,
        "source": "sendgrid",
    }
    with with_an_empty_ledger(at) as app:
        _mailing, (delivery,) = started(app.ledger, count=1)
        handed_over(app.ledger, now=NOON)
        happens(app, DAY, delivery, reason="user-unknown", **doubtful)
        then = after(days=2)
        reminder = a_mailing("reminder", due_at=then, expires_at=after(days=9))
        app.ledger.mailings.launch([reminder], actor=ACTOR, at=NOON)
        again = a_delivery(mailing=reminder)
        app.ledger.mailings.start(reminder.id, deliveries=[again], exclusions=(), at=then)
        handed_over(app.ledger, now=then)
        happens(app, 3 * DAY + DAY // 2, again, reason="user-unknown", **doubtful)
        return known(app)


def after_a_late_bounce(at):
    """A bounce that names no message, ten days later."""
    with with_an_empty_ledger(at) as app:
        _mailing, (delivery,) = started(app.ledger, count=1)
        handed_over(app.ledger, now=NOON)
        happens(app, 10 * DAY, delivery, reason="spam", delivery_id=None, match=Match.ADDRESS)
        return known(app)


def after_a_report_by_mail(at):
    """A complaint without a token of ours, whose writer our server has proven."""
    with with_an_empty_ledger(at) as app:
        _mailing, (delivery,) = started(app.ledger, count=1)
        handed_over(app.ledger, now=NOON)
        head = REPORT.format(server="mx.institut.example")
        mail = arf(str(delivery.address), head=head).encode()
        EventCollector(app, on_trouble=print).record_mails([mail])
        return known(app)


def after_a_look_at_the_provider_s_lists(at):
    with simulator() as server:
        server.service.suppress("bounces", "reader0@press.example")
        at = at.having("transport.backend", '"sendgrid"')
        at = at.having("transport.sendgrid.api_key", '"env:KEY"')
        at = at.having("transport.sendgrid.base_url", f'"{server.url}"')
        with with_an_empty_ledger(at) as app:
            EventCollector(app, on_trouble=print).apply_provider_lists()
            return {str(each.address) for each in app.ledger.suppressions.all()}


FIVE = after_refusals(0, 1, 2, 3, 4, count=120)
APART = after_refusals(0, 5, 10, 15, 20, count=120)
ONE_OF_FORTY = after_refusals(0)
ONE_OF_TEN = after_refusals(0, count=10)
TRIED = {
    "feedback.unsure_days": ("4", after_two_doubtful_reports),
    "feedback.soft_days": ("6", after_full_mailboxes),
    "feedback.soft_span_days": ("20", after_full_mailboxes),
    "feedback.soft_memory_days": ("10", after_full_mailboxes),
    "feedback.pause_days": ("10", after_full_mailboxes),
    "feedback.alarm_count": ("6", FIVE),
    "feedback.alarm_minutes": ("60", APART),
    "feedback.alarm_share": ("0.01", ONE_OF_FORTY),
    "feedback.alarm_least": ("5", ONE_OF_TEN),
    "feedback.alarm_pauses": ("false", FIVE),
    "feedback.match_days": ("7", after_a_late_bounce),
    "feedback.authserv_id": ('"mx.autre.example"', after_a_report_by_mail),
    "feedback.trusted_senders": ('["@autre.example"]', after_a_report_by_mail),
    "feedback.provider_lists": ("false", after_a_look_at_the_provider_s_lists),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEY", KEY)
        yield Workplace(tmp_path_factory.mktemp("feedback"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
