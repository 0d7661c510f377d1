"""Writes docs/reference/ from the program itself; a test compares them."""

from pathlib import Path
from typing import Any

from typer.main import get_command

from mailer.checks import CHECKS
from mailer.cli.main import build
from mailer.cli.terminal.language import speak, translate_help

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
EXIT_CODES = """
## Exit codes

| Code | Meaning |
|---|---|
| 0 | done |
| 1 | findings that block, something to correct in the set-up, or a test send that was not taken whole |
| 2 | the command was typed wrong |
| 65 | a file says something we cannot use: campaign, template, list |
| 69 | the mail server refuses us: credentials, sender, certificate, allow-list |
| 70 | a fault of the program; a file says more |
| 74 | the ledger cannot be read or written |
| 75 | the mail server cannot be reached now; nothing was sent |
| 77 | a rule forbids it: no sign-off, wrong number, launched before |
| 78 | the configuration |
| 130 | stopped by Ctrl-C |
"""


def commands() -> str:
    """Every command with its options, in English."""
    speak("en")
    command = get_command(build())
    translate_help(command)
    lines = ["# Commands", "", "`mailer [--workspace DIR] [--lang fr|en] COMMAND`", ""]
    lines += _options(command)
    for name, child in command.commands.items():
        lines += _described(f"mailer {name}", child)
        for inner_name, inner in getattr(child, "commands", {}).items():
            lines += _described(f"mailer {name} {inner_name}", inner)
    return "\n".join(lines) + EXIT_CODES


def _described(path: str, command: Any) -> list[str]:
    arguments = " ".join(
        f"{p.name.upper()}" if p.required else f"[{p.name.upper()}]"
        for p in command.params
        if p.param_type_name == "argument"
    )
    return [
        f"## `{path}{' ' if arguments else ''}{arguments}`",
        "",
        command.help or "",
        "",
        *_options(command),
    ]


def _options(command: Any) -> list[str]:
    rows = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = f"`{parameter.name.upper()}`"
        elif parameter.name == "help":
            continue
        else:
            name = ", ".join(f"`{opt}`" for opt in (*parameter.opts, *parameter.secondary_opts))
        rows.append(f"| {name} | {parameter.help or ''} |")
    return ["| | |", "|---|---|", *rows, ""] if rows else []


def checks() -> str:
    """Every check with its question."""
    lines = [
        "# Checks",
        "",
        "What `mailer check` asks of a campaign. A finding says where, what, why it matters and",
        "what to do; one that blocks must be corrected before a launch.",
        "",
        "| Check | Its question |",
        "|---|---|",
        *(f"| `{check.name}` | {check.question} |" for check in CHECKS),
    ]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands, "checks.md": checks}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, written in PAGES.items():
        (FOLDER / name).write_text(written(), encoding="utf-8")
