"""The first commands: a demonstration, and a workspace to start from."""

from __future__ import annotations

import shlex
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from mailer.cli.contacts.contacts import print_import
from mailer.cli.terminal import show
from mailer.cli.terminal.asking import confirmed
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.results import print_rehearsal, print_report
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Role
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.operations.people.import_contacts import FileImport
    from mailer.wiring.app import App

DEMONSTRATOR = Actor("", "mailer demo", Via.PROGRAM, frozenset({Role.EDITOR}))
"""The actor who imports the example lists."""
EXAMPLE = "2017-12-09-recherche-associations"
BEGINS = "2017-12-01T10:00"
"""When the desk of the demonstration begins: three days before the first step leaves."""
BEGIN_ANEW = "mailer demo --anew"
LISTS = (("journalistes.xlsx", "press"), ("associations.csv", "associations"))


def demo(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option(help=N_("Folder for the demonstration."), file_okay=False)
    ] = Path("demo"),
    web: Annotated[
        bool, typer.Option("--web", help=N_("Then open the desk with the example campaign."))
    ] = False,
    port: Annotated[
        int,
        typer.Option(help=N_("Where the desk listens; default: [web] port."), show_default=False),
    ] = 0,
    browser: Annotated[bool, typer.Option(help=N_("Open the page in the browser."))] = True,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew",
            help=N_("Begin anew; asks, because it deletes what was made in the demonstration."),
        ),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("Do not ask: delete what was made, with --anew."))
    ] = False,
) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.files.workspace import is_workspace, make_workspace

    del context
    show.stand_in(Path())
    workspace = claim_folder(out) / "workspace"
    if anew:
        _delete(workspace, is_told=yes)
    goes_on = is_workspace(workspace)
    if goes_on:
        show.print_line(_("The demonstration goes on with what is in {folder}.", folder=workspace))
        show.print_line(_("To begin anew: {command}", command=f"{BEGIN_ANEW}{_out_option(out)}"))
    else:
        make_workspace(workspace)
    if not (goes_on and web):
        _show_example(workspace, out=out, is_new=not goes_on)
    if web:
        _open_desk(workspace, port=port, browser=browser)
    else:
        show.print_line(
            _(
                "To click through it in the browser: {command}",
                command=f"mailer demo --web{_out_option(out)}",
            )
        )


def _out_option(out: Path) -> str:
    return "" if out == Path("demo") else f" --out {shlex.quote(str(out))}"


def _delete(workspace: Path, *, is_told: bool) -> None:
    """Delete the workspace of a demonstration if a person agrees; otherwise leave."""
    if not workspace.exists():
        return
    question = _("Delete {folder}, with all that was made in it?", folder=workspace)
    is_agreed = is_told or (sys.stdin.isatty() and confirmed(question))
    if not is_agreed:
        show.print_line(_("Nothing was deleted: it takes a yes, or --yes."))
        raise typer.Exit(1)
    shutil.rmtree(workspace)


def _show_example(workspace: Path, *, out: Path, is_new: bool) -> None:
    """Play the example campaign, from its lists to its report; in a new workspace, import them."""
    from mailer.wiring.rehearsal import rehearse_campaign

    with _opened(workspace) as app:
        if is_new:
            _import_lists(app, quarantine=out)
        show.print_line(_("2. The texts, read over"))
        found = app.drafts.findings(EXAMPLE)
        show.findings(found)
        show.print_line(show.verdict(found))
        show.print_line()
        show.print_line(_("3. The whole campaign, rehearsed on a simulated clock"))
        with show.progress(_("Rehearsing"), None):
            played = rehearse_campaign(app, EXAMPLE, out=out, language=language())
    print_report(played.report)
    show.print_line()
    show.print_line(_("4. What to look at"))
    print_rehearsal(played)
    show.print_line(_("A workspace to play with: {folder}", folder=workspace))


@contextmanager
def _opened(workspace: Path) -> Iterator[App]:
    """Open the workspace on a clock that begins a week before the event of the example campaign,
    or goes on from the last act in it.
    """
    from mailer.calendar.instants import read_instant
    from mailer.clock import ShiftedClock
    from mailer.model.journal.line import JournalFilter
    from mailer.operations.journal import newest_lines
    from mailer.wiring.app import App

    with App(workspace) as app:
        begins = read_instant(BEGINS, zone=app.settings.office.time_zone)
        last = newest_lines(JournalFilter(), limit=1, ledger=app.ledger)
        app.clock = ShiftedClock(max([begins, *(line.at for line in last)]))
        yield app


def _open_desk(workspace: Path, *, port: int, browser: bool) -> None:
    from mailer.cli.administration.desk import serve_desk, start_again
    from mailer.operations.team.demonstration import DEMONSTRATION_PASSWORD, open_demonstration

    with _opened(workspace) as app:
        now = app.clock.now()
        open_demonstration(app.roster, gate=app.gate, now=now)
        show.print_line()
        show.print_line(
            _(
                "5. The desk, on {day}; nothing leaves this machine",
                day=show.day(now.astimezone(ZoneInfo(app.settings.office.time_zone)).date()),
            )
        )
        show.print_line(_("Everybody’s password here: {password}", password=DEMONSTRATION_PASSWORD))
        is_asked = serve_desk(app, browser=browser, port=port, with_service=True)
    if is_asked:
        start_again()


def _import_lists(app: App, *, quarantine: Path) -> None:
    show.print_line(_("1. The lists, as they come"))
    for file, list_name in LISTS:
        print_import(_import(app, file, list_name, quarantine=quarantine))
    show.print_line()


def _import(app: App, file: str, list_name: str, *, quarantine: Path) -> FileImport:
    from mailer.files.contact_files import read_contacts
    from mailer.files.quarantine import write_quarantine
    from mailer.operations.people.import_contacts import ImportRequest, import_file

    quarantine_file = quarantine / f"quarantine-{list_name}.csv"
    return import_file(
        ImportRequest(app.campaigns.folder(EXAMPLE) / "lists" / file, list_name),
        read_file=read_contacts,
        write_quarantine=lambda read: write_quarantine(read, quarantine_file, say=show.translated),
        actor=DEMONSTRATOR,
        ledger=app.ledger,
        now=app.clock.now(),
        leaves_to_desk=True,
    )


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=N_("The folder to make."), file_okay=False)],
    office: Annotated[
        str,
        typer.Option(help=N_("The name under which people know the office."), show_default=False),
    ] = "",
) -> None:
    from mailer.files.workspace import make_workspace

    del context
    make_workspace(folder, office=office)
    show.print_line(_("Workspace: {folder}", folder=folder))
    show.print_line(
        _(
            "Next: read {file}, then: mailer --workspace {folder} preview",
            file=folder / "config.toml",
            folder=folder,
        )
    )
