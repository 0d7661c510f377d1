"""Mails that nobody understands, read over IMAP from Dovecot: kept once, and moved."""

import ssl
from contextlib import suppress
from email.message import EmailMessage

import pytest
from imapclient import IMAPClient

from mailer.feedback.reader import read_report
from mailer.ledger import open_ledger
from mailer.ledger.feedback import unknown_mails
from mailer.mailbox import fetch
from mailer.model.feedback.unknown_mail import UnknownTally
from mailer.operations.feedback.collect import read_new_mail
from mailer.operations.feedback.record import process_stored_events
from tests.counterparts.builders import NOON, a_delivery_id
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.mail_servers import dovecot_alone, missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


class Office:
    """A ledger and the mailbox that is read into it."""

    def __init__(self, imap, ledger):
        self.imap, self.ledger = imap, ledger

    def receives(self, *mails):
        with self._session() as session:
            for mail in mails:
                session.append(self.imap.folder, mail)

    def reads(self, *, dies_before_move=False, until=read_report):
        def store(mails, cursor):
            filings = read_new_mail(mails, cursor, read=until, ledger=self.ledger, now=NOON)
            if dies_before_move:
                raise KeyboardInterrupt
            return filings

        with suppress(KeyboardInterrupt):
            list(fetch(self.imap, cursor_of=self.ledger.inbox.cursor, store=store))
        list(process_stored_events(ledger=self.ledger, now=NOON))

    def waiting(self):
        return [each.subject for each in self.ledger.unknown_mails.page(limit=9)]

    def folder(self, name):
        with self._session() as session:
            if not session.folder_exists(name):
                return 0
            return session.select_folder(name, readonly=True)[b"EXISTS"]

    def _session(self):
        context = ssl.create_default_context(cafile=self.imap.ca_file)
        session = IMAPClient(self.imap.host, self.imap.port, ssl_context=context)
        session.login(self.imap.username, self.imap.password.value)
        return session


@pytest.fixture
def office(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    with dovecot_alone() as imap:
        yield Office(imap, ledger)
    ledger.close()


def a_mail(subject, text="Qui sont vos sources ?", *, sender="lea@revue.example", **fields):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "presse@institut.example", subject
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


PAGE = a_mail("Offre").replace(b"text/plain", b"text/html").replace(b"Qui", b"<b>Qui</b>")


def test_a_question_and_a_page_of_strangers_wait_at_the_desk_and_are_moved(office):
    office.receives(a_mail("Vos sources"), PAGE)

    office.reads()

    assert office.waiting() == ["Vos sources", "Offre"]
    assert (office.folder("INBOX"), office.folder("Mailer-inconnus")) == (0, 2)
    (first, _second) = office.ledger.unknown_mails.page(limit=9)
    assert str(first.address) == "lea@revue.example"
    assert b"Qui sont vos sources ?" in office.ledger.unknown_mails.mail(first)


def test_a_mail_is_recorded_once_though_the_program_dies_before_it_is_moved(office):
    office.receives(a_mail("Vos sources"))

    office.reads(dies_before_move=True)
    assert (office.waiting(), office.folder("INBOX")) == (["Vos sources"], 1)
    office.reads()

    assert office.waiting() == ["Vos sources"]
    assert (office.folder("INBOX"), office.folder("Mailer-inconnus")) == (0, 1)


def test_the_same_mail_twice_in_the_mailbox_waits_once(office):
    office.receives(a_mail("Vos sources"), a_mail("Vos sources"))
    office.reads()

    office.receives(a_mail("Vos sources"))
    office.reads()

    assert office.waiting() == ["Vos sources"]
    assert office.folder("Mailer-inconnus") == 3


def test_two_mails_that_name_one_message_of_ours_are_two(office):
    code = {"X-Mailer-Delivery": a_delivery_id("lea")}
    office.receives(*(a_mail(subject, **code) for subject in ("Une", "Deux")))

    office.reads()

    assert office.waiting() == ["Une", "Deux"]


def test_a_flood_keeps_so_many_and_counts_the_others(office, monkeypatch):
    monkeypatch.setattr(unknown_mails, "MOST_KEPT", 2)
    office.receives(*(a_mail(f"Numéro {number}") for number in range(5)))

    office.reads()

    assert office.waiting() == ["Numéro 0", "Numéro 1"]
    assert office.ledger.unknown_mails.tally() == UnknownTally(kept=2, in_mailbox=3)
    assert office.folder("Mailer-inconnus") == 5


def test_what_cannot_be_read_waits_with_its_octets(office):
    office.receives(a_mail("Vos sources"))

    def fails(_raw):
        raise ValueError

    office.reads(until=fails)

    (mail,) = office.ledger.unknown_mails.page(limit=9)
    assert (mail.sort.value, mail.address) == ("unreadable", None)
    assert b"Qui sont vos sources ?" in office.ledger.unknown_mails.mail(mail)
    assert office.folder("Mailer-inconnus") == 1


def test_a_reply_and_an_automatic_answer_wait_nowhere_here(office):
    office.receives(
        a_mail("Re: Invitation", "Je viendrai samedi.", In_Reply_To="<x@institut.example>"),
        a_mail("Absence", "Je suis absente.", Auto_Submitted="auto-replied"),
    )

    office.reads()

    assert office.waiting() == []
