"""What the doctor says about a sender, asked of a real name server on loopback."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer.model.health.health import HealthVerdict, exit_code_of
from mailer.model.health.relay import ServerCertificate
from mailer.network.resolver import OfflineDns, Resolver
from mailer.operations.doctor.identity import SenderIdentity
from mailer.operations.doctor.sender import SenderParts, launch_lines, refusals, sender_lines
from tests.counterparts.dns_server import dns_server
from tests.counterparts.right_setups import RIGHT, UNANSWERED
from tests.counterparts.sender_setups import BROKEN, Setup

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def lines_of(setup, dns):
    identity = SenderIdentity(
        from_domain=setup.from_domain,
        return_path=f"b+x@{setup.return_domain}",
        dkim_domain=setup.dkim_domain,
        selector="mailer",
        signs_one_click=True,
        unsubscribe_url="https://presse.institut.example/u/t",
    )
    parts = SenderParts(
        relay=setup.relay,
        private_key=lambda: setup.signing_key,
        label="SMTP",
        selectors=(),
        dns=dns,
        certificate_of=lambda _host, _port: ServerCertificate(NOW + timedelta(days=60)),
    )
    return list(sender_lines(identity, parts, now=NOW)), list(launch_lines(identity, parts))


def examined(setup, *, patience_s=20.0):
    with dns_server(setup.zone) as (server, _zone):
        return lines_of(setup, Resolver([server], patience_s=patience_s))


def told(lines):
    marks = {HealthVerdict.WRONG: "", HealthVerdict.REFUSED: "!"}
    return {f"{marks[each.verdict]}{each.question.name}" for each in lines if each.is_wrong}


def not_asked(lines):
    return {each.question.name for each in lines if each.verdict is HealthVerdict.NOT_ASKED}


@pytest.mark.parametrize("setup", BROKEN, ids=lambda setup: setup.name)
def test_issue_17_a_broken_set_up_is_told(setup):
    lines, at_launch = examined(setup)

    assert told(lines) == setup.told
    assert not any(line.verdict is HealthVerdict.RIGHT for line in lines if line.is_wrong)
    assert {f"!{line.question.name}" for line in refusals(at_launch)} == {
        each for each in setup.told if each.startswith("!")
    }
    assert exit_code_of(lines) == 1
    assert all(str(line.remedy) for line in lines if line.is_wrong)


@pytest.mark.parametrize("setup", RIGHT, ids=lambda setup: setup.name)
def test_issue_17_an_unusual_but_right_set_up_gives_no_alarm(setup):
    lines, at_launch = examined(setup)

    assert told(lines) == set()
    assert not_asked(lines) == setup.not_asked
    assert refusals(at_launch) == []
    assert exit_code_of(lines) == 0


@pytest.mark.parametrize("setup", UNANSWERED, ids=lambda setup: setup.name)
def test_issue_17_what_could_not_be_asked_is_a_third_answer_and_blocks_nothing(setup):
    lines, at_launch = examined(setup, patience_s=1.0 if "never" in setup.name else 20.0)

    assert told(lines) == set()
    assert not_asked(lines) >= setup.not_asked
    assert refusals(at_launch) == []
    assert exit_code_of(lines) == 0


def test_sixty_broken_and_twenty_right_set_ups_are_tried():
    assert len({setup.name for setup in BROKEN}) >= 60
    assert len({setup.name for setup in RIGHT}) >= 20


def test_offline_nothing_is_asked_and_nothing_blocks():
    lines, at_launch = lines_of(Setup("right"), OfflineDns())

    assert told(lines) == set()
    assert not_asked(lines) >= {"spf", "dkim", "dmarc", "mail-domains", "relay-name"}
    assert refusals(at_launch) == []
