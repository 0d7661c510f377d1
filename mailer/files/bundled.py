"""Finds the files that come with the program: templates, the example campaign, its configuration.

An installed package has them in `mailer/bundled/`; a checkout has them at its top.
"""

from __future__ import annotations

from pathlib import Path


def bundled(name: str) -> Path:
    """Return the path of `templates`, `campaigns` or `config.example.toml`."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return (installed if installed.is_dir() else package.parent) / name
