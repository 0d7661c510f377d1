"""What mail programs make of a campaign, by the command one types and on its page at the desk."""

from tests.e2e.commands import EXAMPLE, answer, mailer

PAGE = """<!DOCTYPE html>
<div style="display: flex; width: calc(100% - 2rem)">
<video src="entretien.mp4"></video>
</div>
"""


def test_a_page_is_read_against_the_table_without_a_workspace(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")

    found = answer("compatibility", "--html", page)

    by_name = {each["feature"]: each for each in found["features"]}
    assert "gmail.ios" in by_name["html-video"]["missing"]
    assert by_name["html-video"]["line"] == 3
    assert by_name["css-display-flex"]["words"] == "display: flex"
    assert found["features"][0]["loss"] == "content"
    said = mailer("compatibility", "--html", page).stdout
    assert "<video>" in said
    assert "ce qui s’y trouve" in said
    assert f"caniemail.com du {found['date']}" in said


def test_the_templates_that_come_with_the_program_lose_nothing_that_matters(tmp_path):
    mailer("init", tmp_path / "office")

    found = answer("compatibility", EXAMPLE, workspace=tmp_path / "office")

    assert [
        each["feature"]
        for each in found["features"]
        if each["loss"] != "ornament" and each["missing"]
    ] == []
    assert (
        "ne font qu’orner" in mailer("compatibility", EXAMPLE, workspace=tmp_path / "office").stdout
    )


def test_what_cannot_be_read_is_said_in_words(tmp_path):
    (tmp_path / "page.html").write_bytes(b"\xff\xfe\x00\x00\xff")

    assert (
        "page.html" in mailer("compatibility", "--html", tmp_path / "page.html", expect=65).stderr
    )
    assert (
        "aucune.html"
        in mailer("compatibility", "--html", tmp_path / "aucune.html", expect=65).stderr
    )
    mailer("compatibility", expect=2)
