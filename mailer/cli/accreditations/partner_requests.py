"""`mailer accreditations requests`, `accept` and `refuse`: what partners ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.accreditations.accreditations import Force
from mailer.cli.campaigns.campaigns import AsJson, Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.operations.people.partner_requests import AskedPlace

Number = Annotated[int, typer.Argument(help=N_("The number that “requests” shows."))]


def requests(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    from mailer.operations.people.partner_requests import requests_of

    with opened(context) as app:
        found = requests_of(app.campaigns.slug(campaign), ledger=app.ledger)
    if json:
        for each in found:
            show.as_json(_as_json(each))
        return
    show.table(
        (_("Number"), _("Partner"), _("Name"), _("Outlet"), _("Address"), _("State"), _("Since")),
        (
            (
                each.request.id,
                each.request.partner,
                each.request.name,
                each.request.organisation,
                each.request.address,
                label_of(each.state),
                show.wall_time(each.request.decided_at or each.request.at),
            )
            for each in found
        ),
    )
    waiting = sum(each.request.is_open for each in found)
    show.print_line(
        _n("{count} request waits.", "{count} requests wait.", count=waiting)
        if waiting
        else _("No request waits.")
    )


def accept(
    context: typer.Context,
    campaign: Campaign,
    number: Number,
    *,
    waiting: Annotated[
        bool, typer.Option("--waiting", help=N_("Put the person on the waiting list instead."))
    ] = False,
    force: Force = "",
    by: By = "",
) -> None:
    from mailer.operations.people.accreditations import Ruling
    from mailer.operations.people.partner_requests import accept_place

    state = AccreditationState.WAITING if waiting else AccreditationState.ACCEPTED
    with opened(context) as app:
        entry = accept_place(
            app.campaigns.slug(campaign),
            number,
            ruling=Ruling(state, force_why=force),
            terms=app.drafts.terms(campaign),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        ).accreditation
    show.print_line(_("{address}: {state}.", address=entry.address, state=label_of(entry.state)))


def refuse(
    context: typer.Context,
    campaign: Campaign,
    number: Number,
    reason: Annotated[str, typer.Option(help=N_("Why; the partner reads it."))],
    by: By = "",
) -> None:
    from mailer.operations.people.partner_requests import refuse_place

    with opened(context) as app:
        refused = refuse_place(
            app.campaigns.slug(campaign),
            number,
            why=reason,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    state = label_of(AccreditationState.REFUSED)
    show.print_line(_("{address}: {state}.", address=refused.address, state=state))


def _as_json(each: AskedPlace) -> dict[str, object]:
    asked = each.request
    return {
        "number": asked.id,
        "partner": asked.partner,
        "address": str(asked.address),
        "name": asked.name,
        "organisation": asked.organisation,
        "seats": asked.seats,
        "asked_by": asked.by,
        "at": asked.at.isoformat(),
        "waits": asked.is_open,
        "state": each.state,
        "reason": asked.reason,
        "decided_by": asked.decided_by,
    }
