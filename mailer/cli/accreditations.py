"""`mailer accreditations`: record and list accreditations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.campaigns import AsJson, Campaign
from mailer.cli.language import N_
from mailer.cli.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.model.accreditation import AccreditationState
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.accreditation import Accreditation

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
    from mailer.addresses import require_address
    from mailer.operations.people.accreditations import register_accreditation

    known = require_address(address)
    with opened(context) as app:
        register_accreditation(
            app.campaigns.slug(campaign),
            known,
            state=state,
            name=name,
            organisation=organisation,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(_("{address}: {state}.", address=address, state=label_of(state)))


def list_(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    from mailer.operations.people.accreditations import accreditations_of

    with opened(context) as app:
        register = accreditations_of(app.campaigns.slug(campaign), ledger=app.ledger)
    if json:
        for entry in register:
            show.as_json(_as_json(entry))
        return
    _print_register(register)


def _as_json(entry: Accreditation) -> dict[str, object]:
    return {
        "address": str(entry.address),
        "state": entry.state,
        "name": entry.name,
        "organisation": entry.organisation,
        "at": entry.at.isoformat(),
    }


def _print_register(register: Sequence[Accreditation]) -> None:
    show.table(
        (_("Name"), _("Outlet"), _("Address"), _("State"), _("Since")),
        (
            (
                entry.name,
                entry.organisation,
                entry.address,
                label_of(entry.state),
                show.wall_time(entry.at),
            )
            for entry in register
        ),
    )
    show.print_line(_n("{count} answer.", "{count} answers.", count=len(register)))
