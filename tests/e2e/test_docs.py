"""Pages that cannot lie."""

import re
import runpy
from pathlib import Path

import pytest

from mailer.model.delivery import DeliveryStatus

ROOT = Path(__file__).resolve().parents[2]
PAGES = runpy.run_path(str(ROOT / ".ci" / "reference.py"))["PAGES"]


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


def test_each_fault_of_sending_names_a_test_that_exists():
    page = (ROOT / "docs" / "why" / "faults.md").read_text(encoding="utf-8")
    tests = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.glob("tests/**/test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", page))

    assert len(named) > 50
    assert {name for name in named if f"def {name}(" not in tests} == set()


def test_the_readme_names_the_commands_that_the_gate_runs():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "bash .ci/demo" in readme
    assert "bash .ci/test" in readme
    assert "bash .ci/test" in gate
