"""Our bars and SendGrid's lists: each learns from the other, and a lift reaches both."""

import pytest

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.ledger import open_ledger
from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.team.actor import PROGRAM
from mailer.model.team.secret import Secret
from mailer.operations.feedback.reconcile import lift, reconcile
from mailer.providers.sendgrid.settings import SendGridSettings
from mailer.providers.sendgrid.suppressions import SendGridSuppressions
from tests.counterparts.builders import ACTOR, NOON, a_bar, after, an_actor
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.sendgrid_lists import KEY, suppression_lists

ADA = Address.parse("ada+x@press.example")


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


@pytest.fixture
def lists():
    return {name: [] for name in ("bounces", "invalid_emails", "spam_reports", "unsubscribes")}


@pytest.fixture
def server(lists):
    with suppression_lists(lists) as server:
        yield server


def entry(email=str(ADA), **fields):
    return {
        "email": email,
        "created": 1_512_000_000,
        "reason": "550 no",
        "status": "5.1.1",
    } | fields


def provider(server, key=KEY, timeout_s=60.0):
    return SendGridSuppressions(
        SendGridSettings(Secret(key), base_url=server.url, answer_timeout_s=timeout_s)
    )


def bars(ledger):
    return {(str(bar.address), bar.reason.value) for bar in ledger.suppressions.all()}


def test_what_sendgrid_will_not_mail_is_barred_here_with_its_reason(ledger, lists, server):
    lists["bounces"].append(entry("dead@press.example"))
    lists["spam_reports"].append(entry("cross@press.example"))
    lists["unsubscribes"].append(entry("gone@press.example"))

    done = reconcile(provider(server), ledger=ledger, now=NOON)

    assert (done.imported, done.removed) == (3, 0)
    assert bars(ledger) == {
        ("dead@press.example", "dead"),
        ("cross@press.example", "complaint"),
        ("gone@press.example", "opt-out"),
    }


def test_reading_the_lists_again_changes_nothing(ledger, lists, server):
    lists["bounces"].append(entry())
    reconcile(provider(server), ledger=ledger, now=NOON)

    again = reconcile(provider(server), ledger=ledger, now=NOON)

    assert (again.imported, again.removed) == (0, 0)
    assert lists["bounces"]


def test_more_than_a_page_is_read_whole(ledger, lists, server):
    lists["bounces"] += [entry(f"r{number}@press.example") for number in range(1001)]

    found = list(provider(server).listed())

    assert len({one.address for one in found}) == 1001


def test_a_lift_takes_the_address_off_sendgrid_s_lists_too(ledger, lists, server):
    lists["bounces"].append(entry())
    lists["unsubscribes"].append(entry())
    reconcile(provider(server), ledger=ledger, now=NOON)

    lifted = lift(
        ADA,
        scope="",
        actor=an_actor("C"),
        why="call",
        ledger=ledger,
        provider=provider(server),
        now=NOON,
    )

    assert lifted == 2
    assert (lists["bounces"], lists["unsubscribes"]) == ([], [])
    assert "DELETE /v3/suppression/bounces/ada%2Bx%40press.example" in server.asked


def test_a_bar_that_has_ended_does_not_keep_an_address_on_sendgrid_s_lists(ledger, lists, server):
    lists["bounces"].append(entry())
    reconcile(provider(server), ledger=ledger, now=NOON)
    ledger.suppressions.lift(ADA, scope="", actor=ACTOR, why="call", at=NOON)
    ended = a_bar(str(ADA), reason=SuppressionReason.UNREACHABLE, until=after(days=-60))
    ledger.suppressions.add(ended, actor=PROGRAM)

    done = reconcile(provider(server), ledger=ledger, now=NOON)

    assert (done.imported, done.removed) == (0, 1)
    assert lists["bounces"] == []


def test_a_lift_that_could_not_reach_sendgrid_is_made_good_later(ledger, lists, server):
    lists["bounces"].append(entry())
    reconcile(provider(server), ledger=ledger, now=NOON)
    server.status = 503
    with pytest.raises(BackendUnavailable):
        lift(
            ADA,
            scope="",
            actor=an_actor("C"),
            why="",
            ledger=ledger,
            provider=provider(server),
            now=NOON,
        )
    server.status = 0

    done = reconcile(provider(server), ledger=ledger, now=NOON)

    assert (done.imported, done.removed) == (0, 1)
    assert lists["bounces"] == []
    assert bars(ledger) == set()


def test_entries_that_make_no_sense_are_passed_over(lists, server):
    lists["bounces"] += [
        entry(email="no address"),
        entry(created="yesterday"),
        entry(created=-1),
        "nonsense",
        entry(),
    ]

    assert [one.address for one in provider(server).listed()] == [ADA]


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, BackendMisconfigured), (429, BackendUnavailable), (500, BackendUnavailable)],
)
def test_a_refusal_is_told_to_whoever_must_act(server, status, error):
    server.status = status

    with pytest.raises(error):
        list(provider(server).listed())


def test_a_wrong_key_silence_and_a_closed_port_are_told(server):
    with pytest.raises(BackendMisconfigured, match="key"):
        list(provider(server, key="SG.wrong").listed())
    server.silent_s = 0.5
    with pytest.raises(BackendUnavailable, match="reached"):
        list(provider(server, timeout_s=0.1).listed())
    server.url = "http://127.0.0.1:1"
    with pytest.raises(BackendUnavailable, match="reached"):
        list(provider(server).listed())
