"""A SendGrid of one's own, for trying the way to send without an account."""

from __future__ import annotations

from typing import Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_
from mailer.wording import _


def sendgrid_stand_in(
    port: Annotated[int, typer.Option(help=N_("Port on this machine."), min=0, max=65535)] = 8025,
    webhook: Annotated[
        str,
        typer.Option(
            help=N_("Report events there, on this machine: http://127.0.0.1:8766/…"),
            show_default=False,
        ),
    ] = "",
) -> None:
    import random
    import time

    from mailer.stand_in import Pump, Service, StandIn

    service = Service(clock=time.time)
    try:
        pump = Pump(service, webhook, random.Random()) if webhook else None  # noqa: S311 - a shuffle
    except ValueError as error:
        what = show.words(_("events are reported to this machine alone"))
        raise typer.BadParameter(what, param_hint="--webhook") from error
    try:
        listening = StandIn(service, port)
    except OSError as error:
        raise typer.BadParameter(str(error), param_hint="--port") from error
    with listening as server:
        show.tell(_("SendGrid is played on this machine. Stop it with Ctrl-C."))
        show.tell(_("Under [transport.sendgrid], write base_url = {url}", url=f'"{server.url}"'))
        if pump:
            key = f'"{pump.public_key}"'
            show.tell(_("Under [feedback.webhook], write keys = [{key}]", key=key))
        shown = 0
        while True:
            time.sleep(1)
            if pump:
                pump.turn()
            for taken in service.taken[shown:]:
                show.tell(f"{taken.address}  {taken.subject}")
                shown += 1


COMMANDS = (
    (
        "sendgrid-stand-in",
        sendgrid_stand_in,
        N_("Play SendGrid on this machine, to try it without an account."),
    ),
)
GROUPS = ()
