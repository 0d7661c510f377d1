"""Item 4 on the command line: requests from a list and a mail, confirmed, and exported."""

import json

import pytest

from tests.e2e.commands import EXAMPLE, a_workspace, mailer

LIST = "Nom;Média;Courriel\nAna Petit;Radio Exemple;ana@radio.example\nSans;;rien(arobase\n"
MAIL = b"From: Bo Roux <bo@tele.example>\r\nSubject: Demande\r\n\r\nBonjour, je viens.\r\n"


@pytest.fixture
def office(tmp_path):
    workspace = a_workspace(tmp_path / "office", lists=False)
    (tmp_path / "liste.csv").write_text(LIST, "utf-8")
    (tmp_path / "demande.eml").write_bytes(MAIL)
    return workspace


def test_item_4_requests_are_shown_taken_in_once_and_written_to_a_file(office, tmp_path):
    asked = ("import", EXAMPLE, tmp_path / "liste.csv", tmp_path / "demande.eml")
    out = tmp_path / "registre.csv"

    dry = mailer("accreditations", *asked, "--dry-run", workspace=office)
    done = mailer("accreditations", *asked, workspace=office)
    again = mailer("accreditations", *asked, workspace=office)
    mailer("accreditations", "confirm", EXAMPLE, workspace=office)
    mailer("accreditations", "export", EXAMPLE, "--out", out, workspace=office)

    assert "ana@radio.example" in dry.stdout
    # The event of the example is over, so that the rules accept nobody any more.
    said = done.stdout.replace("\u00a0", " ")
    assert "ana@radio.example : en liste d’attente" in said
    assert "bo@tele.example : en liste d’attente" in said
    assert "rien(arobase" in done.stderr
    assert "n’a l’adresse ana@radio.example" in done.stderr
    assert "2 personnes étaient déjà au registre" in again.stdout
    rows = out.read_text("utf-8-sig").splitlines()
    assert [row.partition(";")[0] for row in rows[1:]] == ["ana@radio.example", "bo@tele.example"]


def test_a_list_for_the_door_is_listed_until_its_destruction_is_confirmed(office, tmp_path):
    mailer(
        "accreditations",
        "add",
        EXAMPLE,
        "ana@radio.example",
        "--force",
        "à la porte",
        workspace=office,
    )
    mailer("accreditations", "door", EXAMPLE, "--out", tmp_path / "porte.xlsx", workspace=office)

    listed = json.loads(mailer("retention", "list", "--json", workspace=office).stdout)
    (copy,) = listed["door_lists"]
    done = mailer("retention", "destroyed", str(copy["number"]), workspace=office)
    twice = mailer("retention", "destroyed", str(copy["number"]), workspace=office, expect=65)

    assert {each["what"] for each in listed["kept"]} >= {"contact", "card-number"}
    assert "est détruite" in done.stdout
    assert "ne reste à détruire" in twice.stderr
    assert "Aucune liste" in mailer("retention", "list", workspace=office).stdout
