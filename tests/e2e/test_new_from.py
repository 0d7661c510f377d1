"""A campaign begun with an old release, by the command one types."""

import json
import re
import tomllib

import pytest

from tests.e2e.commands import mailer
from tests.integration.test_word_files import TRACKED, a_document, paragraph, run
from tests.unit.test_recognised import ADVISORY

EXAMPLE = "2017-12-09-recherche-associations"
SLUG = "2026-03-31-mer"


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "office"
    mailer("init", folder)
    return folder


def in_word():
    lines = [line.lstrip("# ").replace("**", "") for line in ADVISORY.split("\n") if line.strip()]
    return a_document(*(paragraph(run(line)) for line in lines), TRACKED)


def in_a_mail():
    head = (
        "From: presse@station.example\nSubject: La mer\nContent-Type: text/plain; charset=utf-8\n"
    )
    return f"{head}Content-Transfer-Encoding: 8bit\n\n{ADVISORY}".encode()


def in_html():
    lines = "".join(f"<p>{line}</p>" for line in ADVISORY.replace("# ", "").split("\n") if line)
    return f"<!DOCTYPE html><body>{lines}<p style='display:none'>caché</p>".encode("cp1252")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("avis.docx", in_word()),
        ("avis.eml", in_a_mail()),
        ("avis.html", in_html()),
        ("avis.txt", ADVISORY.encode("cp1252")),
    ],
)
def test_an_old_release_gives_its_text_and_its_facts(office, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    said = mailer("new", SLUG, "--from", tmp_path / name, workspace=office)

    folder = office / "campaigns" / SLUG
    facts = tomllib.loads((folder / "campaign.toml").read_text("utf-8"))
    text = (folder / "announcement.md").read_text("utf-8")
    assert facts["kind"] == "advisory"
    assert facts["title"] == "La mer, cartographiée"
    assert f"{facts['event']['starts_at']}" == "2026-03-31 09:30:00"
    assert facts["accreditation"]["addresses"] == ["presse@station.example"]
    (contact,) = facts["press_contacts"]
    assert (contact["name"], contact["phone"]) == ("Anne-Sophie Le Goff", "02 61 91 00 12")
    assert contact["to_confirm"].startswith("Anne-Sophie Le Goff")
    assert "mardi 31 mars 2026 à 9 h 30, devant" in facts["event"]["to_confirm"]["starts_at"]
    assert "La Station marine présente ses cartes" in text
    assert "caché" not in text
    assert "Anne-Sophie" not in text
    assert "Anne-Sophie" in (folder / "original.txt").read_text("utf-8")
    assert "le mardi 31 mars 2026 à 9 h 30, devant" in said.stdout.replace("\u00a0", " ")
    assert ("modifications suivies" in said.stderr) == name.endswith("docx")


def test_what_is_given_stands_before_what_the_document_says(office, tmp_path):
    (tmp_path / "avis.docx").write_bytes(in_word())

    mailer(
        "new", SLUG, "--from", tmp_path / "avis.docx", "--title", "Autre titre",
        "--changes", "refuse", workspace=office,
    )  # fmt: skip

    folder = office / "campaigns" / SLUG
    assert 'title = "Autre titre"' in (folder / "campaign.toml").read_text("utf-8")
    assert "Le contrat dure 12 mois." in (folder / "announcement.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("avis.pdf", b"%PDF-1.7\n"),
        ("avis.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("avis.rtf", b"{\\rtf1 x}"),
        ("avis.docx", b"PK\x03\x04 damaged"),
        ("avis.bin", bytes(range(256)) * 9),
    ],
)
def test_what_is_no_text_is_said_in_words_and_makes_nothing(office, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    mailer("new", SLUG, "--from", tmp_path / name, workspace=office, expect=65)
    mailer("new", SLUG, "--from", tmp_path / "aucun.docx", workspace=office, expect=65)

    assert not (office / "campaigns" / SLUG).exists()


def test_the_check_blocks_until_somebody_has_confirmed_what_was_read(office, tmp_path):
    (tmp_path / "avis.txt").write_text(ADVISORY, "utf-8")
    mailer("new", SLUG, "--from", tmp_path / "avis.txt", workspace=office)

    before = mailer("check", SLUG, workspace=office, expect=1).stdout
    mailer("confirm", SLUG, "event.starts_at", "press_contacts.1", workspace=office)
    between = mailer("confirm", SLUG, workspace=office).stdout
    mailer("confirm", SLUG, "event.starts", workspace=office, expect=65)
    mailer("confirm", SLUG, "--all", workspace=office)
    after = mailer("check", SLUG, workspace=office, expect=1).stdout  # no list has people yet

    text = (office / "campaigns" / SLUG / "campaign.toml").read_text("utf-8")
    assert "mardi 31 mars 2026 à 9 h 30" in before.replace("\u00a0", " ")
    assert "fact-to-confirm" in before
    assert "event.starts_at" not in between
    assert "event.venue" in between
    assert "fact-to-confirm" not in after
    assert "to_confirm =" not in text
    assert "starts_at = 2026-03-31T09:30:00" in text


def test_any_release_is_read_over_without_making_a_campaign(office, tmp_path):
    (tmp_path / "avis.docx").write_bytes(in_word())

    said = mailer("check", "--text", tmp_path / "avis.docx", workspace=office)
    lines = mailer("check", "--text", tmp_path / "avis.docx", "--json", workspace=office).stdout

    found = [json.loads(line) for line in lines.splitlines()]
    assert re.search(r"\d+\s*(?:sur|of)\s*100", said.stdout)
    assert "left-in-document" in {each["check"] for each in found}
    assert sorted(path.name for path in (office / "campaigns").iterdir()) == [EXAMPLE]


def test_a_document_that_names_neither_kind_nor_headline_is_taken_over(office, tmp_path):
    (tmp_path / "note.txt").write_text("Le pont ouvre jeudi.\n", "utf-8")

    said = mailer("new", SLUG, "--from", tmp_path / "note.txt", workspace=office)

    facts = tomllib.loads((office / "campaigns" / SLUG / "campaign.toml").read_text("utf-8"))
    assert facts["kind"] == "press-release"
    assert facts["to_confirm"]["kind"] == "Le pont ouvre jeudi."
    assert "ne dit pas sa nature" in said.stderr


def test_what_nobody_can_be_asked_is_named_in_plain_words(office):
    said = mailer("new", SLUG, "--title", "Le pont", workspace=office, expect=2)

    assert "--kind" in said.stderr
    assert "personne n’est là" in " ".join(said.stderr.replace("│", " ").split())
