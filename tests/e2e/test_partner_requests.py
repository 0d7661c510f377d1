"""What a partner asked for at the desk, decided by the commands one types."""

from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.address import Address
from mailer.model.team.actor import PROGRAM
from mailer.wiring.app import App
from tests.e2e.commands import EXAMPLE, answers, mailer


def asked(folder, *names):
    """Let an institution ask for these people, as it does at the desk."""
    with App(folder) as app:
        for name in names:
            request = PartnerRequest(
                campaign=EXAMPLE,
                partner="Académie",
                address=Address.parse(f"{name}@radio.example"),
                name=name.title(),
                organisation="Radio",
                person="pia",
                by="Pia",
                at=app.clock.now(),
            )
            app.ledger.partner_requests.add(request, actor=PROGRAM)


def test_the_office_lists_accepts_and_refuses_what_partners_ask_for(tmp_path):
    folder = tmp_path / "office"
    mailer("init", folder)
    asked(folder, "ana", "bob")
    verb = ("accreditations",)

    listed = mailer(*verb, "requests", EXAMPLE, workspace=folder, lang="en")
    assert "2 requests wait." in listed.stdout
    late = mailer(*verb, "accept", EXAMPLE, "1", workspace=folder, lang="en", expect=77)
    assert "deadline" in late.stderr
    mailer(*verb, "accept", EXAMPLE, "1", "--force", "the event was years ago", workspace=folder)
    mailer(*verb, "refuse", EXAMPLE, "2", "--reason", "La salle est pleine", workspace=folder)
    again = mailer(*verb, "refuse", EXAMPLE, "1", "--reason", "x", workspace=folder, expect=77)

    assert "1" in again.stderr
    found = answers(*verb, "requests", EXAMPLE, workspace=folder)
    assert [(each["name"], each["waits"], each["state"], each["reason"]) for each in found] == [
        ("Ana", False, "accepted", ""),
        ("Bob", False, "refused", "La salle est pleine"),
    ]
    register = answers(*verb, "list", EXAMPLE, workspace=folder)
    assert [each["address"] for each in register] == ["ana@radio.example"]
