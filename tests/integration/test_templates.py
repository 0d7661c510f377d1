"""Templates are read from the office's folders first, then from ours."""

import pytest

from mailer.errors import ContentError
from mailer.files.bundled import bundled
from mailer.files.templates import load_template

LOGO = (bundled("templates") / "press" / "logos" / "clear.png").read_bytes()


@pytest.fixture
def folders(tmp_path):
    office, ours = tmp_path / "office", tmp_path / "ours"
    for path, text in {
        ours / "base" / "layout.mjml.j2": "ours",
        ours / "press" / "body.mjml.j2": "ours",
        ours
        / "press"
        / "theme.toml": '[[logos]]\nfile = "logos/logo.png"\n[colours]\nink = "#000000"\n',
        ours / "press" / "themes" / "blue.toml": '[colours]\nink = "#000088"\n',
        ours / "press" / "README.md": "not a part",
        office / "house" / "body.mjml.j2": "house",
        office / "house" / "theme.toml": "",
        office / "house" / "parts" / "foot.mjml.j2": "foot",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (ours / "press" / "logos").mkdir()
    (ours / "press" / "logos" / "logo.png").write_bytes(LOGO)
    return office, ours


def test_a_template_brings_its_parts_the_shared_ones_and_its_logos(folders):
    template = load_template("press", folders, "")

    assert template.files == {"base/layout.mjml.j2": "ours", "press/body.mjml.j2": "ours"}
    assert template.images == {"press/logos/logo.png": LOGO}
    assert template.theme["colours"]["ink"] == "#000000"
    assert [logo["file"] for logo in template.theme["logos"]] == ["logos/logo.png"]


def test_a_template_of_the_office_uses_our_shared_parts(folders):
    template = load_template("house", folders, "")

    assert set(template.files) == {
        "base/layout.mjml.j2", "house/body.mjml.j2", "house/parts/foot.mjml.j2",
    }  # fmt: skip


def test_a_file_of_the_office_takes_the_place_of_ours_and_the_rest_stays(folders):
    (folders[0] / "press" / "themes").mkdir(parents=True)
    (folders[0] / "base").mkdir()
    (folders[0] / "base" / "layout.mjml.j2").write_text("theirs", "utf-8")
    (folders[0] / "press" / "themes" / "red.toml").write_text('[colours]\nink = "#880000"', "utf-8")

    template = load_template("press", folders, "red")

    assert template.files == {"base/layout.mjml.j2": "theirs", "press/body.mjml.j2": "ours"}
    assert template.theme["colours"]["ink"] == "#880000"
    assert template.images == {"press/logos/logo.png": LOGO}


def test_the_name_of_the_plain_look_is_a_theme_as_well(folders):
    plain = folders[1] / "press" / "theme.toml"
    plain.write_text('name = "ours"\n' + plain.read_text())

    assert load_template("press", folders, "ours") == load_template("press", folders, "")
    assert load_template("press", folders, "").theme["name"] == "ours"


def test_a_named_theme_says_only_what_is_different(folders):
    plain, blue = (load_template("press", folders, name).theme for name in ("", "blue"))

    assert blue["colours"]["ink"] == "#000088"
    assert blue["logos"] == plain["logos"]
    assert blue["colours"]["header"] == plain["colours"]["header"]


@pytest.mark.parametrize(
    ("name", "theme", "words"),
    [
        ("pres", "", "Did you mean “press”?"),
        ("nothing", "", "Use one of: house, press."),
        ("press", "blu", "Did you mean “blue”?"),
    ],
)
def test_a_name_that_is_not_there_suggests_the_nearest(folders, name, theme, words):
    with pytest.raises(ContentError) as refused:
        load_template(name, folders, theme)

    assert str(refused.value.problems[0].remedy) == words


def test_all_problems_of_a_template_come_at_once(folders):
    press = folders[1] / "press"
    (press / "theme.toml").write_text("\ncolours = red", "utf-8")
    (press / "body.mjml.j2").write_bytes(b"\n\xe9")
    (press / "out.mjml.j2").symlink_to(folders[0] / "house" / "body.mjml.j2")

    with pytest.raises(ContentError) as refused:
        load_template("press", folders, "")

    assert [problem.where.line for problem in refused.value.problems] == [0, 2, 2]


def test_what_comes_with_the_program_is_found_from_a_checkout():
    assert len(list(bundled("campaigns").glob("*/campaign.toml"))) == 1
    assert "press/body.mjml.j2" in load_template("press", [bundled("templates")]).files
