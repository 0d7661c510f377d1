"""The language of the command line, and the translation of its help texts."""

from __future__ import annotations

import os
from gettext import bindtextdomain, textdomain
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from mailer.files.catalogues import FOLDER, SPOKEN, translations_for
from mailer.files.given_files import require_file_or_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from gettext import NullTranslations
    from typing import Any

DEFAULT_LANGUAGE = "fr"

_current: list[NullTranslations] = []


def N_(sentence: str) -> str:  # noqa: N802 - the marker's name is gettext's own
    """Mark a help text for translation. `translate_help` translates it before it is shown."""
    return sentence


TYPER_TEXTS = (
    N_("Options"),
    N_("Arguments"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
)
"""Texts of Typer itself, which it looks up in the gettext domain of the process."""


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of `--lang`, of MAILER_LANG or of the locale; by default French."""
    for option, value in pairwise((*arguments, "")):
        if option == "--lang" and value in SPOKEN:
            return value
        if option.startswith("--lang=") and option[7:] in SPOKEN:
            return option[7:]
    chosen = environment.get("MAILER_LANG", "")
    if chosen in SPOKEN:
        return chosen
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    spoken = (locale or "").lower()[:2]
    return spoken if spoken in SPOKEN else DEFAULT_LANGUAGE


def speak(language: str) -> None:
    """Set the language for the rest of this process, including the headings of Typer's help."""
    os.environ["LANGUAGE"] = language
    bindtextdomain("mailer", str(FOLDER))
    textdomain("mailer")
    _current[:] = [translations_for(language)]
    os.environ["MAILER_LANG"] = language


def translations() -> NullTranslations:
    if not _current:
        speak(choose_language((), os.environ))
    return _current[0]


def language() -> str:
    translations()
    return os.environ["MAILER_LANG"]


class Command(TyperCommand):
    """A command whose usage line and help are in the reader's language.

    What it is given by name, to read or to write, is a file or a folder.
    """

    def invoke(self, ctx: Any) -> Any:
        _require_files_or_folders(ctx.params)
        return super().invoke(ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _with_translated_help(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands in the reader's language, listed in their order in the code."""

    def invoke(self, ctx: Any) -> Any:
        _require_files_or_folders(ctx.params)
        return super().invoke(ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _with_translated_help(super().get_help_option(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(self.commands)


def _require_files_or_folders(given: Mapping[str, Any]) -> None:
    for value in given.values():
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, Path):
                require_file_or_folder(each)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(
        ctx.command_path, pieces, prefix=translations().gettext(N_("Usage:")) + " "
    )


def _with_translated_help(option: Any) -> Any:
    if option is not None:
        option.help = translations().gettext(N_("Show this help and end."))
    return option


_TYPES = {
    "<str>": N_("<text>"),
    "<int>": N_("<number>"),
    "<int range>": N_("<number>"),
    "<path>": N_("<file>"),
    "<dir>": N_("<folder>"),
    "<list[str]>": N_("<text>"),
    "<list[path]>": N_("<files>"),
}
"""What Typer calls the type of a parameter, and what its help says instead."""


def _translate_type(parameter: Any, say: Callable[[str], str]) -> None:
    typed = parameter.display_type

    def shown(context: Any) -> str:
        kind = typed(context)
        # A choice that may be repeated is shown as the choice it is: <list[run|web]>.
        return say(_TYPES[kind]) if kind in _TYPES else kind.replace("list[", "").replace("]", "")

    parameter.display_type = shown


def translate_help(command: Any) -> None:
    """Translate every help text of `command` and its subcommands into the current language."""
    say = translations().gettext
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = say(parameter.help)
        _translate_type(parameter, say)
    command.options_metavar = say(N_("[OPTIONS]"))
    if getattr(command, "subcommand_metavar", None):
        command.subcommand_metavar = say(N_("COMMAND [ARGUMENTS]..."))
    if command.help:
        # Setting the summary too, because the list of commands would shorten the text otherwise.
        command.help = command.short_help = say(command.help)
    for child in getattr(command, "commands", {}).values():
        translate_help(child)
