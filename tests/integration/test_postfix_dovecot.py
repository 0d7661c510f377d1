"""True bounces: made by Postfix, delivered to Dovecot, read over IMAP, and obeyed."""

import smtplib
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock, WallClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import BackendMisconfigured, BackendUnavailable, ContentError, Place, Problem
from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind
from mailer.ledger import open_ledger
from mailer.mailbox import fetch, open_mailbox
from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.feedback.event import Deadness
from mailer.model.feedback.inbox import Cursor, Filing
from mailer.model.mailings.delivery import DeliveryStatus, Rejected
from mailer.model.team.secret import Secret
from mailer.operations.feedback.collect import read_new_mail
from mailer.operations.feedback.record import process_stored_events
from mailer.operations.sending.serve import run_tick
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from mailer.wording import Text
from tests.counterparts.builders import (
    ACTOR,
    a_contact,
    a_delivery,
    a_delivery_id,
    a_mailing,
    a_message,
    an_actor,
)
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.mail_servers import BOUNCE_DOMAIN, mail_servers, missing
from tests.counterparts.scripted_smtp import Rule, ScriptedServer
from tests.counterparts.waiting import wait_until

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))

RULES = [
    Rule("RCPT", "550 5.1.1 User unknown in virtual mailbox table", of="parti@"),
    Rule("RCPT", "552 5.2.2 Mailbox full", of="pleine@"),
    Rule("dot", "554 5.7.1 Message refused by our content policy", of="regles@"),
    Rule("RCPT", "451 4.7.1 Greylisted, please try again later", of="grise@"),
]


@pytest.fixture(scope="module")
def servers():
    with ScriptedServer(list(RULES)) as refusing, mail_servers(refusing.port) as servers:
        yield servers


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def send(servers, *recipients):
    """One mail as ours are, its id derived from its recipients; returns the id."""
    delivery_id = a_delivery_id(*recipients, time.monotonic_ns())
    mail = (
        "From: Service de presse <presse@institut.test>\r\n"
        f"To: {', '.join(recipients)}\r\n"
        "Subject: Invitation\r\n"
        f"Message-ID: <{delivery_id}@institut.test>\r\n"
        f"X-Mailer-Delivery: {delivery_id}\r\n\r\nBonjour.\r\n"
    )
    with smtplib.SMTP("127.0.0.1", servers.smtp_port, local_hostname="bureau.test") as relay:
        relay.sendmail(
            f"b+{delivery_id}@{BOUNCE_DOMAIN}",
            list(recipients),
            mail,
            mail_options=[f"ENVID={delivery_id}", "RET=HDRS"],
            rcpt_options=["NOTIFY=FAILURE,DELAY"],
        )
    return delivery_id


def returned(servers, delivery_id, *, kind=MailKind.BOUNCE):
    """The bytes of the report about one mail, as the mailbox has them; waits for it."""
    while True:
        with open_mailbox(servers.imap) as mailbox:
            for letter in mailbox.mails(mailbox.unread(None)):
                reading = read_report(letter.raw)
                ours = reading.token and reading.token.delivery_id == delivery_id
                if ours and reading.kind is kind:
                    return letter.raw
        time.sleep(0.1)


def fetched(servers, ledger, *, read=read_report):
    """Reads the mailbox into the ledger; how many mails, and what was judged."""
    now = WallClock().now()
    count = sum(
        fetch(
            servers.imap,
            cursor_of=ledger.inbox.cursor,
            store=lambda letters, cursor: read_new_mail(
                letters, cursor, read=read, ledger=ledger, now=now
            ),
        )
    )
    return count, list(process_stored_events(ledger=ledger, now=now))


def facts(raw):
    return [
        (result.recipient, result.outcome.value, result.reason.value, result.dead, result.status)
        for result in read_report(raw).results
    ]


def test_an_unknown_user_is_dead_and_every_mark_of_ours_comes_back(servers):
    delivery_id = send(servers, "parti@dest.test")

    raw = returned(servers, delivery_id)

    assert facts(raw) == [("parti@dest.test", "failed", "user-unknown", Deadness.YES, "5.1.1")]
    assert f"Original-Envelope-Id: {delivery_id}".encode() in raw
    assert f"Delivered-To: b+{delivery_id}@".encode() in raw
    assert f"X-Mailer-Delivery: {delivery_id}".encode() in raw
    assert read_report(raw).original_message_id == f"{delivery_id}@institut.test"


def test_a_full_mailbox_and_a_policy_are_no_death(servers):
    full, refused = send(servers, "pleine@dest.test"), send(servers, "regles@dest.test")

    assert facts(returned(servers, full)) == [
        ("pleine@dest.test", "failed", "mailbox-full", Deadness.NO, "5.2.2")
    ]
    ((_who, outcome, reason, dead, _status),) = facts(returned(servers, refused))
    assert (outcome, dead) == ("failed", Deadness.NO)
    assert reason in {"policy", "content"}


def test_greylisting_is_first_a_delay_and_then_an_end_that_says_nothing_of_the_address(servers):
    delivery_id = send(servers, "grise@dest.test")

    delay = returned(servers, delivery_id, kind=MailKind.DELAYED)
    end = returned(servers, delivery_id)

    assert facts(delay)[0][:2] == ("grise@dest.test", "delayed")
    ((_who, outcome, _reason, dead, status),) = facts(end)
    assert (outcome, status) == ("failed", "4.7.1")
    assert dead is not Deadness.YES


def test_a_server_that_cannot_be_reached_is_no_death(servers):
    ((_who, outcome, _reason, dead, _status),) = facts(
        returned(servers, send(servers, "lea@closed.test"))
    )

    assert outcome == "failed"
    assert dead is not Deadness.YES


def test_of_three_recipients_the_two_that_failed_are_named(servers):
    delivery_id = send(servers, "parti@dest.test", "lea@dest.test", "pleine@dest.test")

    failed = {who: reason for who, _o, reason, _d, _s in facts(returned(servers, delivery_id))}

    assert failed == {"parti@dest.test": "user-unknown", "pleine@dest.test": "mailbox-full"}


def test_the_whole_loop_from_launch_to_the_reminder_that_skips_the_dead(servers, ledger):
    clock = SimulatedClock(WallClock().now())
    people = ["lea@dest.test", "parti@dest.test", "pleine@dest.test"]
    press = frozenset({"press"})
    ledger.contacts.save(
        [a_contact(each, lists=press) for each in people], at=clock.now(), actor=ACTOR
    )
    day = timedelta(days=1)
    announcement, reminder = (
        replace(a_mailing(step), due_at=clock.now() + wait, expires_at=clock.now() + 5 * day)
        for step, wait in (("announcement", timedelta()), ("reminder", day))
    )
    assert ledger.mailings.launch(
        [announcement, reminder], actor=an_actor("C. Delmas"), at=clock.now()
    )
    relay = SmtpBackend(SmtpSettings(host="127.0.0.1", port=servers.smtp_port, tls="none"))

    def compose(_mailing, delivery):
        sender = Address(f"b+{delivery.id}", BOUNCE_DOMAIN)
        return replace(a_message(delivery), envelope_sender=sender)

    def turn():
        return run_tick(
            ledger=ledger,
            backend=relay,
            engine=ThreadEngine(2),
            clock=clock,
            message_for=compose,
            worker="w",
        )

    turn()
    sent = {str(each.address): each for each in ledger.deliveries.of_mailing(announcement.id)}
    returned(servers, sent["parti@dest.test"].id)
    returned(servers, sent["pleine@dest.test"].id)
    fetched(servers, ledger)
    clock.wait_until(reminder.due_at)
    turn()

    after = {
        str(each.address): each.status for each in ledger.deliveries.of_mailing(announcement.id)
    }
    assert after == {
        "lea@dest.test": DeliveryStatus.ACCEPTED,
        "parti@dest.test": DeliveryStatus.BOUNCED,
        "pleine@dest.test": DeliveryStatus.BOUNCED,
    }
    (bar,) = ledger.suppressions.all()
    assert (str(bar.address), bar.reason) == ("parti@dest.test", SuppressionReason.DEAD)
    assert "User unknown" in bar.evidence
    reminded = {str(each.address) for each in ledger.deliveries.of_mailing(reminder.id)}
    assert reminded == {"lea@dest.test", "pleine@dest.test"}


def test_postfix_takes_messages_whole_one_behind_the_other(servers):
    with smtplib.SMTP("127.0.0.1", servers.smtp_port, local_hostname="bureau.test") as postfix:
        postfix.ehlo()
        assert postfix.has_extn("chunking")
    mailing, people = a_mailing(), [f"lea{number}@dest.test" for number in range(60)]
    people[30] = "lea@elsewhere.test"
    sent = [
        a_message(a_delivery(at, mailing=mailing, address=Address.parse(one)))
        for at, one in enumerate(people)
    ]
    settings = SmtpSettings(host="127.0.0.1", port=servers.smtp_port, tls="none", depth=16)

    connection = SmtpBackend(settings).connect()
    outcomes = dict(connection.deliver(iter(sent)))
    connection.close()

    refused = outcomes.pop(sent[30].delivery_id)
    assert isinstance(refused, Rejected)
    assert (
        len({outcome.reply for outcome in outcomes.values() if "queued as" in outcome.reply}) == 59
    )


def test_reading_twice_records_nothing_twice_and_files_what_is_done(servers, ledger):
    returned(servers, send(servers, "parti@dest.test"))

    first, _judged = fetched(servers, ledger)
    stored = list(ledger.events.all())
    second, judged = fetched(servers, ledger)

    assert first >= 1
    assert (second, judged) == (0, [])
    assert list(ledger.events.all()) == stored
    with open_mailbox(servers.imap) as mailbox:
        assert mailbox.unread(None) == []
    with open_mailbox(replace(servers.imap, folder=servers.imap.done_folder)) as done:
        assert len(done.unread(None)) >= first


def test_a_crash_before_the_cursor_is_written_loses_nothing(servers, ledger):
    delivery_id = send(servers, "parti@dest.test")
    returned(servers, delivery_id)

    class Killed(BaseException):
        pass

    def killed(_letters, _cursor):
        raise Killed

    with pytest.raises(Killed):
        list(fetch(servers.imap, cursor_of=ledger.inbox.cursor, store=killed))
    fetched(servers, ledger)

    assert delivery_id in {event.delivery_id for event in ledger.events.all()}


def test_a_crash_between_the_commit_and_the_filing_is_made_good(servers, ledger):
    returned(servers, send(servers, "parti@dest.test"))
    now = WallClock().now()
    with open_mailbox(servers.imap) as mailbox:
        uids = mailbox.unread(None)
        read_new_mail(
            list(mailbox.mails(uids)),
            Cursor(mailbox.name, mailbox.validity, uids[-1]),
            read=read_report,
            ledger=ledger,
            now=now,
        )
    stored = list(ledger.events.all())

    count, _judged = fetched(servers, ledger)

    assert count == len(uids)
    assert list(ledger.events.all()) == stored
    with open_mailbox(servers.imap) as mailbox:
        assert mailbox.unread(None) == []


def test_numbers_given_anew_by_the_server_are_read_from_the_start_without_doubles(servers, ledger):
    unfiled = replace(servers.imap, done_folder="", unknown_folder="")
    returned(servers, send(servers, "parti@dest.test"))
    fetched(replace_imap(servers, unfiled), ledger)
    stored = list(ledger.events.all())
    known = ledger.inbox.cursor(cursor_name(unfiled))
    ledger.events.store(
        [], at=WallClock().now(), cursor=replace(known, validity=known.validity - 1)
    )

    count, _judged = fetched(replace_imap(servers, unfiled), ledger)

    assert count >= 1
    assert list(ledger.events.all()) == stored
    fetched(servers, ledger)


def replace_imap(servers, settings):
    return replace(servers, imap=settings)


def cursor_name(settings):
    return f"{settings.username}@{settings.host}/{settings.folder}"


def test_what_a_person_wrote_stays_unread_where_it_is(servers, ledger):
    letter = (
        "From: Lea Martin <lea@quotidien.example>\r\nTo: presse@institut.example\r\n"
        "Subject: Re: Invitation\r\nIn-Reply-To: <x@institut.example>\r\n\r\nJe viendrai.\r\n"
    )
    with smtplib.SMTP("127.0.0.1", servers.smtp_port, local_hostname="bureau.test") as relay:
        relay.sendmail("lea@quotidien.example", [f"bounces@{BOUNCE_DOMAIN}"], letter)
    wait_until(lambda: fetched(servers, ledger)[0])

    with open_mailbox(servers.imap) as mailbox:
        (uid,) = mailbox.unread(None)
        assert b"\\Seen" not in mailbox._client.get_flags([uid])[uid]
        mailbox.filer(pytest.fail).file([(uid, Filing.DONE)])


def test_a_mail_that_cannot_be_read_is_parked_with_its_bytes_and_the_others_go_on(servers, ledger):
    poison, good = send(servers, "parti@dest.test"), send(servers, "pleine@dest.test")
    returned(servers, poison)
    returned(servers, good)
    tries = []

    def read(raw):
        if poison.encode() in raw:
            tries.append(raw)
            raise ContentError(Problem(Place("mailbox"), Text("crash"), Text("")))
        return read_report(raw)

    fetched(servers, ledger, read=read)

    assert len(tries) == 3
    (parked,) = ledger.inbox.dead_letters()
    assert ledger.inbox.dead_letter_bytes(parked.key) == tries[0]
    assert good in {event.delivery_id for event in ledger.events.all()}
    assert fetched(servers, ledger, read=read)[0] == 0


def test_a_wrong_password_a_foreign_certificate_and_a_closed_port_are_told(servers):
    settings = servers.imap
    with (
        pytest.raises(BackendMisconfigured, match="password"),
        open_mailbox(replace(settings, password=Secret("wrong"))),
    ):
        pass
    with (
        pytest.raises(BackendMisconfigured, match="certificate"),
        open_mailbox(replace(settings, ca_file=None)),
    ):
        pass
    with (
        pytest.raises(BackendUnavailable, match="reached"),
        open_mailbox(replace(settings, port=1)),
    ):
        pass


def test_the_command_reads_the_mailbox_that_the_configuration_names(servers, tmp_path):
    from tests.e2e.commands import mailer

    imap = servers.imap
    (tmp_path / "config.toml").write_text(
        f'[feedback.imap]\nhost = "{imap.host}"\nport = {imap.port}\n'
        f'username = "{imap.username}"\npassword = "env:MAILER_TEST_IMAP"\n'
        f'ca_file = "{imap.ca_file}"\n'
    )
    returned(servers, send(servers, "parti@dest.test"))
    secret = {"MAILER_TEST_IMAP": imap.password.value}

    first = mailer("bounces", "fetch", workspace=tmp_path, lang="en", **secret)
    second = mailer("bounces", "fetch", workspace=tmp_path, lang="en", **secret)

    assert "0 messages read" not in first.stdout
    assert "0 messages read" in second.stdout
    assert imap.password.value not in first.stdout + first.stderr
