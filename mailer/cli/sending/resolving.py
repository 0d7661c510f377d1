"""`mailer resolve`: resolve uncertain deliveries, by hand or from the log of our own relay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.steps import step_id
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.model.mailings.message import DeliveryId
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.operations.sending.resolve import Resolved


Delivery = Annotated[
    str, typer.Argument(help=N_("The delivery, as status names it."), show_default=False)
]
OfCampaign = Annotated[
    str,
    typer.Option(
        help=N_("Instead: every uncertain delivery of this campaign."), show_default=False
    ),
]
OfStep = Annotated[
    str, typer.Option(help=N_("Of the campaign, this step alone."), show_default=False)
]
AsSent = Annotated[
    bool | None,
    typer.Option(
        "--as-sent/--resend", help=N_("It arrived, or: send it again."), show_default=False
    ),
]
Confirm = Annotated[
    int | None,
    typer.Option(
        help=N_("With --campaign: the number of uncertain deliveries."), show_default=False
    ),
]
FromLog = Annotated[
    Path | None,
    typer.Option(
        help=N_(
            "Instead: resolve the uncertain deliveries that the log of your own Postfix relay names."
        ),
        show_default=False,
    ),
]
Why = Annotated[str, typer.Option(help=N_("How you know."))]


def resolve(  # noqa: PLR0917 - Typer calls it by keyword; each is an option
    context: typer.Context,
    delivery: Delivery = "",
    campaign: OfCampaign = "",
    step: OfStep = "",
    as_sent: AsSent = None,
    confirm: Confirm = None,
    from_log: FromLog = None,
    by: By = "",
    why: Why = "",
) -> None:
    _require_exactly_one(("DELIVERY", delivery), ("--campaign", campaign), ("--from-log", from_log))
    if not campaign:
        _refuse_without_campaign(("--step", step), ("--confirm", confirm))
    if from_log is not None:
        _resolve_from_log(context, from_log, by=by)
        return
    _all_given(("--as-sent/--resend", as_sent is not None), ("--why", bool(why)))
    if campaign:
        _resolve_all(
            context,
            campaign,
            step=step_id(step),
            confirm=confirm,
            resend=not as_sent,
            by=by,
            why=why,
        )
    else:
        _resolve_one(context, delivery, resend=not as_sent, by=by, why=why)


def _resolve_one(context: typer.Context, delivery: str, *, resend: bool, by: str, why: str) -> None:
    from mailer.operations.sending.resolve import resolve_delivery

    with opened(context) as app:
        is_resolved = resolve_delivery(
            DeliveryId(delivery),
            resend=resend,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(
        _("Resolved.")
        if is_resolved
        else _(
            "Nothing changed: this delivery is not uncertain, or its mailing is cancelled or has"
            " expired."
        )
    )


def _all_given(*options: tuple[str, bool]) -> None:
    for name, is_given in options:
        if not is_given:
            raise typer.BadParameter(show.translated(_("something is missing")), param_hint=name)


def _require_exactly_one(*ways: tuple[str, object]) -> None:
    given = [name for name, value in ways if value]
    if not given:
        raise typer.BadParameter(
            show.translated(_("something is missing")),
            param_hint=", ".join(name for name, _v in ways),
        )
    if len(given) > 1:
        raise typer.BadParameter(
            show.translated(_("only one of these at a time")), param_hint=", ".join(given)
        )


def _refuse_without_campaign(*options: tuple[str, object]) -> None:
    for name, value in options:
        if value not in {"", None}:
            raise typer.BadParameter(
                show.translated(_("this goes with --campaign only")), param_hint=name
            )


def _resolve_all(
    context: typer.Context,
    campaign: str,
    *,
    step: str,
    confirm: int | None,
    resend: bool,
    by: str,
    why: str,
) -> None:
    from mailer.operations.sending.resolve import resolve_all

    with opened(context) as app:
        resolved = resolve_all(
            # The name in the ledger, because the folder may be gone when a backup is restored.
            Path(campaign).name,
            step=step,
            confirm=confirm,
            resend=resend,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    _print_resolved(resolved, resend=resend)


def _print_resolved(resolved: Resolved, *, resend: bool) -> None:
    if not resolved.count and not resolved.unchanged:
        show.print_line(_("Nothing is uncertain here; nothing changed."))
    if resolved.count and resend:
        show.print_line(
            _n(
                "{count} message is to be sent again, while the service runs: mailer run",
                "{count} messages are to be sent again, while the service runs: mailer run",
                count=resolved.count,
            )
        )
    elif resolved.count:
        show.print_line(
            _n(
                "{count} delivery counts as sent.",
                "{count} deliveries count as sent.",
                count=resolved.count,
            )
        )
    if resolved.unchanged:
        show.warn(
            _n(
                "{count} delivery stays as it is: its mailing is cancelled or has expired, or"
                " something came back about it just now.",
                "{count} deliveries stay as they are: their mailing is cancelled or has expired, or"
                " something came back about them just now.",
                count=resolved.unchanged,
            )
        )


def _resolve_from_log(context: typer.Context, log: Path, *, by: str) -> None:
    from mailer.files.given_files import MAX_LOG_BYTES, require_given
    from mailer.operations.feedback.evidence import resolve_from_log

    shorter = _("Give only the lines of the days on which they were sent.")
    require_given(log, most_bytes=MAX_LOG_BYTES, if_too_large=shorter)
    with opened(context) as app, log.open(encoding="utf-8", errors="replace") as lines:
        resolved = resolve_from_log(
            lines,
            name=log.name,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    for each in resolved:
        show.print_line(
            _("{delivery}: {status}", delivery=each.delivery.id, status=label_of(each.status))
        )
    show.print_line(
        _n(
            "{count} uncertain delivery resolved by the log.",
            "{count} uncertain deliveries resolved by the log.",
            count=len(resolved),
        )
    )
