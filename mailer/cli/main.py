"""Assemble the command line, run one command, and report its errors."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from mailer import __version__
from mailer.cli.commands import COMMANDS
from mailer.cli.listed import ListedGroup
from mailer.cli.terminal.language import N_, Command, Group, choose_language, speak, translate_help
from mailer.cli.terminal.show import problems, warn
from mailer.errors import ContentError, MailerError, Place, Problem, reason_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from mailer.cli.listed import Listed

EXIT_FAULT = 70
EXIT_FILE = 74
"""The exit code of `LedgerError` too: EX_IOERR in sysexits.h."""
EXIT_INTERRUPTED = 130
EXIT_USAGE = 2


def build(arguments: Collection[str] | None = None) -> typer.Typer:
    """Return the command line with every command, in the order a campaign uses them.

    With the arguments of a command line, only the commands named there are imported and get
    their parameters: a list of commands shows none.
    """

    def function_of(listed: Listed) -> Callable[..., None]:
        named = arguments is None or listed.name in arguments
        return listed.load() if named else _listed_only

    app = typer.Typer(
        cls=Group,
        name="mailer",
        help=N_(
            "Press campaigns: rendered once, sent once, and accounted for. Start with: mailer demo"
        ),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for each in COMMANDS:
        if isinstance(each, ListedGroup):
            group = typer.Typer(
                cls=Group, help=each.help, no_args_is_help=True, rich_markup_mode=None
            )
            for child in each.commands:
                group.command(child.name, cls=Command, help=child.help)(function_of(child))
            app.add_typer(group, name=each.name)
        else:
            app.command(each.name, cls=Command, help=each.help)(function_of(each))
    return app


def _listed_only() -> None:
    """Stands for a command that this command line does not name."""


def _version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it with the option's value
    if asked:
        print(f"mailer {__version__}")  # noqa: T201 - prints the requested line
        raise typer.Exit


def _options(
    context: typer.Context,
    workspace: Annotated[
        Path,
        typer.Option(
            help=N_("The folder that holds config.toml, campaigns/ and templates/."),
            file_okay=False,
            show_default=False,
        ),
    ] = Path(),
    lang: Annotated[
        str, typer.Option(help=N_("fr or en: the language of what is shown."), show_default=False)
    ] = "",
    version: Annotated[
        bool,
        typer.Option("--version", help=N_("Show the version."), is_eager=True, callback=_version),
    ] = False,
) -> None:
    del lang, version  # read before: by `choose_language`, and by the option's callback
    context.obj = workspace


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code (design §6)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    speak(choose_language(arguments, os.environ))
    command = get_command(build(arguments))
    translate_help(command)
    try:
        _require_utf8(arguments)
        return int(command.main(list(arguments), prog_name="mailer", standalone_mode=False) or 0)
    except MailerError as error:
        problems(error.problems)
        return error.exit_code
    except typer.TyperException as error:
        return _usage_error(error)
    except (KeyboardInterrupt, typer.Abort):
        warn(_("Stopped. Nothing is lost: start again to go on."))
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # `mailer … | head` is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the outermost loop: a bug is reported without a traceback
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    """Report what no command foresaw: a file that the system refuses, or a bug of the program."""
    if isinstance(error, OSError) and error.filename is not None:
        return _failed_file(error)
    return _program_fault()


def _require_utf8(arguments: Sequence[str]) -> None:
    """Raise ContentError for an argument in another encoding, which could not be stored.

    Python keeps its bytes as lone surrogates (PEP 383).
    """
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            raise ContentError(
                Problem(
                    Place(ascii(argument)),
                    _("this is not written in UTF-8"),
                    _("Rename the file, or write the text again."),
                )
            ) from error


def _failed_file(error: OSError) -> int:
    """Report a file or folder that the system refuses. Returns the exit code."""
    file = error.filename
    warn(_("{file}: the system refuses: {why}.", file=file, why=reason_of(error)))
    warn(_("Check the name, your rights and the space on the disk."))
    return EXIT_FILE


def _program_fault() -> int:
    """Report a bug of the program: write the traceback to a file, for those who maintain it."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", prefix="mailer-", suffix=".txt", delete=False
    ) as file:
        traceback.print_exc(file=file)
    warn(_("This is a fault of the program, not yours. Nothing was sent that is not written down."))
    warn(_("Please give this file to whoever looks after it: {file}", file=file.name))
    return EXIT_FAULT


def _usage_error(error: typer.TyperException) -> int:
    """Report a usage error in the reader's language. Returns the exit code."""
    match type(error).__name__:
        case "NoArgsIsHelpError":
            print(error.format_message())  # noqa: T201 - prints the requested help
            return 0
        case "NoSuchOption":
            warn(_("There is no option {name}.", name=getattr(error, "option_name", "")))
        case "MissingParameter":
            warn(_("Something is missing: {name}.", name=_parameter_of(error)))
        case "BadParameter":
            warn(_("{name} cannot be: {why}", name=_parameter_of(error), why=_why_bad(error)))
        case _:
            warn(_("There is no such command, or a word too many."))
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "mailer"
    warn(_("See: {command} --help", command=path))
    return EXIT_USAGE


def _why_bad(error: Any) -> Text | str:
    """Return our own reason; Typer's are in English only, and say what type it wants."""
    if error.param is None:
        return str(error.message)
    if (least := _least_number(error)) is not None:
        return _("write a whole number of {least} or more", least=least)
    given = error.param.type_descriptor
    if "Path" in str(given.annotation):
        is_file = given.parameter_info.file_okay
        return (
            _("write the name of a file that you may read")
            if is_file
            else _("write the name of a folder that you may read")
        )
    return _("write {expected}", expected=error.param.display_type(error.ctx).strip("<>"))


def _least_number(error: typer.TyperException) -> int | None:
    """Return the least number that an option takes, if the one given is smaller."""
    from pydantic import ValidationError

    if not isinstance(error.__cause__, ValidationError):
        return None
    least: int | None = error.__cause__.errors()[0].get("ctx", {}).get("ge")
    return least


def _parameter_of(error: typer.TyperException) -> str:
    if isinstance(hint := getattr(error, "param_hint", None), str):
        return hint
    parameter = getattr(error, "param", None)
    return str(parameter.get_error_hint()).strip("'") if parameter is not None else ""
