"""What comes back, and a person's acts on addresses, by the commands one types."""

import json
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, answers, mailer

FIXTURES = ROOT / "tests" / "corpus" / "bounces"


@pytest.fixture
def workspace(tmp_path):
    folder = tmp_path / "bureau"
    mailer("init", folder)
    people = tmp_path / "presse.csv"
    people.write_text(
        "Courriel;Prénom;Nom;Média;Téléphone\n"
        "lea.martin@quotidien.example;Léa;Martin;Le Quotidien;01 99 00 00 01\n"
        "paul@hebdo.example;Paul;Durand;=Hebdo;01 99 00 00 02\n",
        encoding="utf-8",
    )
    mailer("contacts", "import", people, "--list", "press", workspace=folder)
    return folder, people


def addresses(folder):
    return {
        line["address"]: line["suppressed"]
        for line in answers("contacts", "list", workspace=folder)
    }


def test_an_opposition_is_one_command_and_survives_another_import(workspace):
    folder, people = workspace
    shouted = people.with_name("autre.csv")
    shouted.write_text("Courriel;Nom\nPAUL@hebdo.example;Durand\n", encoding="utf-8")

    mailer(
        *("contacts", "suppress", "Paul@hebdo.example", "--by", "C. Delmas", "--why", "appel"),
        workspace=folder,
    )
    mailer("contacts", "import", shouted, "--list", "science", workspace=folder)

    suppressed = {address.casefold(): barred for address, barred in addresses(folder).items()}
    assert suppressed == {"lea.martin@quotidien.example": False, "paul@hebdo.example": True}


def test_lifting_needs_a_name_and_a_reason_and_is_undone_by_nothing_else(workspace):
    folder, _people = workspace
    act = ("contacts", "suppress", "paul@hebdo.example", "--by", "a.benali", "--why", "appel")
    mailer(*act, workspace=folder)
    again = mailer(*act, workspace=folder)

    mailer("contacts", "lift", "paul@hebdo.example", workspace=folder, expect=2)
    mailer(
        "contacts",
        "lift",
        "paul@hebdo.example",
        "--by",
        "a.benali",
        "--why",
        "a rappelé",
        workspace=folder,
    )

    assert "paul@hebdo.example" in again.stdout
    assert addresses(folder)["paul@hebdo.example"] is False


def test_a_forgotten_person_is_nowhere_and_does_not_come_back(workspace):
    folder, people = workspace

    mailer(
        "contacts", "forget", "paul@hebdo.example", "--by", "a.benali", "--yes", workspace=folder
    )
    mailer("contacts", "import", people, "--list", "press", workspace=folder)

    assert set(addresses(folder)) == {"lea.martin@quotidien.example"}
    for file in (folder / "var").glob("ledger.db*"):
        assert b"paul@hebdo.example" not in file.read_bytes()
        assert b"Durand" not in file.read_bytes()


def test_the_export_opens_in_a_spreadsheet_without_running_anything(workspace, tmp_path):
    folder, _people = workspace
    out = tmp_path / "out" / "presse.csv"

    mailer("contacts", "export", "--out", out, "--list", "press", workspace=folder)

    text = out.read_text(encoding="utf-8-sig")
    assert "lea.martin@quotidien.example" in text
    assert ";'=Hebdo;" in text
    assert out.stat().st_mode & 0o077 == 0


def test_an_address_put_right_is_told_and_nothing_is_sent_for_no_reason(workspace):
    folder, _people = workspace

    done = mailer(
        *(
            "contacts",
            "correct",
            "paul@hebdo.example",
            "p.durand@hebdo.example",
            "--by",
            "a.benali",
        ),
        workspace=folder,
        lang="en",
    )

    assert "nothing is sent again" in done.stdout
    assert "p.durand@hebdo.example" in addresses(folder)
    mailer(
        *("contacts", "correct", "nobody@hebdo.example", "x@hebdo.example", "--by", "a.benali"),
        workspace=folder,
        expect=77,
    )
    mailer(
        *("contacts", "correct", "not an address", "x@hebdo.example", "--by", "a.benali"),
        workspace=folder,
        expect=65,
    )


def test_returned_files_entered_in_the_ledger_are_on_the_list_of_people_to_call(workspace):
    folder, _people = workspace
    absence = FIXTURES / "absence-retour.eml"

    for _ in range(2):
        mailer("bounces", "read", absence, "--record", workspace=folder)
    (line,) = answers("bounces", "list", workspace=folder)
    shown = mailer("bounces", "list", workspace=folder, lang="en").stdout

    assert (line["name"], line["organisation"]) == ("Léa Martin", "Le Quotidien")
    assert line["absence"]["replacements"] == ["karim.benali@quotidien.example"]
    assert "01 99 00 00 01" in shown


def test_mbox_files_and_maildirs_are_read_mail_by_mail(tmp_path):
    first, second = (FIXTURES / f"{name}.eml" for name in ("qmail", "absence-retour"))
    box = tmp_path / "retours.mbox"
    box.write_bytes(
        b"".join(
            b"From MAILER-DAEMON Tue Dec  5 09:00:00 2017\n"
            + file.read_bytes().replace(b"\r\n", b"\n")
            + b"\n\n"
            for file in (first, second)
        )
    )
    maildir = tmp_path / "Maildir"
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    (maildir / "new" / "1.x").write_bytes(first.read_bytes())
    (maildir / "cur" / "2.x:2,S").write_bytes(second.read_bytes())
    (maildir / "tmp" / "3.x").write_bytes(b"half")

    found = [
        json.loads(line)
        for line in mailer("bounces", "read", "--json", box, maildir).stdout.splitlines()
    ]

    assert [(Path(one["file"]).name, one["kind"]) for one in found] == [
        ("retours.mbox:1", "bounce"),
        ("retours.mbox:2", "auto-reply"),
        ("2.x:2,S", "auto-reply"),
        ("1.x", "bounce"),
    ]


def test_a_file_that_is_not_there_is_told(tmp_path):
    refused = mailer("bounces", "read", tmp_path / "rien.eml", expect=65)

    assert "rien.eml" in refused.stderr


def test_without_a_mailbox_fetching_says_what_to_configure(workspace):
    folder, _people = workspace

    refused = mailer("bounces", "fetch", workspace=folder, expect=78)

    assert "feedback.imap.host" in refused.stderr
