"""The command line for each remedy of a problem, a finding or an alert."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from mailer.cli.terminal.language import translations
from mailer.remedies import RemedyAct
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.remedies import Remedy

COMMAND_LINES: Mapping[RemedyAct, str] = {
    RemedyAct.NEW_CAMPAIGN: "mailer new {campaign} --kind {kind} --title {title}",
    RemedyAct.AMEND: "mailer correct {campaign}",
    RemedyAct.CONFIRM_LAUNCH: "mailer launch {campaign} --confirm {number} --by {name}",
    RemedyAct.REHEARSE: "mailer rehearse {campaign} --out {folder}",
    RemedyAct.APPROVE: "mailer approve {campaign} --by {name}",
    RemedyAct.LAUNCH_AGAIN: "mailer launch {campaign} --again",
    RemedyAct.SEE_STATUS: "mailer status",
    RemedyAct.SEE_PROPOSALS: "mailer bounces proposals",
    RemedyAct.SEE_REPLIES: "mailer accreditations replies",
    RemedyAct.RUN_SERVICE: "mailer run",
    RemedyAct.PAUSE: "mailer pause {campaign}",
    RemedyAct.RESUME: "mailer resume {campaign}",
    RemedyAct.RESUME_BY: "mailer resume {campaign} --provider {provider}",
    RemedyAct.RESOLVE_CAMPAIGN: (
        "mailer resolve --campaign {campaign} --as-sent --confirm {number} --by {name} --why {why}"
    ),
    RemedyAct.RESOLVE_STEP: (
        "mailer resolve --campaign {campaign} --step {step} --as-sent --confirm {number}"
        " --by {name} --why {why}"
    ),
    RemedyAct.IMPORT_CONTACTS: "mailer contacts import {file} --list {list}",
    RemedyAct.CHOOSE_ENCODING: "mailer contacts import {file} --list {list} --encoding {encoding}",
    RemedyAct.SEE_DIRECTORY: "mailer contacts list",
    RemedyAct.CORRECT_ADDRESS: "mailer contacts correct {old} {new}",
    RemedyAct.SUPPRESS: "mailer contacts suppress {address} --why {why}",
    RemedyAct.SEE_ACCREDITATIONS: "mailer accreditations list {campaign}",
    RemedyAct.CONFIRM_FACTS: "mailer confirm {campaign}",
    RemedyAct.CONFIRM_ANSWERS: "mailer accreditations confirm {campaign}",
    RemedyAct.NAME_ACTOR: "mailer {command} --by {name}",
    RemedyAct.RESTORE_BACKUP: "mailer restore --by {name}",
    RemedyAct.ADOPT_LEDGER: "mailer adopt --by {name}",
    RemedyAct.MIGRATE_LEDGER: "mailer migrate",
    RemedyAct.CONFIRM_CLOCK: "mailer clock --confirm --by {name}",
    RemedyAct.BEGIN_WORKSPACE: "mailer init {folder}",
}

PLACEHOLDERS: Mapping[str, Text] = {
    "address": _("ADDRESS"),
    "campaign": _("CAMPAIGN"),
    "command": _("COMMAND"),
    "encoding": _("ENCODING"),
    "file": _("FILE"),
    "folder": _("FOLDER"),
    "kind": _("KIND"),
    "list": _("LIST"),
    "name": _("NAME"),
    "new": _("NEW"),
    "number": _("NUMBER"),
    "old": _("OLD"),
    "provider": _("PROVIDER"),
    "step": _("STEP"),
    "title": _("TITLE"),
    "why": _("REASON"),
}
"""The placeholders of values that only the reader knows."""


def command_line(remedy: Remedy) -> str:
    """Return the command for a remedy. The reader replaces the words in capitals."""
    return filled_in(COMMAND_LINES[remedy.act], remedy.values)


def filled_in(line: str, values: Mapping[str, str]) -> str:
    """Return a command line with what is known quoted, and a word in capitals for the rest."""
    unknown = {name: say(text, translations()) for name, text in PLACEHOLDERS.items()}
    known = {name: shlex.quote(value) for name, value in values.items()}
    return line.format_map(unknown | known)
