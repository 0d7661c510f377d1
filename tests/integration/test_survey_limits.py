"""Campaign folders made to exhaust their reader end as findings with a file and a line."""

import shutil

import pytest

from mailer.errors import ContentError, Place
from mailer.files.bundled import bundled
from mailer.files.campaigns.folder import survey_campaign
from mailer.model.campaigns.office import Office
from mailer.sandbox.children import Sandbox
from mailer.wiring.app import App

EXAMPLE = "2017-12-09-recherche-associations"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(cpu_s=30, memory_bytes=600 * 2**20) as sandbox:
        yield sandbox


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(bundled("campaigns") / EXAMPLE, tmp_path / "campaigns" / EXAMPLE)


def prepend(words):
    return lambda text: f"{words}\n{text}"


def append(words):
    return lambda text: f"{text}\n{words}"


def replace(words):
    return lambda _text: words


BOMBS = {
    "a key of 45,000 parts": (
        "campaign.toml", prepend(".".join("a" * 45_000) + " = 1"), "a.a", "too many parts",
    ),
    "a table of 20,000 parts": (
        "campaign.toml", prepend("[" + " . ".join("a" * 20_000) + "]"), "[a . a", "too many parts",
    ),
    "a number of 5,000 digits": (
        "campaign.toml", prepend("x = " + "1" * 5_000), "x = 1", "number is too large",
    ),
    "a number of 80,000 hexadecimal digits": (
        "campaign.toml", prepend("x = 0x" + "f" * 80_000), "x = 0x", "number is too large",
    ),
    "9,000 unknown tables": (
        "campaign.toml", append("".join(f"[t{n}]\n" for n in range(9_000))), "[t0]", "no key called",
    ),
    "lists in lists": (
        "campaign.toml", prepend("x = " + "[" * 45_000 + "]" * 45_000), "x = [", "nested too deeply",
    ),
    "45,000 images": ("announcement.md", replace("![" * 45_000), "", "shows 45000 images"),
    "a paragraph of 85,000 signs": (
        "announcement.md", append("\nde 10 h à 12 h, " + "de 10 h à 12 h, " * 5_000), "de 10 h à 12 h, de", "paragraph has more than",
    ),
    "a number of 5,000 digits in a text": (
        "announcement.md", append("7" * 5_000), "777", "word has more than",
    ),
    "40,000 quotations in one another": (
        "announcement.md", append("> " * 40_000 + "A."), "> >", "nested more than 10 deep",
    ),
    "a large number in front of a text": (
        "announcement.md", replace(f"+++\nsubject = {'1' * 5_000}\n+++\nA."), "subject", "is too large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_folder_that_would_exhaust_its_reader_is_a_finding_with_its_place(sandbox, folder, bomb):
    name, change, begins, what = BOMBS[bomb]
    path = folder / name
    text = change(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    line = text[: text.index(begins)].count("\n") + 1 if begins else 0

    _campaign, problems = sandbox.run(
        survey_campaign, folder, office=Office(name="Institut"), where=Place("folder")
    )

    found = [problem for problem in problems if what in str(problem.what)]
    assert (found[0].where.file, found[0].where.line) == (path.as_posix(), line)


def test_a_file_with_thousands_of_mistakes_shows_the_first_and_counts_the_others(folder):
    path = folder / "campaign.toml"
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"[t{n}]\n" for n in range(1_000))

    _campaign, problems = survey_campaign(folder, office=Office(name="Institut"))

    assert len(problems) == 51
    assert str(problems[-1].what) == "The file has 950 more problems."


def test_a_text_with_thirty_short_sentences_is_no_key_of_many_parts(folder):
    path = folder / "campaign.toml"
    words = "Venez nombreux. " * 40 + "www.a.b.c.d.e.f.example" + "." * 200
    path.write_text(f"place = '{words}'\n{path.read_text(encoding='utf-8')}", encoding="utf-8")

    _campaign, problems = survey_campaign(folder, office=Office(name="Institut"))

    assert "too many parts" not in str(problems)


def test_the_program_reads_a_folder_in_a_child_with_limits(tmp_path, folder, monkeypatch):
    """A folder that needs more computing than a child has is refused, and the program lives."""
    monkeypatch.setattr("mailer.wiring.children.SANDBOX_CPU_S", 1)
    for text in folder.glob("*.md"):  # no text that we know of takes a second alone
        text.write_text(("a_*b*_ " * 2_800 + "\n\n") * 5, encoding="utf-8")

    with App(tmp_path) as app:
        findings = app.drafts.findings(EXAMPLE)
        with pytest.raises(ContentError) as caught:
            app.campaigns.load(EXAMPLE)

    assert [finding.where.file for finding in findings] == [folder.as_posix()]
    assert "seconds of computing" in str(findings[0].what)
    assert caught.value.problems[0].where == Place(folder.as_posix())


def test_an_image_that_is_missing_is_told_once(tmp_path, folder):
    text = folder / "announcement.md"
    text.write_text(
        f"{text.read_text(encoding='utf-8')}\n![Une salle](salle.png)\n", encoding="utf-8"
    )

    with App(tmp_path) as app:
        findings = app.drafts.findings(EXAMPLE)

    assert [str(it.what) for it in findings if "salle.png" in str(it.what)] == [
        "There is no file “salle.png”."
    ]
