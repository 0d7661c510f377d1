"""A finding is accepted with a reason that whoever signs off reads."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.drawn_pictures import drawn, release
from tests.desk.visitors import CAMPAIGN, EXAMPLE, READER, SIGNATORY

CHECKS = f"{CAMPAIGN}/verifications"
WHY = "Le partenaire l’écrit ainsi."


@pytest.fixture
def slips(desk):
    """The desk of a campaign whose announcement has a slip, and a link that leads nowhere."""
    text = desk.app.workspace / "campaigns" / EXAMPLE / "announcement.md"
    text.write_bytes(text.read_bytes() + "\nUne étude de de 2017. [Suite](#)\n".encode())
    found = desk.app.drafts.findings(EXAMPLE)
    return {
        severity: [each for each in found if each.severity is severity] for severity in Severity
    }


def test_it_stays_visible_with_its_reason_and_the_signatory_reads_it(desk, slips):
    (slip,) = slips[Severity.WARNING]
    writer, signatory = desk.visitor(), desk.visitor(SIGNATORY)

    refused = writer.post(CHECKS, accept=slip.id, **{f"why-{slip.id}": " "})
    writer.post(CHECKS, accept=slip.id, **{f"why-{slip.id}": WHY})

    assert refused.status == 422
    assert f'id="why-{slip.id}-wrong-1"' in refused.html
    assert WHY in writer.get(CHECKS).text
    assert WHY in signatory.get(f"{CAMPAIGN}/bon-a-tirer").text
    (line,) = desk.app.ledger.journal.entries(EXAMPLE, action="accept-finding")
    assert (line.name, WHY in line.detail) == ("Nadia Leroy", True)
    writer.post(CHECKS, withdraw=slip.id)
    assert WHY not in signatory.get(f"{CAMPAIGN}/bon-a-tirer").text


def test_what_blocks_is_not_accepted_nor_by_somebody_who_only_reads(desk, slips):
    (blocking,) = slips[Severity.ERROR]
    (slip,) = slips[Severity.WARNING]

    refused = desk.visitor().post(CHECKS, accept=blocking.id, **{f"why-{blocking.id}": WHY})
    reader = desk.visitor(READER)
    unread = reader.post(CHECKS, accept=slip.id, **{f"why-{slip.id}": WHY})

    assert refused.status == 422
    assert unread.status in {403, 409, 422}
    assert "Accepter" not in reader.get(CHECKS).text
    assert desk.app.ledger.accepted_findings.of_campaign(EXAMPLE) == []


def test_what_has_one_right_correction_is_corrected_after_a_look_at_the_difference(desk, slips):
    (slip,) = slips[Severity.WARNING]
    text = desk.app.workspace / "campaigns" / EXAMPLE / "announcement.md"
    before, writer = text.read_bytes(), desk.visitor()
    page = f"{CHECKS}/corriger?remarque={slip.id}"

    shown = writer.get(page)
    stale = writer.post(f"{CHECKS}/corriger", base=999, only=slip.id)
    unread = desk.visitor(READER).post(f"{CHECKS}/corriger", base=shown.hidden("base"))
    done = writer.post(f"{CHECKS}/corriger", base=shown.hidden("base"), only=slip.id)

    assert "<del>Une étude de de 2017." in shown.html
    assert (stale.status, done.status) == (422, 303)
    assert unread.status in {403, 409, 422}
    assert text.read_bytes() == before.replace("étude de de".encode(), "étude de".encode())
    head = desk.app.revisions.open_campaign(EXAMPLE).head
    assert head.name == "Nadia Leroy"
    assert {each.check for each in desk.app.drafts.findings(EXAMPLE)} == {"link-without-target"}


def test_whether_the_links_open_is_asked_when_somebody_wants_to_know(desk):
    """Nobody has the names of the example, so that no link of it opens."""
    unread = desk.visitor(READER).post(f"{CHECKS}/liens")

    tried = desk.visitor().post(f"{CHECKS}/liens")

    assert unread.status in {403, 409, 422}
    assert "liens méritent un coup d’œil" in tried.text
    assert "https://www.academie.example" in tried.text


def test_a_release_sent_as_a_picture_stands_among_the_checks(desk):
    folder = desk.app.workspace / "campaigns" / EXAMPLE
    (folder / "affiche.png").write_bytes(drawn(release, 5))
    text = folder / "announcement.md"
    text.write_bytes(text.read_bytes() + "\n![L’affiche](affiche.png)\n".encode())

    assert "L’image affiche.png est faite surtout de texte." in desk.visitor().get(CHECKS).text
