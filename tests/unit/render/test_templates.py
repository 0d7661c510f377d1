"""What the shipped themes promise, measured on their colours."""

import re
from pathlib import Path

import pytest

from mailer.files.templates import load_template

TEMPLATES = Path(__file__).parents[3] / "templates"
THEMES = ["classic", *sorted(path.stem for path in TEMPLATES.glob("press/themes/*.toml"))]


def luminance(colour):
    """WCAG 2.2, relative luminance of `#rrggbb`."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("palette", "ground", "texts"),
    [
        ("colours", "paper", "ink soft title label accent"),
        ("colours", "tint", "ink soft title label accent"),
        ("colours", "accent", "on_accent"),
        ("colours", "alert", "on_alert"),
        ("colours", "header", "on_header"),
        ("colours", "footer", "on_footer soft_on_footer"),
        ("dark", "paper", "ink soft accent"),
        ("dark", "tint", "ink soft accent"),
        ("dark", "header", "ink"),
        ("dark", "footer", "ink soft"),
    ],
)
def test_every_text_can_be_read_on_its_ground(theme, palette, ground, texts):
    colours = load_template("press", [TEMPLATES], theme).theme[palette]

    too_weak = [text for text in texts.split() if contrast(colours[text], colours[ground]) < 4.5]

    assert too_weak == []


@pytest.mark.parametrize("theme", THEMES)
def test_colours_have_the_six_digits_that_outlook_wants(theme):
    look = load_template("press", [TEMPLATES], theme).theme

    odd = [c for c in (*look["colours"].values(), *look["dark"].values()) if len(c) != 7]

    assert odd == []


def test_the_preheader_is_not_hidden_by_its_colour(press):
    html = "".join(it for it in press.compiled().html if isinstance(it, str))

    assert "display:none" in html
    assert f"color:{press.template().theme['colours']['ink']}" in html


def test_the_example_is_far_below_what_gmail_clips(press):
    html = "".join(it for it in press.compiled().html if isinstance(it, str))

    assert len(html.encode()) < 30_000


def test_13_no_inlined_rule_asks_for_what_the_inliner_leaves_out():
    """premailer drops a rule in silence when a pseudo-class stands before its last step."""
    sheets = (
        sheet
        for path in TEMPLATES.rglob("*.mjml.j2")
        for sheet in re.findall(r'(?s)<mj-style inline="inline">(.*?)</mj-style>', path.read_text())
    )
    selectors = [
        selector.strip()
        for sheet in sheets
        for rule in re.findall(r"(?m)^([^{}\n]+)\{ ", sheet)
        for selector in rule.split(",")
    ]

    assert len(selectors) > 100
    assert [it for it in selectors if re.search(r":(?!(first|last)-child$)", it)] == []


def test_13_no_template_counts_on_a_margin_that_word_ignores():
    rules = [
        line.strip()
        for path in TEMPLATES.rglob("*.j2")
        for line in path.read_text().splitlines()
        if re.search(r"margin(-\w+)?:[^;]*(?<![\w(])-\d", line)
    ]

    assert rules == []


def test_13_a_selector_that_an_older_program_does_not_know_stands_alone():
    """A program that does not know `:has` drops the whole rule: what a copy on paper hides must not go."""
    rules = [
        line.strip()
        for path in TEMPLATES.rglob("*.mjml.j2")
        for line in path.read_text().splitlines()
        if ":has(" in line and "," in line.partition("{")[0]
    ]

    assert rules == []
