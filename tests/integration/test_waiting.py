"""What waits for one person, and leaves when it is done: signatures, comments, texts, rows."""

from dataclasses import replace

import pytest

from mailer.ledger import open_ledger
from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.address import Address
from mailer.model.campaigns.campaign import CalendarEntry
from mailer.model.contacts.list_file import ListFile
from mailer.model.drafts.comment import Comment, CommentAnswer
from mailer.model.mailings.amendment import Amendment, AmendmentKind
from mailer.model.mailings.mailing import SignOff
from mailer.model.team.person import Role
from mailer.operations.campaigns.overviews.waiting import WaitingFor, waiting_for
from tests.counterparts.builders import ACTOR, a_revision, after, an_actor
from tests.counterparts.empty_ledger import empty_ledger

WRITER = an_actor("Ada", roles={Role.EDITOR})
SIGNATORY = an_actor("Bea", roles={Role.SIGNATORY})
OTHER_WRITER = an_actor("Cy", roles={Role.EDITOR})
READER = an_actor("Dan", roles={Role.READER})
KEEPER = an_actor("Eve", roles={Role.ADMINISTRATOR})
PIA = an_actor("Pia", roles={Role.PARTNER})
EVERYBODY = (WRITER, SIGNATORY, OTHER_WRITER, READER, KEEPER)


@pytest.fixture
def ledger(tmp_path):
    """A campaign that Ada has written."""
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    save(ledger, number=1, hour=1)
    yield ledger
    ledger.close()


def save(ledger, *, number, hour, actor=WRITER):
    revision = a_revision(number, files={"a.md": str(number)}, actor=actor, at=after(hours=hour))
    assert ledger.revisions.add(revision, contents={str(number): b"text"})


def send_test(ledger, *, hour):
    ledger.journal.add(at=after(hours=hour), actor=WRITER, action="proof", subject="meeting")


def decide(ledger, *, hour, because="", actor=SIGNATORY):
    decision = SignOff(
        "meeting", "f", actor.name, after(hours=hour), person=actor.person, refused_because=because
    )
    ledger.mailings.sign(decision, actor=actor)


def draft_a_correction(ledger, *, hour, actor=WRITER):
    entry = CalendarEntry("a@example.invalid", "presse@institut.example", 1)
    drafted = Amendment("moved", 2, AmendmentKind.CORRECTION, "pardon", after(hours=hour), entry)
    assert ledger.amendments.draft(drafted, actor=actor)
    return drafted


def seen(ledger):
    """What waits for whom."""
    return {
        actor.name: [each.what for each in found]
        for actor in EVERYBODY
        if (found := waiting_for(actor, ["meeting"], ledger=ledger))
    }


def test_a_signature_waits_from_the_test_to_the_decision_and_again_after_another_test(ledger):
    assert seen(ledger) == {}
    send_test(ledger, hour=2)
    assert seen(ledger) == {"Bea": [WaitingFor.SIGN]}

    decide(ledger, hour=3)
    assert seen(ledger) == {}

    send_test(ledger, hour=4)
    assert seen(ledger) == {"Bea": [WaitingFor.SIGN]}


def test_whoever_wrote_the_last_change_is_not_asked_to_sign_it(ledger):
    save(ledger, number=2, hour=2, actor=SIGNATORY)
    send_test(ledger, hour=3)

    assert seen(ledger) == {}


def test_a_refused_text_waits_for_its_author_until_somebody_saves(ledger):
    decide(ledger, hour=2, because="la date")
    assert seen(ledger) == {"Ada": [WaitingFor.CORRECT]}

    save(ledger, number=2, hour=3, actor=OTHER_WRITER)
    assert seen(ledger) == {}


def test_a_comment_waits_for_the_author_then_for_who_asked_until_it_is_closed(ledger):
    asked = Comment("meeting", "a.md", "", "?", SIGNATORY.person, "Bea", after(hours=2))
    number = ledger.comments.add(asked, actor=SIGNATORY)
    assert seen(ledger) == {"Ada": [WaitingFor.ANSWER]}

    said = CommentAnswer("Oui.", WRITER.person, "Ada", after(hours=3))
    ledger.comments.answer("meeting", number, said, actor=WRITER)
    assert seen(ledger) == {"Bea": [WaitingFor.ANSWER]}

    ledger.comments.close("meeting", number, actor=SIGNATORY, at=after(hours=4))
    assert seen(ledger) == {}


def test_rows_in_doubt_wait_for_whoever_brought_the_list(ledger):
    ledger.list_files.keep(ListFile("f", "presse.xlsx", "press", b"x", "Cy", after(hours=1)))
    assert seen(ledger) == {"Cy": [WaitingFor.DECIDE_ROWS]}

    ledger.list_files.discard("f")
    assert seen(ledger) == {}


def test_what_waits_longest_stands_first_and_only_of_campaigns_that_are_not_launched(ledger):
    send_test(ledger, hour=5)
    asked = Comment("meeting", "a.md", "", "?", WRITER.person, "Ada", after(hours=2))
    number = ledger.comments.add(asked, actor=ACTOR)
    said = CommentAnswer("Non.", SIGNATORY.person, "Bea", after(hours=3))
    ledger.comments.answer("meeting", number, said, actor=SIGNATORY)
    ledger.comments.answer(
        "meeting", number, CommentAnswer("Si.", WRITER.person, "Ada", after(hours=4)), actor=WRITER
    )

    assert seen(ledger) == {"Bea": [WaitingFor.ANSWER, WaitingFor.SIGN]}
    assert waiting_for(SIGNATORY, [], ledger=ledger) == []


def test_requests_of_partners_wait_for_those_who_accredit_until_they_are_decided(ledger):
    numbers = [
        ledger.partner_requests.add(
            PartnerRequest(
                campaign="meeting",
                partner=partner,
                address=Address.parse("cy@radio.example"),
                name="Cy Roy",
                organisation="Radio",
                person="pia",
                by="Pia",
                at=after(hours=hour),
            ),
            actor=PIA,
        )
        for hour, partner in enumerate(("Academy", "Museum"))
    ]
    assert seen(ledger) == {each: [WaitingFor.ACCREDIT] for each in ("Ada", "Bea", "Cy", "Eve")}
    (task,) = waiting_for(WRITER, [], ledger=ledger)
    assert (task.words, task.at, task.number) == ("Academy, Museum", after(hours=0), numbers[1])
    assert task.path == "/campagnes/meeting/accreditations#demandes"
    assert waiting_for(PIA, ["meeting"], ledger=ledger) == []

    for number in numbers:
        ledger.partner_requests.refuse("meeting", number, reason="x", actor=WRITER, at=after())
    assert seen(ledger) == {}


def test_a_drafted_correction_waits_for_those_who_sign_until_they_decide_or_it_is_dropped(ledger):
    drafted = draft_a_correction(ledger, hour=2)
    (task,) = waiting_for(SIGNATORY, [], ledger=ledger)
    assert seen(ledger) == {"Bea": [WaitingFor.SIGN_AMENDMENT]}
    assert (task.path, task.by, task.at) == ("/campagnes/moved/rectifier", "Ada", after(hours=2))

    decision = SignOff("moved", "f", "Bea", after(hours=3), person=SIGNATORY.person)
    ledger.mailings.sign(decision, actor=SIGNATORY)
    assert seen(ledger) == {}

    draft_a_correction(ledger, hour=4)
    assert seen(ledger) == {"Bea": [WaitingFor.SIGN_AMENDMENT]}
    assert not ledger.amendments.drop(drafted, actor=WRITER, at=after(hours=5))  # drafted again
    (found,) = ledger.amendments.open()
    assert ledger.amendments.drop(found.amendment, actor=WRITER, at=after(hours=5))
    assert not ledger.amendments.drop(found.amendment, actor=WRITER, at=after(hours=5))
    assert (seen(ledger), list(ledger.amendments.open())) == ({}, [])
    (line,) = ledger.journal.entries("moved", action="drop-correction")
    assert (line.name, line.detail) == ("Ada", "pardon")


def test_a_drafted_correction_waits_for_nobody_who_wrote_its_last_change(ledger):
    draft_a_correction(ledger, hour=2, actor=SIGNATORY)
    assert seen(ledger) == {}

    edit = replace(
        a_revision(1, files={"a.md": "1"}, actor=WRITER, at=after(hours=3)), campaign="moved"
    )
    assert ledger.revisions.add(edit, contents={"1": b"text"})
    assert seen(ledger) == {"Bea": [WaitingFor.SIGN_AMENDMENT]}
