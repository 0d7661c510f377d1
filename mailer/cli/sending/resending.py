"""The command `resend`: a step again, to those whom it did not reach and to newcomers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.steps import Step, step_id
from mailer.cli.terminal.workspace import At, By, Why, current_actor, opened
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.address import Address
    from mailer.operations.sending.resend import ResendTo


def resend(  # noqa: PLR0917 - Typer calls it by keyword; each is an option
    context: typer.Context,
    campaign: Campaign,
    step: Step,
    to: Annotated[list[str] | None, typer.Option(help=N_("This address; may be repeated."))] = None,
    missed: Annotated[
        bool, typer.Option("--missed", help=N_("Those whom it did not reach."))
    ] = False,
    new: Annotated[
        bool, typer.Option("--new", help=N_("Those who came to its lists since it left."))
    ] = False,
    confirm: Annotated[
        int | None,
        typer.Option(help=N_("The number of people who get it."), show_default=False),
    ] = None,
    by: By = "",
    why: Why = "",
    at: At = "",
) -> None:
    from mailer.operations.sending.hold import name_of_launched
    from mailer.operations.sending.resend import resend as send_again

    chosen = _chosen(to or (), missed=missed, new=new)
    with opened(context, at=at) as app:
        app.settings.require_secrets()
        sent = send_again(
            name_of_launched(campaign, slug_of=app.campaigns.slug, ledger=app.ledger),
            step_id(step),
            to=chosen,
            confirm=confirm,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    for each in sent.people:
        show.print_line(_("  {name}, {address}", name=each.name or "-", address=each.address))
    show.print_line(
        _n(
            "{count} person gets it, while the service runs: mailer run",
            "{count} people get it, while the service runs: mailer run",
            count=len(sent.people),
        )
    )


def _chosen(to: Sequence[str], *, missed: bool, new: bool) -> ResendTo | Sequence[Address]:
    """Return whom the options name; exactly one of them must be given."""
    from mailer.addresses import require_address
    from mailer.operations.sending.resend import ResendTo

    if bool(to) + missed + new != 1:
        raise typer.BadParameter(show.translated(_("Give one of --to, --missed and --new.")))
    if missed:
        return ResendTo.MISSED
    return ResendTo.NEW if new else [require_address(each) for each in to]
