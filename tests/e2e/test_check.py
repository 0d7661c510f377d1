"""`mailer check`: what is accepted, corrected and explained, as a person types it."""

from mailer.checks import CHECKS
from tests.counterparts.drawn_pictures import drawn, release
from tests.e2e.commands import EXAMPLE, a_workspace, answers, mailer


def with_a_slip(tmp_path):
    """A workspace whose announcement says a word twice, and that file."""
    office = a_workspace(tmp_path / "office")
    text = office / "campaigns" / EXAMPLE / "announcement.md"
    text.write_bytes(text.read_bytes() + "\nUne étude de de 2017.\n".encode())
    return office, text


def test_a_finding_is_accepted_with_a_reason_that_plan_and_approve_show(tmp_path):
    office, text = with_a_slip(tmp_path)
    (slip,) = answers("check", EXAMPLE, workspace=office)

    mailer("check", EXAMPLE, "--accept", slip["id"], workspace=office, expect=77)
    mailer("check", EXAMPLE, "--accept", slip["id"], "--why", "voulu ainsi", workspace=office)

    said = mailer("check", EXAMPLE, workspace=office).stdout
    assert "voulu ainsi" in said
    assert "Rien à corriger" in said
    assert "voulu ainsi" in mailer("plan", EXAMPLE, workspace=office).stdout
    signed = mailer("approve", EXAMPLE, "--by", "Claire Delmas", workspace=office)
    assert "voulu ainsi" in signed.stdout
    text.write_text(text.read_text("utf-8").replace("étude de de", "étude rare de de"), "utf-8")
    (changed,) = answers("check", EXAMPLE, workspace=office)
    assert changed["accepted"] is None
    mailer("check", EXAMPLE, "--withdraw", slip["id"], workspace=office)
    mailer("check", EXAMPLE, "--withdraw", slip["id"], workspace=office, expect=77)


def test_the_difference_is_shown_and_corrected_when_one_agrees(tmp_path):
    office, text = with_a_slip(tmp_path)
    before = text.read_bytes()

    shown = mailer("check", EXAMPLE, "--fix", workspace=office, expect=None)
    untouched = text.read_bytes()
    done = mailer("check", EXAMPLE, "--fix", "--yes", workspace=office)

    assert "-Une étude de de 2017.\n+Une étude de 2017." in shown.stdout
    assert untouched == before
    assert text.read_bytes() == before.replace(b"de de 2017", b"de 2017")
    assert "Rien à corriger" in done.stdout
    assert "Rien" in mailer("check", EXAMPLE, "--fix", workspace=office).stdout


def test_a_check_says_why_it_asks_and_from_where_that_is_known():
    one = mailer("check", "--why", "long-sentence").stdout
    every = mailer("check", "--why", "all").stdout

    assert "ISO 24495-1:2023" in one
    assert every.count("\n") == 3 * len(CHECKS)
    assert "long-sentence" in mailer("check", "--why", "long-sentences", expect=77).stderr


def test_a_release_sent_as_a_picture_is_told_where_it_stands(tmp_path):
    office = a_workspace(tmp_path / "office")
    folder = office / "campaigns" / EXAMPLE
    (folder / "affiche.png").write_bytes(drawn(release, 5))
    text = folder / "announcement.md"
    text.write_bytes(text.read_bytes() + "\n![L’affiche](affiche.png)\n".encode())

    (told,) = answers("check", EXAMPLE, workspace=office)

    assert (told["check"], told["severity"]) == ("image-of-text", "warning")
    said = mailer("check", EXAMPLE, workspace=office).stdout
    assert "L’image affiche.png est faite surtout de texte." in said
    assert "1.4.5" in mailer("check", "--why", "image-of-text").stdout
