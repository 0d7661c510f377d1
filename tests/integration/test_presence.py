"""Who came, by kind of media: the register against the directory, in every shape of the report."""

from datetime import timedelta

import pytest

from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    RegisterUpdate,
)
from mailer.model.address import Address
from mailer.model.reports.report import MediaPresence
from mailer.operations.campaigns.results.report import report
from mailer.pages.report import presence_rows, presence_table, report_page
from tests.counterparts.builders import ACTOR, NOON, a_contact, started
from tests.counterparts.empty_ledger import empty_ledger

State = AccreditationState


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def known(ledger, **kinds):
    contacts = [a_contact(f"{name}@press.example", media=kind) for name, kind in kinds.items()]
    ledger.contacts.save(contacts, actor=ACTOR, at=NOON)


def answers(ledger, *entries, **states):
    given = [
        *entries,
        *(
            Accreditation("meeting", Address(name, "press.example"), state, NOON)
            for name, state in states.items()
        ),
    ]
    ledger.accreditations.revise(
        "meeting", lambda _register: RegisterUpdate(tuple(given)), actor=ACTOR, at=NOON
    )


def made(ledger):
    return report("meeting", title="Meeting", ledger=ledger, now=NOON)


def test_each_kind_of_media_has_its_answers_and_those_who_came_however_it_is_typed(ledger):
    known(ledger, ada="Radio", bea="RADIO ", cy="PQR", dee="Radio")
    answers(ledger, ada=State.ATTENDED, bea=State.ACCEPTED, cy=State.DECLINED, dee=State.ASKED)

    radio, paper = made(ledger).presence

    assert radio == MediaPresence(radio.media, answers=3, expected=2, came=1, declined=0)
    assert radio.media.casefold() == "radio"
    assert radio.missing == 1
    assert paper == MediaPresence("PQR", answers=1, expected=0, came=0, declined=1)


def test_who_comes_in_somebody_s_place_has_their_kind_and_a_stranger_has_none(ledger):
    known(ledger, ada="Radio")
    substitute = Accreditation(
        "meeting",
        Address("eve", "press.example"),
        State.ATTENDED,
        NOON,
        in_place_of="Ada@press.example",
    )
    answers(ledger, substitute, ada=State.DECLINED, zoe=State.ATTENDED)

    radio, stranger = made(ledger).presence

    assert (radio.media, radio.answers, radio.came) == ("Radio", 2, 1)
    assert (stranger.media, stranger.came) == ("", 1)


def test_the_figures_add_up_to_the_register(ledger):
    known(ledger, ada="Radio", bea="PQR")
    answers(ledger, ada=State.ATTENDED, bea=State.ATTENDED, cy=State.WAITING, dee=State.REFUSED)

    found = made(ledger)

    assert sum(each.answers for each in found.presence) == sum(found.accreditations.values())
    assert sum(each.came for each in found.presence) == found.accreditations[State.ATTENDED]


def test_the_page_and_the_sheet_have_a_line_for_each_kind(ledger):
    started(ledger)
    known(ledger, ada="Radio")
    answers(ledger, ada=State.ATTENDED, zoe=State.ACCEPTED)
    found = made(ledger)

    page = report_page(found, say=str, language="en")
    rows = list(presence_rows(found, say=str))

    assert "Who came, by kind of media" in page
    assert ">Radio</th>" in page
    assert rows[1:] == [
        ("Radio", 1, 1, 1, 0, 0),
        ("kind not known", 1, 1, 0, 1, 0),
    ]


@pytest.mark.parametrize("starts_at", ["2017-12-09T09:30", "2017-12-09"])
def test_before_the_event_nobody_came_and_nobody_is_missed(ledger, starts_at):
    started(ledger, facts={"event.starts_at": starts_at})
    answers(ledger, ada=State.ACCEPTED, bea=State.DECLINED)

    before = made(ledger)
    after = report("meeting", title="Meeting", ledger=ledger, now=NOON + timedelta(days=6))

    assert [str(heading) for heading in next(presence_table(before))] == [
        *("Kind of media", "Answers", "Expected", "Will not come")
    ]
    assert list(presence_rows(before, say=str))[1:] == [("kind not known", 2, 1, 1)]
    assert list(presence_rows(after, say=str))[1:] == [("kind not known", 2, 1, 0, 1, 1)]
    assert "Who came" not in report_page(before, say=str, language="en")


def test_without_a_register_the_report_has_no_such_table(ledger):
    started(ledger)

    assert made(ledger).presence == ()
    assert "by kind of media" not in report_page(made(ledger), say=str, language="en")
