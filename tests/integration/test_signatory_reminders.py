"""Signatories are reminded a day before, and a late signature moves nothing."""

from datetime import timedelta

import pytest

from mailer.calendar.instants import read_instant
from mailer.cli.terminal.remedies import command_line
from mailer.errors import RuleError
from mailer.operations.campaigns.approval.late_signature import held_without_signature
from mailer.service.service import Service
from tests.counterparts.signing_links import (
    WITH_ADDRESS,
    links,
    mails_in_outbox,
    parts,
    signing_office,
)
from tests.desk.signatories import launch, sign
from tests.desk.visitors import EXAMPLE

FIRST = read_instant("2017-12-04T09:30", zone="Europe/Paris")


@pytest.fixture
def office(tmp_path):
    with signing_office(tmp_path, WITH_ADDRESS) as app:
        yield app


def served(app, at):
    """Let a new service look at this instant; return who was reminded so far."""
    app.clock.wait_until(at)
    Service(app, instruct=command_line).notify_team(lambda _alert: None)
    return reminded(app)


def reminded(app):
    lines = app.ledger.journal.entries(EXAMPLE, action="remind-signatory")
    return [each.detail.partition(":")[0] for each in lines]


def test_nobody_is_reminded_of_what_has_its_signatures(office):
    sign(office, "Hugo Marchetti")

    assert served(office, FIRST - timedelta(hours=23)) == []


def test_each_missing_signatory_gets_one_reminder_with_a_link_of_their_own(office):
    early = served(office, FIRST - timedelta(hours=24, minutes=1))
    first = served(office, FIRST - timedelta(hours=24))
    again = served(office, FIRST - timedelta(hours=12))

    assert (early, sorted(first), sorted(again)) == ([], ["claire", "hugo"], ["claire", "hugo"])
    mails = mails_in_outbox(office)
    for address in ("claire@office.example", "hugo@office.example"):
        (mail,) = mails[address]
        text, html = parts(mail)
        (link,) = links(text)
        assert "is to leave on 2017-12-04 09:30" in text
        assert links(html) == {link}
    assert links(parts(mails["claire@office.example"][0])[0]) != links(
        parts(mails["hugo@office.example"][0])[0]
    )


def test_a_late_signature_moves_nothing_and_says_what_is_held(office):
    in_time = held_without_signature(EXAMPLE, drafts=office.drafts)
    office.clock.wait_until(FIRST + timedelta(minutes=1))

    sign(office, "Claire Delmas")
    told = held_without_signature(EXAMPLE, drafts=office.drafts)

    assert in_time is None
    assert "announcement" in str(told)
    assert "no signature sends it" in str(told)
    with pytest.raises(RuleError, match="was to leave on"):
        launch(office)
    assert office.ledger.mailings.summaries() == []
