"""A theme of the office is read over like a campaign: all that is wrong, with its line."""

import re
import shutil
from unicodedata import normalize

import pytest

from mailer.errors import ContentError
from mailer.files.bundled import bundled
from mailer.files.templates import MAX_READ_BYTES, load_template
from mailer.files.theme_files import office_look, read_theme
from mailer.files.theme_names import known_themes
from mailer.files.workspace import make_workspace
from mailer.look.fonts import rare_fonts
from mailer.look.image_files import MAX_IMAGE_BYTES
from tests.counterparts.pages import (
    OFFICE,
    SCENES,
    a_picture,
    compiled,
    compiled_with,
    html_of,
)

OURS = bundled("templates")


@pytest.fixture
def office(tmp_path):
    """The `templates/` of a workspace that has nothing yet."""
    (tmp_path / "templates" / "press" / "themes").mkdir(parents=True)
    return tmp_path / "templates"


def themed(office, text, *, theme="ours"):
    """The template with an own theme of the office."""
    (office / "press" / "themes" / f"{theme}.toml").write_text(text, "utf-8")
    return load_template("press", (office, OURS), theme)


def refusals(office, text):
    with pytest.raises(ContentError) as refused:
        themed(office, text)
    return [
        (it.where.line, it.where.key, f"{it.what} {it.remedy}") for it in refused.value.problems
    ]


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ('[colours]\nacent = "#aa0000"', "colours.acent", "Did you mean “accent”?"),
        ('[colors]\naccent = "#aa0000"', "colors", "Did you mean “colours”?"),
        ('[colours]\naccent = "red"', "colours.accent", "#1f2f46"),
        ('[colours]\naccent = "#A00"', "colours.accent", "#AA0000"),
        ('[dark]\npaper = "#12345"', "dark.paper", "#1f2f46"),
        ("[layout]\nwidth = 6200", "layout.width", "720"),
        ('[layout]\nradius = "round"', "layout.radius", "18px"),
        ('[layout]\ntop = "blue"', "layout.top", "5px solid #00696b"),
        ('[layout]\nbox = "frames"', "layout.box", "Did you mean “frame”?"),
        ('[headline]\nsize = "9px"', "headline.size", "between 14px and 64px"),
        ('[labels]\ncase = "upper"', "labels.case", "Did you mean “uppercase”?"),
        ('[fonts]\nbody = "Arial; color: red"', "fonts.body", "without quotes"),
        ('[header]\nshow_name = "perhaps"', "header.show_name", "without quotes"),
        ("[[logos]]\nwidth = 40", "logos.1.file", "missing"),
        ('[[logos]]\nfile = "logos/clasic.png"', "logos.1.file", "logos/classic.png"),
        ('[header]\npicture = "bandeau.jpg"', "header.picture", "bandeau.jpg"),
        ('[footer]\nlogo = "../../secret.png"', "footer.logo", "secret.png"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_theme_is_said_with_its_line_and_remedy(office, text, key, words):
    ((line, where, said),) = refusals(office, text)

    assert (line, where) == (1 if key == "colors" or text.startswith("[[logos]]\nw") else 2, key)
    assert words in said


def test_all_that_is_wrong_in_a_theme_comes_at_once(office):
    found = refusals(
        office,
        '[colours]\nacent = "#aa0000"\nink = "black"\n[font]\nbody = "Arial"\n'
        '[[institutions]]\nfile = "logos/none.png"\n',
    )

    assert [(line, key) for line, key, _said in found] == [
        (2, "colours.acent"), (4, "font"), (3, "colours.ink"),
    ]  # fmt: skip


def test_a_missing_picture_is_said_when_the_rest_of_the_file_can_be_read(office):
    ((line, key, said),) = refusals(office, '[[institutions]]\nfile = "logos/none.png"\n')

    assert (line, key) == (2, "institutions.1.file")
    assert "logos/none.png" in said


def refused_logo(office, file, content):
    (office / "press" / "logos").mkdir(exist_ok=True)
    (office / "press" / "logos" / file).write_bytes(content)
    ((_line, key, said),) = refusals(office, f'[[logos]]\nfile = "logos/{file}"\n')
    return key, said


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("a.svg", b"<svg/>", "no PNG, JPEG or GIF; Outlook and others show nothing else"),
        ("a.png", b"<svg/>", "Export it as a PNG"),
        ("a.png", a_picture(320, 96) + bytes(MAX_IMAGE_BYTES), "weighs 500 kB, in every mail"),
    ],
)
def test_a_picture_that_mail_programs_do_not_show_well_is_refused(office, file, content, words):
    key, said = refused_logo(office, file, content)

    assert key == "logos.1.file"
    assert words in said


def test_a_picture_too_big_to_be_read_is_refused_once(office):
    _key, said = refused_logo(office, "a.png", bytes(MAX_READ_BYTES + 1_000_000))

    assert "too big: 11 MB" in said


def test_a_picture_is_found_however_its_accents_are_written(office):
    (office / "press" / normalize("NFD", "galène.png")).write_bytes(a_picture(320, 96))

    template = themed(office, '[[logos]]\nfile = "galène.png"\n')

    assert template.images["press/galène.png"] == a_picture(320, 96)
    assert office_look(office, "ours").logo == a_picture(320, 96)


def test_the_colours_of_the_dark_follow_those_of_the_office(office):
    green = themed(office, '[colours]\naccent = "#0a6b3d"\nheader = "#0a6b3d"').theme
    plain = load_template("press", (OURS,)).theme

    assert set(green["dark"].values()).isdisjoint(plain["dark"].values())
    assert green["colours"]["footer"] == green["colours"]["title"] == "#0a6b3d"
    assert green["colours"]["on_header"] == "#ffffff"


def test_a_colour_of_the_dark_that_the_office_gives_stands(office):
    text = '[colours]\naccent = "#0a6b3d"\n[dark]\naccent = "#7fe0b0"'

    assert themed(office, text).theme["dark"]["accent"] == "#7fe0b0"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('body = "Verdana"', ("Verdana, sans-serif",) * 4),
        ('body = "Verdana"\nheading = "Palatino"', ("Verdana, sans-serif", "Palatino, serif",
                                                   "Palatino, serif", "Verdana, sans-serif")),
        ('heading = "Verdana, serif"', (None, "Verdana, serif", "Verdana, serif", None)),
    ],
)  # fmt: skip
def test_fonts_cascade_from_the_text_to_headings_to_the_lead(office, said, expected):
    fonts = themed(office, f"[fonts]\n{said}").theme["fonts"]
    plain = load_template("press", (OURS,)).theme["fonts"]

    order = ("body", "heading", "lead", "labels")
    assert tuple(fonts[name] for name in order) == tuple(
        wanted or plain[name] for wanted, name in zip(expected, order, strict=True)
    )


@pytest.mark.parametrize(
    ("family", "said"),
    [
        ("Georgai", ["Few readers have the font “Georgai”: did you mean “Georgia”?"]),
        ("Marianne, Arial", ["Few readers have the font “Marianne”; the others see Arial."]),
        ("Marianne", ["Few readers have the font “Marianne”; the others see sans-serif."]),
        ("verdana, 'Helvetica Neue'", []),
    ],
)
def test_a_font_that_few_readers_have_is_said_once(office, family, said):
    text = f'[fonts]\nbody = "{family}"\nheading = "{family}"\n'
    (office / "press" / "themes" / "ours.toml").write_text(text, "utf-8")

    fonts = read_theme("press", (office, OURS), "ours", problems=[]).theme.fonts

    assert [str(it) for it in rare_fonts(fonts)] == said


@pytest.mark.parametrize("theme", known_themes(OURS))
def test_many_readers_have_the_fonts_of_a_shipped_theme(theme):
    fonts = read_theme("press", (OURS,), theme, problems=[]).theme.fonts

    assert list(rare_fonts(fonts)) == []


def test_a_colour_that_cannot_be_read_is_measured_with_its_line(office):
    template = themed(office, '\n[colours]\naccent = "#ffd500"\n')

    weak = template.weak_contrasts

    by_day = [it for it in weak if it.contrast.scheme == "light"]
    assert {it.contrast.text for it in by_day} == {"accent"}
    assert {(it.where.line, it.where.key) for it in by_day} == {(3, "colours.accent")}
    assert all(it.contrast.ratio < 1.5 for it in by_day)


def test_a_colour_that_follows_one_of_the_office_is_measured_with_the_line_of_that_one(office):
    weak = themed(office, '\n[colours]\nink = "#bbbbbb"\n').weak_contrasts

    assert {"ink", "soft"} <= {it.contrast.text for it in weak}
    assert {(it.where.line, it.where.key) for it in weak} == {(3, "colours.ink")}


@pytest.mark.parametrize("theme", known_themes(OURS))
def test_no_text_of_a_shipped_theme_is_hard_to_read(theme):
    assert load_template("press", (OURS,), theme).weak_contrasts == ()


def test_a_new_workspace_has_no_copy_of_our_templates(tmp_path):
    workspace = make_workspace(tmp_path / "office")

    assert [it for it in (workspace / "templates").rglob("*") if it.is_file()] == []
    assert (workspace / "templates" / "press" / "themes").is_dir()
    assert load_template("press", (workspace / "templates", OURS)) == load_template(
        "press", (OURS,)
    )


COPIED = """{# Room below a tinted box: its own padding would be tinted too. #}
<mj-spacer height="20px" />
"""
"""A part of the templates as earlier versions copied it: `base/gap.mjml.j2`."""


def copy_of_earlier(office, content=COPIED):
    (office / "base").mkdir(exist_ok=True)
    (office / "base" / "gap.mjml.j2").write_bytes(content.encode())


def test_an_untouched_copy_of_an_earlier_version_takes_no_place(office, tmp_path):
    ours = shutil.copytree(OURS, tmp_path / "ours")
    copy_of_earlier(office)
    (ours / "base" / "gap.mjml.j2").write_text("{# improved #}", "utf-8")

    template = load_template("press", (office, ours))

    assert template.files["base/gap.mjml.j2"] == "{# improved #}"


@pytest.mark.parametrize("end", ["\r\n", "\n# ours\n"])
def test_a_copy_counts_as_the_offices_own_only_when_more_than_its_line_ends_changed(
    office, tmp_path, end
):
    ours = shutil.copytree(OURS, tmp_path / "ours")
    copy_of_earlier(office, COPIED.replace("\n", end) if end == "\r\n" else COPIED + end)
    (ours / "base" / "gap.mjml.j2").write_text("{# improved #}", "utf-8")

    template = load_template("press", (office, ours))

    assert ("# ours" in template.files["base/gap.mjml.j2"]) == (end != "\r\n")


def test_a_copy_that_we_no_longer_ship_stays_for_the_pages_that_use_it(office, tmp_path):
    ours = shutil.copytree(OURS, tmp_path / "ours")
    shutil.copyfile(OURS / "press" / "morning.j2", office / "press" / "morning.j2")
    (ours / "press" / "morning.j2").unlink()

    assert "press/morning.j2" in load_template("press", (office, ours)).files


def html(template, office=OFFICE):
    """The announcement of the example, with a template."""
    return html_of(compiled_with(template, SCENES[0], office=office))


def test_a_logotype_stands_without_the_name_and_says_it_to_those_who_do_not_see_it(office):
    logotype = '[[logos]]\nfile = "logos/clear.png"\nwidth = 160\n[header]\nshow_name = false'

    written = html(themed(office, logotype))

    assert '<img src="cid:' in written
    assert 'alt="Inserm" width="160"' in written
    assert "<span>Inserm</span>" not in written


def test_a_name_that_is_not_shown_is_shown_when_there_is_no_logo(office):
    written = html(themed(office, "logos = []\n[header]\nshow_name = false"))

    assert ">Inserm</span>" in written


def test_header_picture_institutions_and_footer_logo_are_embedded_in_the_message(office):
    for height, name in enumerate(("band", "one", "two", "foot"), start=100):
        (office / "press" / f"{name}.png").write_bytes(a_picture(640, height))
    template = themed(
        office,
        '[header]\npicture = "band.png"\npicture_alt = "La mer"\n'
        '[[institutions]]\nfile = "one.png"\nwidth = 90\nalt = "Université de Z"\n'
        '[[institutions]]\nfile = "two.png"\nwidth = 80\nalt = "CHU"\n'
        '[footer]\nlogo = "foot.png"\nlogo_width = 64\n',
    )

    message = compiled_with(template, SCENES[0])

    written = html_of(message)
    assert [alt for alt in ("La mer", "Université de Z", "CHU") if f'alt="{alt}"' in written] == [
        "La mer", "Université de Z", "CHU",
    ]  # fmt: skip
    shown = set(re.findall(r'src="cid:([^"]+)"', written))
    assert shown == {file.content_id for file in message.embedded if file.content_id in shown}
    assert {"band.png", "one.png", "two.png", "foot.png"} <= {
        file.filename for file in message.embedded
    }


@pytest.mark.parametrize("theme", known_themes(OURS))
def test_one_line_switches_between_the_shipped_themes(theme):
    written = html_of(compiled(SCENES[0], theme=theme))

    colours = load_template("press", (OURS,), theme).theme["colours"]
    assert f"color:{colours['title']}" in written


def test_four_themes_come_with_the_program():
    assert known_themes(OURS) == ["classic", "clear", "editorial", "institutional"]


def test_pictures_of_a_theme_are_found_beside_it(office):
    (office / "press" / "pictures").mkdir()
    (office / "press" / "pictures" / "band.png").write_bytes(a_picture(1240, 240))

    template = themed(office, '[header]\npicture = "pictures/band.png"\npicture_alt = "La mer"')

    assert template.theme["header"]["picture"] == "pictures/band.png"
