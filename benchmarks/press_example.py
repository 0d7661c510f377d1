"""The campaign that the benchmarks of rendering share: that of the renderer's own tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from mailer.render.compile import compile_message
from mailer.render.personalise import Personaliser

PEOPLE = 1000


def example() -> Any:
    """The campaign of the renderer's own tests."""
    path = Path(__file__).parents[1] / "tests/unit/render/conftest.py"
    spec = importlib.util.spec_from_file_location("render_example", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CompiledExample:
    """The example, compiled, and everybody it is written to."""

    def __init__(self) -> None:
        self.press = example()
        self.asked = {
            "campaign": self.press.a_campaign(),
            "step": self.press.a_step(),
            "content": self.press.a_content(),
            "variant": self.press.Press.KEY,
            "planned_local": self.press.MONDAY,
            "office": self.press.an_office(),
            "template": self.press.a_template(),
            "translations": self.press.French(),
        }
        self.compiled = compile_message(**self.asked)
        self.people = [
            self.press.fields(salutation=f"Bonjour Madame Durand-{n}") for n in range(PEOPLE)
        ]
        self.personaliser = Personaliser(
            self.compiled, self.press.a_letterhead(), campaign="benchmark", step="announcement"
        )
