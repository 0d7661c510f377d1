"""Where the templates, the example campaign and the example configuration stand.

An installed package carries them in `mailer/bundled/`; a checkout has them at its top.
"""

from __future__ import annotations

from pathlib import Path

_EXAMPLE = "2017-12-09-recherche-associations"


def templates_folder() -> Path:
    """Our templates, after those of the office."""
    return _top() / "templates"


def example_campaign() -> Path:
    """The campaign that `mailer demo` walks through and `mailer init` copies."""
    return _top() / "campaigns" / _EXAMPLE


def example_config() -> Path:
    """The configuration in which every key is named and explained."""
    return _top() / "config.example.toml"


def _top() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parent
