"""A template that was read is kept until a file changes that it may be made of."""

import pytest

from mailer.errors import ContentError
from mailer.files.bundled import bundled
from mailer.files.kept_templates import MOST_TEMPLATES, KeptTemplates


@pytest.fixture
def office(tmp_path):
    return tmp_path / "templates"


@pytest.fixture
def kept(office):
    return KeptTemplates((office, bundled("templates")))


def written(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_it_is_read_once_while_nothing_changes(kept):
    assert kept.load("press", "") is kept.load("press", "")


def test_each_theme_is_its_own(kept, office):
    written(office / "press" / "themes" / "blue.toml", '[colours]\nink = "#000088"\n')

    assert kept.load("press", "").theme != kept.load("press", "blue").theme


@pytest.mark.parametrize(
    ("file", "text", "changed"),
    [
        ("press/theme.toml", '[colours]\nink = "#000088"\n', lambda it: it.theme["colours"]["ink"]),
        ("press/body.mjml.j2", "its own", lambda it: it.files["press/body.mjml.j2"]),
        (
            "organisations.toml",
            '[[organisations]]\nname = "Institut"\nabout = "Recherche."\n',
            lambda it: it.organisations,
        ),
    ],
)
def test_a_file_that_is_added_changed_or_removed_is_seen_at_once(kept, office, file, text, changed):
    before = changed(kept.load("press", ""))

    written(office / file, text)
    added = changed(kept.load("press", ""))
    written(
        office / file, text.replace("88", "aa").replace("its", "more").replace("Rech", "La rech")
    )
    other = changed(kept.load("press", ""))
    (office / file).unlink()

    assert len({str(each) for each in (before, added, other)}) == 3
    assert changed(kept.load("press", "")) == before


def test_a_problem_is_told_as_long_as_it_is_there(kept, office):
    theme = office / "press" / "theme.toml"
    written(theme, "colour = 1\n")

    for _look in range(2):
        with pytest.raises(ContentError):
            kept.load("press", "")
    theme.unlink()

    assert kept.load("press", "").name == "press"


def test_only_so_many_are_kept(kept, office):
    for number in range(MOST_TEMPLATES + 2):
        written(office / "press" / "themes" / "blue.toml", f'[colours]\nink = "#0000{number:02}"\n')
        kept.load("press", "blue")

    assert len(kept._kept) == MOST_TEMPLATES
