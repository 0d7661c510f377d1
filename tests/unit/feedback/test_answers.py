"""Replies to an invitation are sorted by what they say, and nothing is guessed."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from mailer.feedback.events import events_of
from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind, TokenSource
from mailer.model.feedback.event import Match
from mailer.model.feedback.reply import FORM_RULE, ReplySort
from mailer.model.mailings.message import DeliveryId
from mailer.reply_form import reply_form
from tests.counterparts.builders import NOON

CORPUS = Path(__file__).parents[2] / "corpus" / "answers.txt"
SORTS = {
    "request": ReplySort.REQUEST,
    "refusal": ReplySort.REFUSAL,
    "opposition": ReplySort.OPPOSITION,
    "absence": ReplySort.ABSENCE,
    "other": ReplySort.OTHER,
}
WORDINGS = [
    tuple(line.split("|", 1))
    for line in CORPUS.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
QUOTED = """

Le lun. 4 déc. 2017 à 09:30, Service de presse <presse@institut.example> a écrit :
> Je ne viens pas, je viens, demandez votre accréditation
> Ne plus recevoir ces messages
"""
CODE = DeliveryId("abcdefghijklmnopqrstuvwxyz")
FORM = reply_form(
    "answer_url",
    CODE,
    person="Camille Petit",
    outlet="Le Soir",
    language="fr",
    campaign="rencontre",
)


def a_mail(text, *, subject="Re: Invitation presse – samedi 9 décembre", reply=True, **headers):
    mail = EmailMessage()
    mail["From"], mail["To"] = "Camille Petit <camille@soir.example>", "presse@institut.example"
    mail["Subject"] = subject
    if reply:
        mail["In-Reply-To"] = f"<{'z' * 26}@institut.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


@pytest.mark.parametrize(("sort", "text"), WORDINGS)
def test_a_reply_is_sorted_by_the_words_of_its_writer(sort, text):
    raw = a_mail(text.replace("\\n", "\n") + QUOTED)

    assert read_report(raw).answer is SORTS[sort]


def test_who_writes_a_new_mail_is_understood_by_its_subject_as_well():
    reading = read_report(
        a_mail("Camille Petit, Le Soir", subject="Demande d’accréditation", reply=False)
    )

    assert (reading.kind, reading.answer) == (MailKind.REPLY, ReplySort.REQUEST)


def test_a_new_mail_that_says_nothing_about_coming_stays_unknown():
    reading = read_report(a_mail("Voici mon sujet.", subject="Un sujet", reply=False))

    assert (reading.kind, reading.answer) == (MailKind.UNKNOWN, None)


def test_a_form_names_the_message_that_it_answers():
    reading = read_report(a_mail(FORM[1], subject=FORM[0], reply=False))

    assert (reading.kind, reading.rule, reading.answer) == (
        MailKind.REPLY,
        FORM_RULE,
        ReplySort.REQUEST,
    )
    assert reading.token is not None
    assert (reading.token.delivery_id, reading.token.source) == (CODE, TokenSource.FORM)


def test_a_form_as_a_phone_sends_it_in_html_is_the_same():
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "camille@soir.example", FORM[0]
    lines = "".join(f"<div>{line or '<br>'}</div>" for line in FORM[1].split("\r\n"))
    mail.set_content(f"<html><body>{lines}<div>Envoyé de mon iPhone</div></body></html>", "html")

    assert read_report(mail.as_bytes()).rule == FORM_RULE


@pytest.mark.parametrize(
    ("sentence", "sort"),
    [
        ("Finalement je ne pourrai pas venir.", ReplySort.OTHER),
        ("Ma collègue Bo Martin viendra à ma place.", ReplySort.OTHER),
        ("À quelle heure ouvrent les portes ?", ReplySort.REQUEST),
    ],
)
def test_a_form_with_a_sentence_beside_it_is_for_a_person(sentence, sort):
    reading = read_report(a_mail(f"{sentence}\n\n{FORM[1]}"))

    assert reading.rule != FORM_RULE
    assert reading.answer is sort
    assert reading.token is not None
    assert reading.token.delivery_id == CODE


def test_a_form_that_a_reply_only_quotes_answers_nothing():
    quoted = "".join(f"> {line}\n" for line in FORM[1].split("\r\n"))

    reading = read_report(
        a_mail(f"Je ne viendrai finalement pas.\n\nLe 5 décembre, la presse a écrit :\n{quoted}")
    )

    assert (reading.rule, reading.answer) == ("in-reply-to", ReplySort.REFUSAL)


def test_two_replies_of_one_person_are_two_facts():
    first, second = (
        events_of(read_report(raw), raw=raw, at=NOON)[0]
        for raw in (a_mail("Je viens."), a_mail("Je viens.", Date="Tue, 5 Dec 2017 10:00:00 +0100"))
    )

    assert first.key != second.key
    assert first.match is Match.DELIVERY_ID
    assert first.reason == ReplySort.REQUEST
