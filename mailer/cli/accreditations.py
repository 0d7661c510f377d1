"""The register that reminders obey."""

from __future__ import annotations

from typing import Annotated

import typer

from mailer.cli import show
from mailer.cli.campaigns import AsJson, Campaign
from mailer.cli.language import N_
from mailer.cli.opening import By, acting, opened
from mailer.labels import label_of
from mailer.model.accreditation import Accreditation, AccreditationState
from mailer.model.permission import Act
from mailer.wording import _, _n

Address = Annotated[str, typer.Argument(help=N_("The person's e-mail address."))]


def add(
    context: typer.Context,
    campaign: Campaign,
    address: Address,
    name: Annotated[str, typer.Option(help=N_("Name, as on the identity card."))] = "",
    organisation: Annotated[str, typer.Option(help=N_("Outlet or association."))] = "",
    state: Annotated[
        AccreditationState, typer.Option(help=N_("What was asked or decided."))
    ] = AccreditationState.ACCEPTED,
    by: By = "",
) -> None:
    _save(context, campaign, address, state=state, name=name, organisation=organisation, by=by)


def decline(context: typer.Context, campaign: Campaign, address: Address, by: By = "") -> None:
    _save(context, campaign, address, state=AccreditationState.DECLINED, by=by)


def _save(
    context: typer.Context,
    campaign: str,
    address: str,
    *,
    state: AccreditationState,
    name: str = "",
    organisation: str = "",
    by: str,
) -> None:
    from mailer.addresses import NotAnAddress, read_address
    from mailer.errors import ContentError, Place, Problem

    try:
        known = read_address(address)
    except NotAnAddress as error:
        raise ContentError(
            Problem(Place(address), error.reason, _("Correct the address and try again."))
        ) from error
    with opened(context) as app:
        app.ledger.accreditations.save(
            Accreditation(
                campaign=app.campaign_folder(campaign).name,
                address=known,
                state=state,
                at=app.clock.now(),
                name=name,
                organisation=organisation,
            ),
            actor=acting(app, by, Act.ACCREDIT),
        )
    show.tell(_("{address}: {state}.", address=address, state=label_of(state)))


def list_(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    with opened(context) as app:
        register = app.ledger.accreditations.of_campaign(app.campaign_folder(campaign).name)
    if json:
        for line in register:
            show.as_json(
                {
                    "address": str(line.address),
                    "state": line.state,
                    "name": line.name,
                    "organisation": line.organisation,
                    "at": line.at.isoformat(),
                }
            )
        return
    show.table(
        (_("Name"), _("Outlet"), _("Address"), _("State"), _("Since")),
        (
            (
                line.name,
                line.organisation,
                line.address,
                label_of(line.state),
                show.wall_time(line.at),
            )
            for line in register
        ),
    )
    show.tell(_n("{count} answer.", "{count} answers.", count=len(register)))


COMMANDS = ()
GROUPS = (
    (
        "accreditations",
        (
            ("add", add, N_("Note somebody's accreditation; reminders stop at once.")),
            ("decline", decline, N_("Note that somebody will not come.")),
            ("list", list_, N_("Show the register of a campaign.")),
        ),
        N_("Who asked to come: the register that reminders obey."),
    ),
)
