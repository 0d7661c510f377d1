"""Who may see which lines of the journal, how they are exported, and anchors outside the ledger."""

from contextlib import closing

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import ContentError
from mailer.journal.chain import anchors_in
from mailer.journal.words import act_name
from mailer.ledger import open_ledger, read_anchors
from mailer.ledger.restoring import restore
from mailer.model.address import Address
from mailer.model.journal.chain import BrokenBy
from mailer.model.journal.line import EVERY_LINE, JournalFilter
from mailer.model.team.actor import PROGRAM, Via
from mailer.model.team.person import Role
from mailer.operations.campaigns.results.report import report
from mailer.operations.journal import (
    begin_of_day,
    journal_page,
    known_act,
    problem_of,
    verify_journal,
)
from mailer.pages.report import report_page
from tests.counterparts.builders import ACTOR, NOON, a_bar, after, an_actor
from tests.counterparts.desk import an_office, give_password, signed_in
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.team import ADA, a_person

LINES = [
    ("sign-in", "team", "id-bea"),
    ("launch", "meeting", "id-bea"),
    ("lift", "ada@press.example", "id-cy"),
    ("adopt", "ledger", "id-cy"),
    ("export", "meeting/reminder", "id-cy"),
]


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def seen(ledger, actor, wanted=EVERY_LINE):
    page = journal_page(wanted, before=None, limit=99, actor=actor, ledger=ledger)
    return [(line.action, line.subject, line.person) for line in reversed(page)]


@pytest.mark.parametrize(
    ("roles", "numbers"),
    [
        ({Role.ADMINISTRATOR}, [0, 1, 2, 3, 4]),
        ({Role.ADMINISTRATOR, Role.READER}, [0, 1, 2, 3, 4]),
        ({Role.SIGNATORY}, [0, 1, 2, 4]),
        ({Role.EDITOR}, [0, 1, 2, 4]),
        ({Role.READER}, [0, 1]),
        (set(), [0, 1]),
    ],
)
def test_each_role_sees_its_own_lines_of_the_journal_and_no_other_s(ledger, roles, numbers):
    """Bea signed in and launched; Cy adopted the ledger."""
    for action, subject, person in LINES:
        ledger.journal.add(
            at=NOON, actor=an_actor(person.removeprefix("id-")), action=action, subject=subject
        )

    assert seen(ledger, an_actor("bea", roles=roles)) == [LINES[number] for number in numbers]


def test_lines_are_found_by_person_act_campaign_and_days_together(ledger):
    for day in range(4):
        for person in ("bea", "cy"):
            for action in ("launch", "export"):
                for subject in ("meeting", "meeting/reminder", "meeting-2"):
                    ledger.journal.add(
                        at=after(days=day), actor=an_actor(person), action=action, subject=subject
                    )
    wanted = JournalFilter(
        subject="meeting",
        who="id-cy",
        action="launch",
        since=begin_of_day("2017-12-05", zone="Europe/Paris"),
        before=begin_of_day("2017-12-06", zone="Europe/Paris", days_later=1),
    )

    found = ledger.journal.page(wanted)

    assert sorted((line.at, line.subject) for line in found) == [
        (after(days=day), subject) for day in (1, 2) for subject in ("meeting", "meeting/reminder")
    ]
    assert {(line.person, line.action) for line in found} == {("id-cy", "launch")}


@pytest.mark.parametrize("day", ["5 décembre", "2017-13-01", "9999-12-31", "05/12/2017"])
def test_a_day_that_is_none_is_refused_with_an_example(day):
    with pytest.raises(ContentError, match="2017-12-04"):
        begin_of_day(day, zone="Europe/Paris", days_later=1)


def test_a_day_that_begins_outside_the_calendar_in_utc_is_refused():
    with pytest.raises(ContentError, match="2017-12-04"):
        begin_of_day("0001-01-01", zone="Europe/Paris")


# Anchors


def test_each_backup_has_an_anchor_beside_it_and_in_it(ledger, tmp_path):
    for number in range(3):
        ledger.suppressions.add(a_bar(f"a{number}@press.example"), actor=ACTOR)
        ledger.backups.create(at=after(hours=number))

    listed = read_anchors(str(tmp_path / "backups" / "journal-anchors.txt"))
    copies = sorted((tmp_path / "backups").glob("*.db"))

    assert [anchor.count for anchor in listed] == [1, 2, 3]
    assert [read_anchors(str(copy)) for copy in copies] == [[anchor] for anchor in listed]
    assert verify_journal(listed, ledger=ledger).broken is None


def test_erasing_a_person_keeps_the_anchors_although_it_removes_the_backups(ledger, tmp_path):
    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    ledger.backups.create(at=NOON)

    ledger.erasure.forget(
        Address.parse("ada@press.example"), actor=ACTOR, why="asked", at=after(hours=1)
    )

    file = tmp_path / "backups" / "journal-anchors.txt"
    assert len(read_anchors(str(file))) == 2
    assert "ada@" not in file.read_text("utf-8")
    assert verify_journal(read_anchors(str(file)), ledger=ledger).broken is None


def test_a_report_has_the_anchor_of_its_day(ledger):
    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    made = report("meeting", title="Meeting", ledger=ledger, now=NOON)
    page = report_page(made, say=str, language="en")

    assert anchors_in(page) == [ledger.journal.end()]


def test_after_a_restore_the_remedy_names_who_restored_and_when(tmp_path):
    url = empty_ledger(tmp_path / "ledger.db")
    with closing(open_ledger(url)) as ledger:
        ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
        ledger.backups.create(at=NOON)
        ledger.suppressions.add(a_bar("bea@press.example"), actor=ACTOR)
        later = ledger.journal.end()
    restore(url, actor=ACTOR, at=after(hours=1))

    with closing(open_ledger(url)) as restored:
        kept = read_anchors(str(tmp_path / "backups" / "journal-anchors.txt"))
        assert verify_journal(kept, ledger=restored).broken is None
        verified = verify_journal([later], ledger=restored)

    assert verified.broken.by in {BrokenBy.CUT, BrokenBy.REWRITTEN}
    assert f"{ACTOR.name} restored a backup on 2017-12-04" in str(
        problem_of(verified.broken, verified)
    )


@pytest.mark.parametrize("content", [b"", b"12:30", b"SQLite format 3\0", bytes(range(256))])
def test_a_file_without_an_anchor_is_said_to_have_none(tmp_path, content):
    file = tmp_path / "bilan.html"
    file.write_bytes(content)

    for named in (str(file), str(tmp_path / "none"), "3:abc", "\0"):
        with pytest.raises(ContentError, match="no anchor"):
            read_anchors(named)


# The page


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path, SimulatedClock(NOON), [ADA, a_person("Cy", Role.READER)]) as app:
        yield app


def test_the_export_of_the_page_has_the_lines_it_shows_and_a_line_of_its_own(office):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    office.ledger.journal.add(at=NOON, actor=PROGRAM, action="export", subject="réunion")

    page = browser.get("/journal?sujet=r%C3%A9union&qui=mailer&acte=export&du=2017-12-04")
    done = browser.post("/journal.xlsx", {"sujet": "réunion", "qui": "mailer"})

    assert "réunion" in page.text
    assert page.hidden("sujet") == "réunion"
    assert done.headers["content-disposition"] == 'attachment; filename="journal.xlsx"'
    line = office.ledger.journal.entries("journal")[-1]
    assert (line.action, line.detail, line.via) == ("export", "1 lines", Via.DESK)


def test_each_wrong_day_is_said_at_its_field_on_the_page_which_still_shows_the_rest(office):
    browser = signed_in(office, ADA)

    page = browser.get("/journal?du=hier&au=2017-02-30")

    assert (page.status, "2017-12-04" in page.text) == (200, True)
    for name, typed in (("du", "hier"), ("au", "2017-02-30")):
        assert f'<p class="wrong-why" id="{name}-why" role="alert">{typed}' in page.text
        assert f'aria-describedby="{name}-why"' in page.text


def test_an_act_is_meant_by_its_code_or_its_name():
    assert known_act("launch") == known_act(str(act_name("launch"))) == "launch"
    assert not known_act("")


def test_an_unknown_act_is_refused_and_all_are_named():
    with pytest.raises(ContentError, match="launch") as refused:
        known_act("lunch")

    assert str(refused.value).startswith("lunch:")
