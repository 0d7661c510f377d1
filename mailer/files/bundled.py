"""Where what comes with the program stands: templates, the example, its configuration.

An installed package carries it in `mailer/bundled/`; a checkout has it at its top.
"""

from __future__ import annotations

from pathlib import Path


def bundled(name: str) -> Path:
    """`templates`, `campaigns` or `config.example.toml`, wherever this program lives."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return (installed if installed.is_dir() else package.parent) / name
