"""What an office keeps of a campaign that has ended: `mailer archive`."""

import csv
import email
import hashlib
import re

import pytest

from tests.e2e.commands import EXAMPLE, a_workspace, answers, launched_example, mailer


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    workspace = a_workspace(tmp_path_factory.mktemp("sent") / "office")
    launched_example(workspace)
    mailer("run", "--until-idle", "--at", "2017-12-04T09:31", workspace=workspace)
    return workspace


def archived(workspace, out, *options):
    mailer("archive", EXAMPLE, "--out", out, *options, workspace=workspace)
    [folder] = out.iterdir()
    return folder


def addresses(workspace):
    return {each["address"] for each in answers("contacts", "list", workspace=workspace)}


def test_an_archive_holds_what_was_sent_signed_and_counted(workspace, tmp_path):
    folder = archived(workspace, tmp_path)

    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {
        "campaign/campaign.toml",
        "plan.csv",
        "sign-offs.csv",
        "counts.csv",
        "findings.csv",
    } <= names
    assert {
        "messages/announcement/associations.fr.eml",
        "messages/announcement/associations.fr.html",
    } <= names
    signed = (folder / "sign-offs.csv").read_text(encoding="utf-8-sig")
    assert "Claire Delmas" in signed
    counts = (folder / "counts.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.reader(counts, delimiter=";"))
    assert sum(int(row[2]) for row in rows[1:]) > 50
    sample = email.message_from_bytes(
        (folder / "messages/announcement/associations.fr.eml").read_bytes()
    )
    assert "lecteur.example" in sample["To"]


def test_the_manifest_has_the_hash_of_every_file(workspace, tmp_path):
    folder = archived(workspace, tmp_path)

    lines = (folder / "SHA256SUMS").read_text().splitlines()
    told = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"SHA256SUMS", ".made-by-mailer"}
    }
    assert told == there


def test_no_file_names_a_recipient_unless_that_is_asked_for(workspace, tmp_path):
    known = addresses(workspace)

    folder = archived(workspace, tmp_path)

    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode("utf-8", errors="replace")
            found = set(re.findall(r"[\w.+-]+@[\w.-]+\w", content))
            assert not found & known, path
    assert len(known) > 50


def test_with_people_one_file_names_them_and_the_journal_says_that_it_was_made(workspace, tmp_path):
    folder = archived(workspace, tmp_path, "--with-people")

    rows = (folder / "people.csv").read_text(encoding="utf-8-sig")
    found = set(re.findall(r"[\w.+-]+@[\w.-]+\w", rows))
    assert len(addresses(workspace) & found) > 50


def test_a_campaign_that_was_not_launched_has_nothing_to_archive(tmp_path):
    mailer("init", str(tmp_path / "office"))

    result = mailer("archive", EXAMPLE, workspace=tmp_path / "office", expect=77)

    assert not (tmp_path / "office" / "archives").exists()
    assert "Traceback" not in result.stderr
