"""An accepted finding is recorded with its reason, replaced by a later one, and withdrawn."""

from dataclasses import replace

from mailer.model.drafts.accepted_finding import AcceptedFinding
from tests.counterparts.builders import ACTOR, NOON, after

ACCEPTED = AcceptedFinding("meeting", "1a2b3c4d", "link-over-http", "no other", NOON, "", "Ada")


def test_it_belongs_to_its_campaign_and_the_last_reason_holds(ledger):
    later = replace(ACCEPTED, why="their server has no other", at=after(hours=1))
    for each in (ACCEPTED, later, replace(ACCEPTED, campaign="other")):
        ledger.accepted_findings.accept(each, actor=ACTOR)

    assert ledger.accepted_findings.of_campaign("meeting") == [later]
    assert [line.action for line in ledger.journal.entries("meeting")] == ["accept-finding"] * 2


def test_it_is_withdrawn_once(ledger):
    ledger.accepted_findings.accept(ACCEPTED, actor=ACTOR)

    first, second = (
        ledger.accepted_findings.withdraw("meeting", "1a2b3c4d", actor=ACTOR, at=NOON)
        for _time in range(2)
    )

    assert (first, second) == (True, False)
    assert ledger.accepted_findings.of_campaign("meeting") == []
    assert ledger.journal.entries("meeting")[-1].action == "withdraw-acceptance"
