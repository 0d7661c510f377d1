"""Replies of the mailbox: only a whole form of the person themself acts; a person decides the rest."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from mailer.errors import RuleError
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.feedback.proposal import Decision
from mailer.model.feedback.reply import ReplySort
from mailer.operations.people.accreditations import Ruling, register_accreditation
from mailer.operations.people.replies import dismiss_replies, take_replies
from mailer.reply_form import reply_form
from mailer.wiring.event_collector import EventCollector
from tests.counterparts.answers import AnswerOffice
from tests.counterparts.builders import ACTOR, NOON, after
from tests.counterparts.empty_ledger import empty_ledger
from tests.integration.test_answer_links import a_delivery_about_answer


class Mailbox:
    """An office whose mailbox people write to."""

    def __init__(self, folder, rules=""):
        self.office = AnswerOffice(folder, empty_ledger(folder / "ledger.db"), rules=rules)
        self.app, self.ledger = self.office.app, self.office.ledger
        self.collector = EventCollector(self.app, on_trouble=pytest.fail)

    def form(self, number, link="answer_url", **person):
        return reply_form(
            link,
            self.office.deliveries[number].id,
            person=person.get("person", f"Camille Petit{number}"),
            outlet=person.get("outlet", f"Journal {number}"),
            language="fr",
            campaign="meeting",
        )[1]

    def receives(self, text, *, number=0, sender="", at=NOON, answers=True):
        mail = EmailMessage()
        mail["From"] = sender or str(self.office.deliveries[number].address)
        mail["To"], mail["Subject"] = "presse@institut.example", "Re: Invitation"
        mail["Date"] = format_datetime(at)
        if answers:
            mail["In-Reply-To"] = f"<{self.office.deliveries[number].id}@institut.example>"
        mail.set_content(text)
        self.collector.record_mails([mail.as_bytes()])

    def waiting(self):
        return self.ledger.replies.waiting(limit=9)

    def take(self, **how):
        (reply,) = self.waiting()
        (entry,) = take_replies(
            [reply.id],
            excerpt=self.app.children.mail_excerpt,
            terms_for=self.app.drafts.terms,
            actor=ACTOR,
            ledger=self.ledger,
            now=self.app.clock.now(),
            **how,
        )
        return entry


@pytest.fixture
def mailbox(tmp_path, monkeypatch):
    monkeypatch.setenv("LINK_KEY", "k" * 40)
    opened = []

    def make(rules=""):
        opened.append(Mailbox(tmp_path, rules))
        return opened[-1]

    yield make
    for each in opened:
        each.office.close()


def test_a_form_of_the_person_themself_is_entered_without_typing_and_only_once(mailbox):
    mailbox = mailbox("total = 1")

    mailbox.receives(mailbox.form(0, person="Camille Petit", outlet="Le Soir"))
    mailbox.receives(mailbox.form(0, person="Camille Petit", outlet="Le Soir"))
    mailbox.receives(mailbox.form(1), number=1)

    assert mailbox.office.register() == {"reader0": "accepted", "reader1": "waiting"}
    (ada, _bo) = mailbox.ledger.accreditations.of_campaign("meeting")
    assert (ada.name, ada.organisation, ada.answer) == ("Camille Petit", "Le Soir", 1)
    assert mailbox.waiting() == []


def test_a_form_from_another_address_or_with_a_sentence_beside_it_waits_for_a_person(mailbox):
    mailbox = mailbox()

    mailbox.receives(mailbox.form(0), sender="bo@ailleurs.example")
    mailbox.receives(f"Ma collègue viendra peut-être.\n\n{mailbox.form(1)}", number=1)

    assert mailbox.office.register() == {}
    assert [(str(each.address), each.campaign) for each in mailbox.waiting()] == [
        ("bo@ailleurs.example", "meeting"),
        (str(mailbox.office.deliveries[1].address), "meeting"),
    ]


def test_a_form_that_is_older_than_the_newest_answer_does_not_undo_it(mailbox):
    mailbox = mailbox()
    mailbox.app.clock.wait_until(after(hours=2))
    mailbox.office.press(0, "declines")

    mailbox.receives(mailbox.form(0), at=after(hours=1))
    assert mailbox.office.register() == {"reader0": "declined"}

    mailbox.receives(mailbox.form(0), at=after(hours=3))
    assert mailbox.office.register() == {"reader0": "accepted"}
    assert len(mailbox.waiting()) == 1


def test_a_form_does_not_undo_a_refusal_of_the_office(mailbox):
    mailbox = mailbox()
    register_accreditation(
        "meeting",
        mailbox.office.deliveries[0].address,
        ruling=Ruling(AccreditationState.REFUSED, reason="hors sujet"),
        actor=ACTOR,
        ledger=mailbox.ledger,
        now=NOON,
    )

    mailbox.receives(mailbox.form(0), at=after(days=1))

    assert mailbox.office.register() == {"reader0": "refused"}
    assert len(mailbox.waiting()) == 1


@pytest.mark.parametrize(
    ("text", "sort", "how", "state"),
    [
        ("Je souhaite assister à la rencontre.", ReplySort.REQUEST, {}, "accepted"),
        ("Je ne pourrai pas venir, désolée.", ReplySort.REFUSAL, {}, "declined"),
        ("Bien reçu, merci.", ReplySort.OTHER, {"comes": True}, "accepted"),
        ("Je souhaite assister à la rencontre.", ReplySort.REQUEST, {"comes": False}, "declined"),
    ],
)
def test_a_reply_in_words_waits_until_a_person_takes_it(mailbox, text, sort, how, state):
    mailbox = mailbox()
    mailbox.receives(text)
    assert mailbox.office.register() == {}
    assert [each.sort for each in mailbox.waiting()] == [sort]

    mailbox.take(**how)

    assert mailbox.office.register() == {"reader0": state}
    assert mailbox.waiting() == []


def test_a_request_above_the_quota_is_taken_to_the_waiting_list(mailbox):
    mailbox = mailbox("total = 1")
    mailbox.office.press(1, "comes")
    mailbox.receives("Je serai présente samedi.")

    entry = mailbox.take()

    assert entry.state is AccreditationState.WAITING


def test_what_a_reply_does_not_say_a_person_must(mailbox):
    mailbox = mailbox()
    mailbox.receives("Bien reçu.", sender="bo@ailleurs.example", answers=False)

    with pytest.raises(RuleError):
        mailbox.take()
    with pytest.raises(RuleError):
        mailbox.take(comes=True)

    assert mailbox.office.register() == {}
    mailbox.take(comes=True, campaign="meeting")
    assert mailbox.office.register() == {"bo": "accepted"}


def test_a_reply_that_was_read_is_put_aside_and_journalled(mailbox):
    mailbox = mailbox()
    mailbox.receives("À quelle heure ouvrent les portes ?")
    (reply,) = mailbox.waiting()

    assert dismiss_replies([reply.id], actor=ACTOR, ledger=mailbox.ledger, now=NOON)

    assert mailbox.waiting() == []
    assert mailbox.office.register() == {}
    assert "read-reply" in {each.action for each in mailbox.ledger.journal.entries()}
    again = {"actor": ACTOR, "why": "", "at": NOON}
    assert not mailbox.ledger.replies.decide(reply, Decision.ACCEPTED, **again)


def test_an_opposition_is_proposed_as_a_bar_and_not_as_a_reply(mailbox):
    mailbox = mailbox()

    mailbox.receives("Merci de me retirer de votre liste.")

    assert mailbox.waiting() == []


def test_it_was_not_me_takes_the_answer_back(mailbox):
    mailbox = mailbox()
    mailbox.office.press(0, "comes")
    mailbox.office.press(0, "declines")
    told = mailbox.office.deliveries[0]
    mailbox.office.deliveries[0] = a_delivery_about_answer(mailbox.office, told, answer=2)

    mailbox.receives(mailbox.form(0, "undo_url"), at=NOON + timedelta(minutes=5))

    assert mailbox.office.register() == {"reader0": "accepted"}
    assert mailbox.waiting() == []
