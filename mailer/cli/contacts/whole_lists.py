"""`mailer contacts`: rename a list, merge it into another, or remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.asking import confirmed
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.model.team.actor import Actor
    from mailer.operations.people.whole_lists import WholeList
    from mailer.wiring.app import App

ListName = Annotated[str, typer.Argument(help=N_("The list, e.g. press."))]
Yes = Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))]


def rename(
    context: typer.Context,
    name: ListName,
    to: Annotated[str, typer.Argument(help=N_("Its new name."))],
    by: By = "",
) -> None:
    from mailer.operations.people.whole_lists import rename_list

    with opened(context) as app:
        actor = current_actor(app, by)
        shown = _shown(app, name, actor)
        new = rename_list(shown, to, actor=actor, ledger=app.ledger, now=app.clock.now())
    show.print_line(_("“{name}” is called “{new}” now.", name=name, new=new))
    for use in shown.planned:
        show.warn(
            _(
                "{campaign}, {step}: names “{list}” still.",
                campaign=use.campaign,
                step=use.step,
                list=name,
            )
        )


def merge(
    context: typer.Context,
    name: ListName,
    into: Annotated[str, typer.Argument(help=N_("The list on which its people are then."))],
    by: By = "",
    yes: Yes = False,
) -> None:
    from mailer.operations.people.whole_lists import merge_list

    with opened(context) as app:
        actor = current_actor(app, by)
        shown = _shown(app, name, actor)
        _ask(shown, yes=yes)
        merge_list(shown, into, actor=actor, ledger=app.ledger, now=app.clock.now())
    show.print_line(_("The people of “{name}” are on “{into}” now.", name=name, into=into))


def remove(context: typer.Context, name: ListName, by: By = "", yes: Yes = False) -> None:
    from mailer.operations.people.whole_lists import remove_list

    with opened(context) as app:
        actor = current_actor(app, by)
        shown = _shown(app, name, actor)
        _ask(shown, yes=yes)
        remove_list(shown, actor=actor, ledger=app.ledger, now=app.clock.now())
    show.print_line(_("“{name}” was removed; its people stay in the directory.", name=name))


def _ask(shown: WholeList, *, yes: bool) -> None:
    question = _n(
        "End the list “{name}” with {count} person?",
        "End the list “{name}” with {count} people?",
        count=shown.size,
        name=shown.name,
    )
    if not yes and not confirmed(question):
        raise typer.Abort


def _shown(app: App, name: str, actor: Actor) -> WholeList:
    from mailer.operations.people.whole_lists import whole_list

    campaigns = app.campaigns.names()
    return whole_list(name, campaigns=campaigns, actor=actor, drafts=app.drafts, ledger=app.ledger)
