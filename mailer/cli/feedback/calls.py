"""`mailer bounces called`: note a telephone call to somebody whom the mail did not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from mailer.addresses import require_address
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.errors import ContentError, Place, Problem
from mailer.labels import label_of
from mailer.model.contacts.call import CallOutcome
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import date


def called(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help=N_("The person's e-mail address."))],
    outcome: Annotated[CallOutcome, typer.Option(help=N_("What came of the call."))],
    campaign: Annotated[
        str,
        typer.Option(help=N_("The campaign whose invitation was answered."), show_default=False),
    ] = "",
    again_on: Annotated[
        str, typer.Option(help=N_("The day of the next call: 2017-12-04."), show_default=False)
    ] = "",
    phone: Annotated[
        str, typer.Option(help=N_("The right number, if it was found out."), show_default=False)
    ] = "",
    note: Annotated[str, typer.Option(help=N_("What was said."), show_default=False)] = "",
    by: By = "",
) -> None:
    from mailer.operations.people.phone_calls import NotedCall, note_call

    with opened(context) as app:
        now = app.clock.now()
        noted = NotedCall(
            outcome,
            campaign=app.campaigns.slug(campaign) if campaign else "",
            phone=phone,
            again_on=_day(again_on) if again_on else None,
            note=note,
        )
        call = note_call(
            require_address(address),
            noted,
            terms_for=app.drafts.terms,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=now,
            today=now.astimezone(ZoneInfo(app.settings.office.time_zone)).date(),
        )
    show.print_line(
        _("Noted: {address}: {outcome}.", address=call.address, outcome=label_of(call.outcome))
    )


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        what, remedy = _("this is not a day"), _("Write it like this: 2017-12-04.")
        raise ContentError(Problem(Place(text), what, remedy)) from error
