"""Doubts settled: by a person's word, or by the log of one's own relay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_
from mailer.cli.opening import opened
from mailer.model.message import DeliveryId
from mailer.model.naming import name_of
from mailer.wording import _, _n


def resolve(
    context: typer.Context,
    delivery: Annotated[
        str, typer.Argument(help=N_("The delivery, as status names it."), show_default=False)
    ] = "",
    as_sent: Annotated[
        bool | None,
        typer.Option(
            "--as-sent/--resend", help=N_("It arrived, or: send it again."), show_default=False
        ),
    ] = None,
    from_log: Annotated[
        Path | None,
        typer.Option(
            help=N_("Instead: settle every doubt that this log of your own Postfix relay settles."),
            show_default=False,
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    by: Annotated[str, typer.Option(help=N_("Your name, for the journal."))] = "",
    why: Annotated[str, typer.Option(help=N_("How you know."))] = "",
) -> None:
    if from_log is not None:
        _resolve_from_log(context, from_log, by=by)
        return
    for name, given in (
        ("DELIVERY", bool(delivery)),
        ("--as-sent/--resend", as_sent is not None),
        ("--by", bool(by)),
        ("--why", bool(why)),
    ):
        if not given:
            raise typer.BadParameter(show.words(_("something is missing")), param_hint=name)
    with opened(context) as app:
        settled = app.ledger.resolve(
            [DeliveryId(delivery)], resend=not as_sent, by=by, why=why, at=app.clock.now()
        )
    show.tell(_("Settled.") if settled else _("This delivery is not uncertain; nothing changed."))


def _resolve_from_log(context: typer.Context, log: Path, *, by: str) -> None:
    from mailer.feedback.relay_log import events_in
    from mailer.operations.settle import settle_from

    with opened(context) as app, log.open(encoding="utf-8", errors="replace") as lines:
        now = app.clock.now()
        settled = settle_from(
            events_in(lines, at=now),
            evidence=log.name,
            ledger=app.ledger,
            by=by or "mailer",
            now=now,
        )
    for each in settled:
        show.tell(_("{delivery}: {status}", delivery=each.delivery.id, status=name_of(each.status)))
    show.tell(
        _n(
            "{count} doubt settled by the log.",
            "{count} doubts settled by the log.",
            count=len(settled),
        )
    )


COMMANDS = (("resolve", resolve, N_("Settle a delivery whose fate is uncertain.")),)
GROUPS = ()
