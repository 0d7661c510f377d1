"""Two corrections, a move and a cancellation, as three calendar programs see them (S3, B1, B2)."""

from email import message_from_bytes
from email.policy import default as policy

import pytest

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address, Mailbox
from mailer.model.mailings.message import Embedded
from mailer.render.mime.invitation import addressed, is_personal
from tests.counterparts.amending import PressOffice
from tests.counterparts.calendar_clients import CLIENTS, Google, OutlookDesktop, entry_of, read
from tests.integration.test_amendments import FACTS, TEXT

ACCEPTED, ONLY_ANNOUNCED = "camille@press.example", "dominique@press.example"
SUBSTITUTE = "remplacant@press.example"


@pytest.fixture
def office(tmp_path, ledger):
    folder = tmp_path / "2026-mer"
    folder.mkdir()
    (folder / "campaign.toml").write_text(FACTS, "utf-8")
    for step in ("announcement", "reminder", "practical"):
        (folder / f"{step}.md").write_text(TEXT, "utf-8")
    office = PressOffice(folder, ledger, at="2026-03-20 10:00")
    office.knows(ACCEPTED, ONLY_ANNOUNCED)
    return office


@pytest.fixture
def whole_story(office):
    """Announced, accepted, corrected twice, moved, confirmed and cancelled; yields the post after
    each of them.
    """

    def tell():
        office.launches()
        office.runs("2026-03-23 09:30")
        office.answers(ACCEPTED)
        office.answers(SUBSTITUTE)
        yield "announcement"
        office.edits("Station marine", "Océanopolis")
        office.tells("correction", at="2026-03-24 10:00")
        yield "first correction"
        office.edits("T09:30:00", "T10:30:00")
        office.tells("correction", at="2026-03-24 11:00")
        yield "second correction"
        office.edits("2026-03-31", "2026-04-09")
        office.tells("move", at="2026-03-25 10:00")
        office.answers(ACCEPTED)
        office.answers(SUBSTITUTE)
        yield "move"
        office.runs("2026-04-08 15:00")
        yield "practical"
        office.tells("cancellation", at="2026-04-08 17:00")
        yield "cancellation"

    return tell()


def calendar_of(client, owner, post):
    """The calendar of somebody who opens every file of their mails once."""
    found = client(owner)
    for mail in post.mails:
        if mail.to == owner and mail.calendars:
            found.takes(mail.calendars[-1])
    return found


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("owner", [ACCEPTED, SUBSTITUTE])
def test_accredited_people_see_one_entry_that_changes_and_in_the_end_none(
    whole_story, office, client, owner
):
    seen = {}
    for chapter in whole_story:
        calendar = calendar_of(client, owner, office.post)
        seen[chapter] = [entry for entry in calendar.entries if entry.is_invited]

    assert [len(seen[each]) for each in seen] == [0, 1, 1, 1, 1, 0]
    assert "Océanopolis" in seen["first correction"][0].place
    assert f"{seen['second correction'][0].starts_at:%H:%M}" == "10:30"
    assert f"{seen['move'][0].starts_at:%d %H:%M}" == "09 10:30"
    assert len({entries[0].uid for entries in seen.values() if entries}) == 1


@pytest.mark.parametrize("client", CLIENTS)
def test_what_those_see_who_only_have_the_announcement_is_what_the_docs_say(
    whole_story, office, client
):
    for chapter in whole_story:
        if chapter == "move":
            after_move = calendar_of(client, ONLY_ANNOUNCED, office.post).entries
    at_the_end = calendar_of(client, ONLY_ANNOUNCED, office.post).entries

    places = [entry.place.partition(",")[0] for entry in after_move]
    if client is OutlookDesktop:
        assert places[0] == "Station marine"
        assert len(places) == 4
        assert at_the_end == after_move
    elif client is Google:
        assert places == ["Station marine"]
        assert at_the_end == after_move
    else:
        assert [f"{entry.starts_at:%d %H:%M}" for entry in after_move] == ["09 10:30"]
        assert at_the_end == []
    last = [mail for mail in office.post.mails if mail.to == ONLY_ANNOUNCED][-1]
    assert "effacez-la vous-même" in " ".join(last.text.split())


def test_uid_and_organizer_never_change_and_sequence_and_stamp_only_grow(whole_story, office):
    list(whole_story)
    files = [
        mail.calendars[-1] for mail in office.post.mails if mail.to == ACCEPTED if mail.calendars
    ]

    events = [entry_of(read(file)[1], is_invited=True) for file in files]

    assert len({(event.uid, event.organizer) for event in events}) == 1
    assert [event.sequence for event in events] == [0, 1, 2, 3, 3, 4]
    assert [event.stamp for event in events] == sorted({event.stamp for event in events})


def test_the_identity_survives_a_new_name_of_the_office_and_another_press_contact(office):
    office.launches()
    office.runs("2026-03-23 09:30")
    office.edits("claire@institut.example", "hugo@institut.example")

    told = office.tells("correction", at="2026-03-24 10:00")

    first, second = (
        entry_of(read(mail.calendars[-1])[1], is_invited=False)
        for mail in (office.post.mails[0], told[0])
    )
    assert (first.uid, first.organizer) == (second.uid, second.organizer)


def test_the_method_of_the_file_is_that_of_its_part_and_both_copies_are_equal(whole_story, office):
    list(whole_story)

    for mail in office.post.mails:
        message = message_from_bytes(mail.raw, policy=policy)
        parts = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
        for part in parts:
            method, event = read(part.get_payload(decode=True))
            assert part.get_param("method") == method
            assert (str(event["status"]) == "CANCELLED") == (method == "CANCEL")
            assert all(len(line) <= 75 for line in part.get_payload(decode=True).split(b"\r\n"))
        assert len({part.get_payload(decode=True) for part in parts}) <= 1
        personal = mail.to != ONLY_ANNOUNCED and mail.step != "announcement"
        assert len(parts) in ({0, 2} if personal else {0, 1})


def test_nobody_finds_the_address_of_another_in_their_entry(whole_story, office):
    list(whole_story)

    for mail in office.post.mails:
        others = {ACCEPTED, ONLY_ANNOUNCED, SUBSTITUTE} - {mail.to}
        assert not any(other.encode() in file for other in others for file in mail.calendars)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Zoé",
        'Zoé "la Voix" Martin',
        "Martin, Zoé; rédaction: web",
        "Zoé\r\nATTENDEE:mailto:intrus@press.example",
        "é" * 120,
        "新聞記者",
        "a" * 74,
    ],
)
def test_any_name_of_a_reader_gives_an_entry_with_one_attendee(name):
    content = (
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260324T090000Z\r\n"
        b"DTSTART:20260331T073000Z\r\nATTENDEE;CN=recipient;RSVP=FALSE:mailto:recipient@mailer.inv\r\n"
        b" alid\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    file = Embedded("m.ics", "text/calendar; method=REQUEST; charset=utf-8", content)

    made = addressed(file, Mailbox(Address.parse(ACCEPTED), name))

    assert is_personal(made)
    _method, event = read(made.content)
    assert str(event["attendee"]) == f"mailto:{ACCEPTED}"
    assert all(len(line) <= 75 for line in made.content.split(b"\r\n"))


def test_people_who_only_asked_get_no_invitation(office):
    office.launches()
    office.runs("2026-03-23 09:30")
    office.answers(ACCEPTED, AccreditationState.ASKED)
    office.edits("Station marine", "Océanopolis")

    told = office.tells("correction", at="2026-03-24 10:00")

    assert {read(mail.calendars[-1])[0] for mail in told} == {"PUBLISH"}
