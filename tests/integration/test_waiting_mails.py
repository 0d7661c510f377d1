"""What waits for somebody comes by mail, once a working day at most, and only news."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.calendar.instants import read_instant
from mailer.cli.terminal.remedies import command_line
from mailer.model.campaigns.campaign import CalendarEntry
from mailer.model.contacts.list_file import ListFile
from mailer.model.drafts.comment import Comment, CommentAnswer
from mailer.model.mailings.amendment import Amendment, AmendmentKind
from mailer.model.team.actor import Via, actor_for
from mailer.operations.campaigns.overviews.waiting import waiting_for
from mailer.service.service import Service
from tests.counterparts.builders import an_actor
from tests.counterparts.signing_links import (
    CLAIRE,
    CONFIG,
    NADIA,
    PUBLIC,
    WITH_ADDRESS,
    mails_in_outbox,
    parts,
)
from tests.counterparts.signing_links import signing_office as an_office
from tests.desk.visitors import EXAMPLE

MONDAY = read_instant("2017-12-11T08:30", zone="Europe/Paris")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CLAIRES = str(CLAIRE.address)
WRITER = an_actor(NADIA.name)


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path, WITH_ADDRESS) as app:
        app.clock.wait_until(MONDAY - 3 * DAY)
        yield app


def send_test(app):
    """Ask the signatories for their sign-off now."""
    app.ledger.journal.add(at=app.clock.now(), actor=WRITER, action="proof", subject=EXAMPLE)


def told(app, at, *, address=CLAIRES):
    """Let a new service look at this instant; return the mails to one person so far."""
    app.clock.wait_until(at)
    Service(app, instruct=command_line).notify_team(lambda _alert: None)
    return mails_in_outbox(app).get(address, [])


def test_4_a_mail_comes_at_the_hour_of_a_working_day_once_and_again_for_news_only(office):
    send_test(office)

    counts = [
        len(told(office, at))
        for at in (
            MONDAY - 2 * DAY,  # Saturday
            MONDAY - MINUTE,
            MONDAY,
            MONDAY + MINUTE,  # another service
            MONDAY + DAY,  # nothing new
        )
    ]
    office.clock.wait_until(MONDAY + DAY + MINUTE)
    send_test(office)  # after the hour: it is for the next day
    counts += [len(told(office, at)) for at in (MONDAY + DAY + 2 * MINUTE, MONDAY + 2 * DAY)]

    assert counts == [0, 0, 1, 1, 1, 1, 2]
    lines = office.ledger.journal.entries(CLAIRE.id, action="tell-waiting")
    assert len(lines) == 2


def test_4_each_thing_stands_in_the_mail_with_the_address_of_its_screen(office):
    send_test(office)
    asked = Comment(EXAMPLE, "announcement.md", "", "La date ?", CLAIRE.id, "Claire", MONDAY - DAY)
    number = office.ledger.comments.add(asked, actor=an_actor("Claire"))
    list_file = ListFile("f1", "presse.xlsx", "press", b"x", CLAIRE.name, MONDAY - DAY)
    office.ledger.list_files.keep(list_file)

    (mail,) = told(office, MONDAY)

    text, html = parts(mail)
    for screen in (f"campagnes/{EXAMPLE}/bon-a-tirer", "imports/f1"):
        assert f"https://{PUBLIC}/{screen}" in text.split()
        assert f"https://{PUBLIC}/{screen}" in html
    assert f"#commentaire-{number}" not in text  # she spoke last herself
    assert mail["To"].addresses[0].addr_spec == CLAIRES
    assert "List-Unsubscribe" not in mail


def test_4_a_drafted_correction_comes_to_who_signs_with_the_address_of_its_page(office):
    entry = CalendarEntry("a@example.invalid", "presse@institut.example", 1)
    drafted = Amendment(EXAMPLE, 2, AmendmentKind.MOVE, "", MONDAY - DAY, entry)
    author = replace(WRITER, person=NADIA.id)
    assert office.ledger.amendments.draft(drafted, actor=author)

    (mail,) = told(office, MONDAY)

    text, _html = parts(mail)
    assert f"https://{PUBLIC}/campagnes/{EXAMPLE}/rectifier" in text.split()
    assert f"postponement, drafted by {NADIA.name}" in text


def test_4_a_comment_comes_with_its_passage_its_words_and_the_address_of_its_screen(office):
    author = office.ledger.revisions.last_edit(EXAMPLE)
    assert author is None or author.person != CLAIRE.id
    passage, words = "Le  débat\naura lieu", "La salle est-elle confirmée ?"
    asked = Comment(EXAMPLE, "announcement.md", passage, "Vraiment ?", CLAIRE.id, "C", MONDAY - DAY)
    number = office.ledger.comments.add(asked, actor=an_actor("Claire"))
    silent = told(office, MONDAY)  # she spoke last
    answer = CommentAnswer(words, NADIA.id, NADIA.name, MONDAY + MINUTE)
    office.ledger.comments.answer(EXAMPLE, number, answer, actor=WRITER)

    (mail,) = told(office, MONDAY + DAY)

    text, html = parts(mail)
    address = f"https://{PUBLIC}/campagnes/{EXAMPLE}/textes/announcement.md#commentaire-{number}"
    assert silent == []
    assert address in text.split()
    assert address in html
    for said in ("Le débat aura lieu", words, NADIA.name):
        assert said in text
    assert len(told(office, MONDAY + 2 * DAY)) == 1  # nothing new since


def test_4_what_the_writer_asks_waits_for_those_who_sign_until_one_answers(office):
    facts = office.campaigns.folder(EXAMPLE) / "announcement.md"
    office.revisions.open_campaign(EXAMPLE)
    shown = office.revisions.open_campaign(EXAMPLE)
    office.revisions.save_files(
        EXAMPLE,
        {"announcement.md": f"{facts.read_text('utf-8')}\nUn mot.\n".encode()},
        base=shown.head.number,
        actor=replace(WRITER, person=NADIA.id, roles=NADIA.roles),
        why="",
    )
    asked = Comment(EXAMPLE, "announcement.md", "", "Cela convient ?", NADIA.id, "N", MONDAY - DAY)
    number = office.ledger.comments.add(asked, actor=WRITER)
    before = waiting_for(actor_for(CLAIRE, via=Via.DESK), [EXAMPLE], ledger=office.ledger)
    own = waiting_for(actor_for(NADIA, via=Via.DESK), [EXAMPLE], ledger=office.ledger)

    answer = CommentAnswer("Oui.", CLAIRE.id, CLAIRE.name, MONDAY)
    office.ledger.comments.answer(EXAMPLE, number, answer, actor=an_actor("Claire"))

    after = waiting_for(actor_for(CLAIRE, via=Via.DESK), [EXAMPLE], ledger=office.ledger)
    back = waiting_for(actor_for(NADIA, via=Via.DESK), [EXAMPLE], ledger=office.ledger)
    assert [each.words for each in before] == ["Cela convient ?"]
    assert (own, after) == ([], [])
    assert [each.words for each in back] == ["Oui."]


def test_4_a_killed_service_has_sent_at_most_once(office):
    send_test(office)
    key = ["sign"]
    office.ledger.waiting_mails.claim(
        CLAIRE.id, on=MONDAY.date(), tasks=key, at=MONDAY
    )  # and died, nobody knows whether before the mail left

    counts = [len(told(office, at)) for at in (MONDAY + MINUTE, MONDAY + DAY)]

    assert counts == [0, 1]


@pytest.mark.parametrize(
    ("config", "count"),
    [
        (CONFIG, 1),
        (f'{CONFIG}reminders = "off"\n', 0),
        (f"{CONFIG}reminders_at = 08:31:00\n", 0),
    ],
)
def test_4_the_configuration_says_whether_and_when(tmp_path, config, count):
    with an_office(tmp_path, config) as app:
        app.clock.wait_until(MONDAY - 3 * DAY)
        send_test(app)

        found = told(app, MONDAY)

    assert len(found) == count
    for mail in found:
        assert "At the desk: the page “Sign-off” of the campaign." in parts(mail)[0]
