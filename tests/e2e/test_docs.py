"""Pages that cannot lie."""

import importlib
import pkgutil
import re
import runpy
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from mailer.cli.main import build
from mailer.model.health.health import Question
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.operations import doctor

ROOT = Path(__file__).resolve().parents[2]
PAGES = runpy.run_path(str(ROOT / ".ci" / "reference.py"))["PAGES"]

FAULTS = {"P": 14, "D": 8, "S": 19, "G": 9, "T": 6, "H": 9, "N": 10, "W": 11}
"""Processes, store, SMTP, SendGrid, names and time, people, threads, the desk: how many faults of each are known."""


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_says_what_the_program_has(name):
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "run: .venv/bin/python .ci/reference.py"


def test_the_glossary_explains_every_status_of_a_delivery_and_its_rank():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

    for status in DeliveryStatus:
        assert any(
            line.startswith(f"| {status} |") and f"| {status.rank} |" in line
            for line in glossary.splitlines()
        ), status


def test_each_fault_of_sending_has_its_row_and_names_tests_that_exist():
    page = (ROOT / "docs" / "why" / "faults.md").read_text(encoding="utf-8")
    tests = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.glob("tests/**/test_*.py"))
    named_by_row = {
        row: re.findall(r"`(test_\w+)`", rest)
        for row, rest in re.findall(r"^\| ([PDSGTHNW]\d+) \|(.*)$", page, re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", page))

    assert list(named_by_row) == [
        f"{letter}{number}" for letter, last in FAULTS.items() for number in range(1, last + 1)
    ]
    assert [row for row, names in named_by_row.items() if not names] == []
    assert {name for name in named if f"def {name}(" not in tests} == set()


def test_the_readme_names_the_commands_that_the_gate_runs():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "bash .ci/demo" in readme
    assert "bash .ci/test" in readme
    assert "bash .ci/test" in gate


def test_contributing_draws_every_floor_that_import_linter_holds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = next(
        contract["layers"]
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["id"] == "floors"
    )
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawing = page.partition("    4 doors")[2].partition("Words are frozen values")[0]

    built = {name for layer in floors for name in re.findall(r"(?<!\()\b\w+\b(?!\))", layer)}
    drawn = set(re.findall(r"\w+", drawing)) - {"4", "3", "2", "1", "0"}
    assert built - drawn == set()
    assert drawn - built - {"wiring", "hands", "thought", "words", "then"} == set()


def test_every_question_of_the_doctor_is_explained():
    questions = set()
    for module in pkgutil.iter_modules(doctor.__path__, f"{doctor.__name__}."):
        found = vars(importlib.import_module(module.name)).values()
        questions |= {each.name for each in found if isinstance(each, Question)}
    page = (ROOT / "docs" / "howto" / "examine-the-set-up.md").read_text("utf-8")

    assert len(questions) >= 20
    assert {f"| `{name}` |" for name in questions} == set(re.findall(r"\| `[a-z-]+` \|", page))


def commands_of(page):
    """The lines of a page that call the program, as words."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    for line in re.findall(r"(?m)^    (mailer .+)$", text):
        yield shlex.split(line.partition("#")[0])[1:]


@pytest.mark.parametrize("page", ["administration.md", "howto/examine-the-set-up.md"])
def test_each_command_of_a_page_for_administrators_exists_with_its_options(page):
    commands = list(commands_of(page))

    assert commands
    for words in commands:
        path = [get_command(build())]
        for word in words:
            if word in getattr(path[-1], "commands", {}):
                path.append(path[-1].commands[word])
        assert len(path) > 1, words
        known = {option for each in path for p in each.params for option in p.opts}
        assert {word for word in words if word.startswith("--")} <= known, words
