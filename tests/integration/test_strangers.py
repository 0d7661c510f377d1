"""A stranger's mail does nothing by itself: it is shown to a person, who decides."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from mailer.errors import RuleError
from mailer.feedback.excerpt import excerpt_of
from mailer.feedback.reader import read_report
from mailer.feedback.trust import NOBODY, Trust
from mailer.ledger import open_ledger
from mailer.model.address import Address
from mailer.model.contacts.suppression import EVERYWHERE
from mailer.model.feedback.event import EventKind
from mailer.model.feedback.inbox import InboundMail
from mailer.model.mailings.delivery import Accepted, Rejected, Stage
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.person import Role
from mailer.operations.alerts.watch import alerts
from mailer.operations.campaigns.results.report import report
from mailer.operations.feedback.collect import read_new_mail
from mailer.operations.feedback.proposals import (
    accept_proposals,
    dismiss_proposals,
    show_proposal,
    waiting_proposals,
)
from mailer.operations.feedback.record import ALARM, process_stored_events
from mailer.operations.people.call_back import call_backs
from mailer.operations.people.suppressions import forget
from tests.counterparts.asking_mails import (
    arf,
    dsn,
    failed_recipients,
    hotmail,
    machine_opt_out,
)
from tests.counterparts.builders import ACTOR, NOON, a_contact, after, an_actor, started
from tests.counterparts.empty_ledger import empty_ledger

UNKNOWN_TOKEN = "zzzzzzzzzzzzzzzzzzzzzzzzz7"
NUMBERS = count(1)


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


@pytest.fixture
def people(ledger):
    """The deliveries of a mailing that twenty people have received."""
    ledger.contacts.save(
        [a_contact(f"reader{n}@press.example", last_name=f"Reader {n}") for n in range(20)],
        at=NOON,
        actor=ACTOR,
    )
    _mailing, deliveries = started(ledger, count=20)
    while (claim := ledger.sending.claim(worker="w", now=NOON)) is not None:
        ids = [delivery.id for delivery in claim.deliveries]
        ledger.sending.mark(claim, ids, now=NOON)
        for each in ids:
            ledger.sending.settle(claim, each, Accepted("250"), now=NOON)
        ledger.sending.release(claim, now=NOON)
    return deliveries


def arrives(ledger, *mails, at=NOON, trust=NOBODY):
    """The mails are read and judged, and again when nothing waits for its delivery any more."""
    inbound = [InboundMail(next(NUMBERS), mail.encode()) for mail in mails]
    read_new_mail(inbound, None, read=read_report, ledger=ledger, now=at, trust=trust)
    outcomes = list(process_stored_events(ledger=ledger, now=at))
    return outcomes + list(process_stored_events(ledger=ledger, now=at + timedelta(hours=25)))


def bars(ledger):
    return {(str(bar.address), bar.reason.value, bar.scope) for bar in ledger.suppressions.all()}


def waiting(ledger):
    return [(str(each.address), each.reason.value) for each in ledger.proposals.waiting(limit=99)]


LEA = "reader0@press.example"
FORGED = {
    "an abuse report": (arf(LEA), "complaint"),
    "an opt-out report": (arf(LEA, kind="opt-out"), "opt-out"),
    "a complaint in Hotmail's form": (hotmail(LEA), "complaint"),
    "an opt-out by a mail program": (machine_opt_out(LEA), "opt-out"),
    "a delivery report": (dsn(LEA), "dead"),
    "a delivery report in a text": (failed_recipients(LEA), "dead"),
    "an abuse report with an invented token": (arf(LEA, token=UNKNOWN_TOKEN), "complaint"),
    "a delivery report with an invented token": (dsn(LEA, token=UNKNOWN_TOKEN), "dead"),
    "one to an invented return path": (
        dsn(LEA, to=f"b+{UNKNOWN_TOKEN}@retours.institut.example"),
        "dead",
    ),
    "one with forged proofs": (
        arf(
            LEA,
            head="Authentication-Results: mx.evil.example; dkim=pass header.d=operateur.example\n",
        ),
        "complaint",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_a_stranger_writes_bars_nobody_and_waits_for_a_person(ledger, people, name):
    mail, reason = FORGED[name]

    outcomes = arrives(ledger, mail)

    assert bars(ledger) == set()
    assert waiting(ledger) == [(LEA, reason)]
    assert [bar.reason.value for each in outcomes for bar in each.proposed] == [reason]
    assert {each.status.value for each in ledger.deliveries.of_mailing("meeting-announcement")} == {
        "accepted"
    }


def test_user_unknown_said_by_strangers_for_a_week_and_around_midnight_bars_nobody(ledger, people):
    midnight = datetime.fromisoformat("2017-12-05T00:00:00+00:00")
    for minutes in (-5, -1, 1, 5, 2880, 4320, 10080):
        at = midnight + timedelta(minutes=minutes)
        arrives(ledger, dsn(LEA), failed_recipients(LEA), at=at)

    assert bars(ledger) == set()
    assert waiting(ledger) == [(LEA, "dead")]


def test_a_claim_with_an_invented_token_does_not_make_a_true_report_the_second_one(ledger, people):
    """It waits a day for its delivery; until then it must not count as what somebody proved."""
    mails = [InboundMail(1, dsn(LEA, token=UNKNOWN_TOKEN).encode())]
    read_new_mail(mails, None, read=read_report, ledger=ledger, now=NOON)
    list(process_stored_events(ledger=ledger, now=NOON))

    counted = ledger.events.proven_about(Address.parse(LEA), since=after(days=-1))

    assert list(counted) == []
    (line,) = call_backs(ledger, read=read_report, actor=ACTOR, now=NOON)
    assert line.is_suspected


def test_a_forged_notice_of_a_block_that_names_many_people_pauses_nothing(ledger, people):
    named = [str(delivery.address) for delivery in people]
    said = {"status": "5.7.1", "said": "550 5.7.1 Blocked by our reputation list"}

    arrives(ledger, dsn(*named[:5], **said), *(dsn(each, **said) for each in named))

    assert ledger.mailings.get("meeting-announcement").state is MailingState.ACTIVE
    assert [line for line in ledger.journal.entries() if line.action == ALARM] == []
    assert bars(ledger) == set()


def test_the_same_notices_with_our_tokens_pause_the_mailing(ledger, people):
    said = {"status": "5.7.1", "said": "550 5.7.1 Blocked by our reputation list"}
    for delivery in people[:5]:
        arrives(ledger, dsn(str(delivery.address), token=delivery.id, **said))

    assert ledger.mailings.get("meeting-announcement").state is MailingState.PAUSED


def test_one_recipient_s_token_counts_for_that_recipient_alone(ledger, people):
    said = {"status": "5.7.1", "said": "550 5.7.1 Blocked by our reputation list"}
    named = [str(delivery.address) for delivery in people]

    arrives(ledger, dsn(*named, token=people[0].id, **said))
    arrives(ledger, arf(named[3], token=people[0].id))

    assert ledger.mailings.get("meeting-announcement").state is MailingState.ACTIVE
    assert bars(ledger) == {(named[0], "complaint", EVERYWHERE)}


def test_refusals_while_sending_count_towards_a_pause(ledger):
    mailing, _deliveries = started(ledger, count=20)
    refused = Rejected("550 5.7.1 Blocked by our reputation list", Stage.RECIPIENT)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ids = [delivery.id for delivery in claim.deliveries][:6]
    ledger.sending.mark(claim, ids, now=NOON)
    for each in ids:
        ledger.sending.settle(claim, each, refused, now=NOON)
    ledger.sending.release(claim, now=NOON)

    list(process_stored_events(ledger=ledger, now=NOON))

    assert ledger.mailings.get(mailing.id).state is MailingState.PAUSED


def test_full_mailboxes_that_strangers_report_pause_no_address(ledger, people):
    full = {"status": "5.2.2", "said": "552 5.2.2 Mailbox full"}
    for day in range(0, 20, 2):
        arrives(ledger, dsn(LEA, **full), at=after(days=day))

    assert bars(ledger) == set()


def test_a_delivery_that_strangers_report_does_not_clear_what_our_tokens_say(ledger, people):
    full = {"status": "5.2.2", "said": "552 5.2.2 Mailbox full", "token": people[0].id}
    for number, day in enumerate((0, 4, 8, 12, 16)):
        said = full | {"status": f"5.2.{number + 2}"}
        arrives(ledger, dsn(LEA, **said), at=after(days=day))
        arrives(ledger, dsn(LEA, action="delivered", status="2.0.0"), at=after(days=day, hours=1))

    assert {reason for _who, reason, _scope in bars(ledger)} == {"unreachable"}


def test_a_stranger_hides_nobody_from_the_call_list_nor_changes_what_it_says(ledger, people):
    arrives(ledger, dsn(LEA, token=people[0].id, status="5.7.1", said="550 5.7.1 policy violation"))
    before = call_backs(ledger, read=read_report, actor=ACTOR, now=NOON)

    arrives(
        ledger,
        arf(LEA),
        hotmail(LEA),
        machine_opt_out(LEA),
        dsn(LEA, status="5.7.1", said="550 5.7.1 nothing of the sort"),
    )

    after_it = call_backs(ledger, read=read_report, actor=ACTOR, now=NOON)
    assert [(each.need, each.quote) for each in before] == [
        (each.need, each.quote) for each in after_it if not each.is_suspected
    ]


def test_a_stranger_s_notice_is_not_in_the_report(ledger, people):
    arrives(ledger, dsn(LEA), hotmail(LEA))

    made = report("meeting", title="", ledger=ledger, now=NOON)

    assert made.to_call_back == ()


def test_a_trusted_sender_proven_by_our_server_is_obeyed_and_pauses_nothing(ledger, people):
    trust = Trust("mx.institut.example", ("fbl@operateur.example", "MAILER-DAEMON@relais.example"))
    proof = "Authentication-Results: mx.institut.example; dkim=pass header.d="
    blocked = dsn(
        *(str(each.address) for each in people),
        status="5.7.1",
        said="550 5.7.1 Blocked, bad reputation",
    )

    arrives(
        ledger,
        arf(LEA, head=f"{proof}operateur.example\n"),
        arf("reader1@press.example", head=f"{proof}evil.example\n"),
        f"{proof}relais.example\n{dsn('reader2@press.example')}",
        f"{proof}relais.example\n{blocked}",
        trust=trust,
    )

    assert bars(ledger) == {
        (LEA, "complaint", EVERYWHERE),
        ("reader2@press.example", "dead", EVERYWHERE),
    }
    assert waiting(ledger) == [("reader1@press.example", "complaint")]
    assert ledger.mailings.get("meeting-announcement").state is MailingState.ACTIVE


# A person decides


def test_what_waits_is_in_the_status_once_a_day_however_many_mails_come(ledger, people):
    arrives(ledger, hotmail(LEA))
    first = [alert.key for alert in alerts(ledger, now=NOON) if alert.key.startswith("proposals")]

    arrives(ledger, *(hotmail(str(each.address)) for each in people))

    again = [alert.key for alert in alerts(ledger, now=NOON) if alert.key.startswith("proposals")]
    assert len(first) == 1
    assert again == first


def test_the_mail_is_shown_beside_what_it_asks_for(ledger, people):
    arrives(ledger, arf(LEA), arf(LEA).replace("abuse report", "abuse report again"))

    waiting = waiting_proposals(excerpt=excerpt_of, ledger=ledger)

    (shown,) = waiting.shown
    assert (shown.proposal.mails, waiting.count) == (2, 1)
    assert shown.contact.name == "Reader 0"
    assert shown.mail.sender == "Feedback <fbl@operateur.example>"
    assert "abuse report again" in shown.mail.text
    assert show_proposal(shown.proposal.id, excerpt=excerpt_of, ledger=ledger) == shown


def test_a_mail_that_is_shown_cannot_write_over_the_screen():
    hostile = "From: \x1b]0;x\x07a@b.example\nSubject: a\x1b[2Jb\n\nx\x1b[1;1H\u202eevil\x9b2J\n"

    shown = excerpt_of(hostile.encode())

    text = f"{shown.sender}{shown.subject}{shown.text}"
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in text)
    assert "\u202e" not in text


def test_an_accepted_proposal_bars_the_address_by_the_person_who_accepted(ledger, people):
    arrives(ledger, hotmail(LEA), machine_opt_out("reader1@press.example"))
    complaint, opt_out = ledger.proposals.waiting(limit=9)

    accept_proposals(
        [complaint.id, opt_out.id], actor=ACTOR, why="I called", ledger=ledger, now=NOON
    )

    assert bars(ledger) == {
        (LEA, "complaint", EVERYWHERE),
        ("reader1@press.example", "opt-out", "press"),
    }
    assert {bar.by for bar in ledger.suppressions.all()} == {"Ada"}
    assert waiting(ledger) == []
    entries = [entry for entry in ledger.journal.entries(LEA) if entry.name == "Ada"]
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("suppress", "complaint: I called"),
        ("accept-proposal", "complaint: I called"),
    ]


def test_a_dismissed_proposal_leaves_everything_as_it_was_and_the_call_list_too(ledger, people):
    arrives(ledger, dsn(LEA))
    (proposal,) = ledger.proposals.waiting(limit=9)

    dismiss_proposals([proposal.id], actor=ACTOR, why="she reads us", ledger=ledger, now=NOON)

    assert (bars(ledger), waiting(ledger)) == (set(), [])
    assert call_backs(ledger, read=read_report, actor=ACTOR, now=NOON) == []
    (entry,) = [one for one in ledger.journal.entries(LEA) if one.action == "dismiss-proposal"]
    assert (entry.name, entry.detail) == ("Ada", "dead: she reads us")


def test_a_proposal_is_decided_once(ledger, people):
    arrives(ledger, hotmail(LEA))
    (proposal,) = ledger.proposals.waiting(limit=9)
    accept_proposals([proposal.id], actor=ACTOR, why="", ledger=ledger, now=NOON)

    with pytest.raises(RuleError):
        dismiss_proposals([proposal.id], actor=ACTOR, why="", ledger=ledger, now=NOON)

    assert {reason for _who, reason, _scope in bars(ledger)} == {"complaint"}


def test_what_was_dismissed_is_proposed_again_when_another_mail_asks(ledger, people):
    arrives(ledger, hotmail(LEA))
    (proposal,) = ledger.proposals.waiting(limit=9)
    dismiss_proposals([proposal.id], actor=ACTOR, why="", ledger=ledger, now=NOON)

    arrives(ledger, arf(LEA), at=after(days=1))

    assert waiting(ledger) == [(LEA, "complaint")]


def test_nothing_is_proposed_of_somebody_who_gets_nothing_anyway(ledger, people):
    arrives(ledger, arf(LEA, token=people[0].id))

    arrives(ledger, hotmail(LEA))

    assert waiting(ledger) == []


def test_a_reader_may_look_but_not_decide(ledger, people):
    arrives(ledger, hotmail(LEA))
    (proposal,) = ledger.proposals.waiting(limit=9)
    reader = an_actor("Rae", roles=frozenset({Role.READER}))

    for decide in (accept_proposals, dismiss_proposals):
        with pytest.raises(RuleError):
            decide([proposal.id], actor=reader, why="", ledger=ledger, now=NOON)

    assert waiting(ledger) == [(LEA, "complaint")]


def test_a_person_who_is_forgotten_leaves_no_proposal(ledger, people):
    arrives(ledger, hotmail(LEA))

    forget(Address.parse(LEA), actor=ACTOR, why="letter", ledger=ledger, now=NOON)

    assert waiting(ledger) == []


def test_an_unknown_token_that_turns_out_to_be_ours_is_obeyed(ledger):
    """A report may be read before the ledger has its delivery, on another machine."""
    mailing, deliveries = started(ledger, count=1)
    arrives(ledger, arf(str(deliveries[0].address), token=deliveries[0].id))

    assert bars(ledger) == {(str(deliveries[0].address), "complaint", EVERYWHERE)}
    (event,) = ledger.events.all()
    assert event.kind is EventKind.COMPLAINED
    assert mailing.id == deliveries[0].mailing_id
