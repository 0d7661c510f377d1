"""The first commands: a demonstration, and a workspace to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.contacts.contacts import print_import
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.results import print_rehearsal, print_report
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Role
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.operations.people.import_contacts import FileImport
    from mailer.wiring.app import App

DEMONSTRATOR = Actor("", "mailer demo", Via.PROGRAM, frozenset({Role.EDITOR}))
"""The actor who imports the example lists."""
EXAMPLE = "2017-12-09-recherche-associations"
BEGINS = "2017-12-01T10:00"
"""When the desk of the demonstration begins: three days before the first step leaves."""
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
) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.files.workspace import make_workspace
    from mailer.wiring.app import App
    from mailer.wiring.rehearsal import rehearse_campaign

    del context
    workspace = make_workspace(claim_folder(out) / "workspace", replace_existing=True)
    with App(workspace) as app:
        show.print_line(_("1. The lists, as they come"))
        for file, list_name in LISTS:
            print_import(_import(app, file, list_name, quarantine=out))
        show.print_line()
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
    if web:
        _open_desk(workspace, port=port, browser=browser)
    else:
        show.print_line(_("To click through it in the browser: mailer demo --web"))


def _open_desk(workspace: Path, *, port: int, browser: bool) -> None:
    """Serve the desk on a clock that begins a week before the event of the example campaign."""
    from mailer.calendar.instants import read_instant
    from mailer.cli.administration.desk import serve_desk
    from mailer.clock import ShiftedClock
    from mailer.operations.team.demonstration import DEMONSTRATION_PASSWORD, open_demonstration
    from mailer.wiring.app import App

    with App(workspace) as app:
        app.clock = ShiftedClock(read_instant(BEGINS, zone=app.settings.office.time_zone))
        open_demonstration(app.roster, gate=app.gate, now=app.clock.now())
        show.print_line()
        show.print_line(_("5. The desk, on the 1st of December 2017; nothing leaves this machine"))
        show.print_line(_("Everybody’s password here: {password}", password=DEMONSTRATION_PASSWORD))
        serve_desk(app, browser=browser, port=port, with_service=True)


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
    )


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=N_("The folder to make."), file_okay=False)],
) -> None:
    from mailer.files.workspace import make_workspace

    del context
    make_workspace(folder)
    show.print_line(_("Workspace: {folder}", folder=folder))
    show.print_line(
        _(
            "Next: read {file}, then: mailer --workspace {folder} preview",
            file=folder / "config.toml",
            folder=folder,
        )
    )
