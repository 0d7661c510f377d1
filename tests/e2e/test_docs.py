"""Pages that cannot lie."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_and_option_is_on_the_reference_page_as_the_program_has_it():
    reference = runpy.run_path(str(ROOT / ".ci" / "reference.py"))

    written = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")

    assert written == reference["page"](), "run: .venv/bin/python .ci/reference.py"
