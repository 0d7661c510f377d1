"""The page of a look: every page of the template, measured, and nothing that leaves the machine."""

import re
from html import unescape

import pytest

from mailer.files.bundled import bundled
from mailer.files.templates import load_template
from mailer.files.theme_files import read_theme, themes_in
from mailer.look.contrasts import contrasts
from mailer.model.drafts.look import Look, SampleMail
from mailer.pages.look import write_look
from mailer.pages.received import in_scheme
from mailer.render.template_pages import pages_in
from tests.e2e.commands import mailer

OURS = (bundled("templates"),)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return_folder = tmp_path_factory.mktemp("look") / "bureau"
    mailer("init", return_folder)
    (return_folder / "templates" / "press" / "themes" / "ours.toml").write_text(
        '[colours]\naccent = "#ffd500"\n[fonts]\nheading = "Georgai"\n', "utf-8"
    )
    return return_folder


@pytest.fixture(scope="module")
def looked(workspace):
    """What the command says of an own theme, and the page it writes."""
    done = mailer("look", "--theme", "ours", "--no-browser", workspace=workspace)
    folder = workspace / "var" / "look" / "ours"
    return done.stdout, (folder / "index.html").read_text("utf-8"), folder


def test_every_page_of_the_template_is_shown_in_light_dark_without_images_and_on_paper(looked):
    _said, page, folder = looked

    frames = set(re.findall(r'src="(frames/[^"]+)"', page))
    pages = pages_in(load_template("press", OURS))
    assert frames == {
        f"frames/{name}{view}.html"
        for name in pages
        for view in ("", ".dark", ".no-images", ".print")
    }
    assert all((folder / frame).is_file() for frame in frames)


def test_13_a_theme_can_be_looked_at_before_the_office_has_a_name(tmp_path):
    mailer(
        "look", "--theme", "clear", "--no-browser", "--out", tmp_path / "look", workspace=tmp_path
    )

    page = (tmp_path / "look" / "index.html").read_text("utf-8")
    shown = set(re.findall(r'src="frames/([\w-]+)\.html"', page))
    assert shown == set(pages_in(load_template("press", OURS)))


def test_the_contrasts_that_are_too_low_are_said_in_words(looked):
    said, page, _folder = looked

    assert re.search(r"\d+ contrastes de « ours »", said.replace("\u00a0", " "))
    assert "trop faible" in page
    assert page.count('class="weak"') == page.count(">trop faible<")


def test_a_font_that_few_readers_have_is_said_with_the_one_that_was_meant(looked):
    said, _page, _folder = looked

    assert "« Georgai » : vouliez-vous dire « Georgia »" in said.replace("\u00a0", " ")


def test_nothing_on_the_page_fetches_or_runs_anything(looked):
    _said, page, folder = looked

    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "<script" not in page
    for frame in (folder / "frames").iterdir():
        shown = frame.read_text("utf-8-sig")
        assert "default-src 'none'" in shown
        assert not re.search(r'<(?:img|link|script)[^>]+(?:src|href)="(?!data:|")', shown)


def test_a_frame_is_dark_or_light_whatever_the_browser_is_set_to(looked):
    frames = looked[2] / "frames"

    assert "prefers-color-scheme: dark" not in (frames / "advisory.html").read_text("utf-8-sig")
    assert "@media not all" in (frames / "advisory.html").read_text("utf-8-sig")
    assert "@media not all" not in (frames / "advisory.dark.html").read_text("utf-8-sig")


def test_a_theme_that_is_wrong_is_refused_with_its_lines(workspace):
    wrong = workspace / "templates" / "press" / "themes" / "wrong.toml"
    wrong.write_text('[colours]\nacent = "#000000"\nink = "black"\n', "utf-8")

    refused = mailer("look", "--theme", "wrong", "--no-browser", workspace=workspace, expect=65)
    wrong.unlink()

    assert "wrong.toml:2" in refused.stderr
    assert "wrong.toml:3" in refused.stderr


def test_a_page_that_does_not_compile_is_named_with_its_problem(tmp_path):
    theme = read_theme("press", OURS, "", problems=[]).theme
    with pytest.raises(Exception, match="nothing") as refused:
        load_template("nothing", OURS)
    mail = SampleMail("broken", None, refused.value.problems)
    look = Look("press", theme, tuple(themes_in("press", OURS)), contrasts(theme), (mail,))

    page = write_look(tmp_path, look=look, say=str, language="en")

    assert "There is no template called" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("query", "dark", "light"),
    [
        ("@media (prefers-color-scheme: dark)", "@media all", "@media not all"),
        ("@media(prefers-color-scheme:dark)", "@media all", "@media not all"),
        ("@media ( prefers-color-scheme : dark )", "@media all", "@media not all"),
        ("@media (max-width: 480px)", "@media (max-width: 480px)", "@media (max-width: 480px)"),
    ],
)
def test_a_query_for_the_dark_is_answered_in_the_text(query, dark, light):
    assert in_scheme(query, is_dark=True) == dark
    assert in_scheme(query, is_dark=False) == light
