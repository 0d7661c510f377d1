"""Which language the command line speaks, and how its own texts are translated."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from mailer.sources.catalogues import LANGUAGES, translations_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from gettext import NullTranslations
    from typing import Any

_current: list[NullTranslations] = []


def N_(sentence: str) -> str:  # noqa: N802 - the marker's name is gettext's own
    """Marks a help text for translation; `translate_help` looks it up when it is shown."""
    return sentence


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`--lang`, then MAILER_LANG, then an English locale; otherwise French, the office's own."""
    for option, value in zip(arguments, [*arguments[1:], ""], strict=True):
        if option == "--lang" and value in LANGUAGES:
            return value
        if option.startswith("--lang=") and option[7:] in LANGUAGES:
            return option[7:]
    chosen = environment.get("MAILER_LANG", "")
    if chosen in LANGUAGES:
        return chosen
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return "en" if (locale or "").lower().startswith("en") else "fr"


def speak(language: str) -> None:
    """Sets the language for the rest of this process."""
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
    """A command whose usage line and help are in the reader's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)


class Group(TyperGroup):
    """The same for a group of commands, listed in the order they were written."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(self.commands)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(
        ctx.command_path, pieces, prefix=translations().gettext(N_("Usage:")) + " "
    )


def translate_help(command: Any) -> None:
    """Puts every help text below `command` into the current language."""
    say = translations().gettext
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = say(parameter.help)
    for text in ("help", "short_help", "epilog"):
        if getattr(command, text, None):
            setattr(command, text, say(getattr(command, text)))
    for child in getattr(command, "commands", {}).values():
        translate_help(child)
