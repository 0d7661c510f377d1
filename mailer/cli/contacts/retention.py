"""`mailer retention`: what is kept of people, since when, until when, and what was destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.calendar.timetable import in_zone
from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.model.contacts.retention import end_of_keeping
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.contacts.retention import DoorCopy, Holding, Retention


def list_(context: typer.Context, json: AsJson = False) -> None:
    from mailer.operations.people.retention import retention

    with opened(context) as app:
        now, zone = app.clock.now(), app.settings.office.time_zone
        kept = retention(ledger=app.ledger, now=now)
    if json:
        show.as_json(_as_json(kept, now=now))
        return
    _print_holdings(kept.holdings, zone=zone)
    _print_copies(kept.door_copies, now=now, zone=zone)


def destroyed(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help=N_("The number of the list for the door."))],
    by: By = "",
) -> None:
    from mailer.operations.people.retention import confirm_destroyed

    with opened(context) as app:
        copy = confirm_destroyed(
            number, actor=current_actor(app, by), ledger=app.ledger, now=app.clock.now()
        )
    show.print_line(
        _(
            "Noted: the list for the door of {campaign} (number {number}) was destroyed.",
            campaign=copy.campaign,
            number=copy.number,
        )
    )


def _print_holdings(holdings: Sequence[Holding], *, zone: str) -> None:
    show.table(
        (_("What is kept"), _("How many"), _("Since"), _("Until")),
        (
            (
                label_of(each.kind),
                each.count,
                show.wall_time(in_zone(each.since, zone)) if each.since else "–",
                show.translated(end_of_keeping(each.kind)),
            )
            for each in holdings
        ),
    )
    purges = [(each, each.until) for each in holdings if each.until is not None]
    for each, until in purges:
        show.print_line(
            _(
                "Next purge of {what}: {count} on {at}.",
                what=label_of(each.kind),
                count=each.next_count,
                at=show.wall_time(in_zone(until, zone)),
            )
        )
    if not purges:
        show.print_line(_("Nothing waits to be purged."))


def _print_copies(copies: Sequence[DoorCopy], *, now: datetime, zone: str) -> None:
    show.table(
        (_("Number"), _("List for the door"), _("People"), _("Written"), _("To be destroyed by")),
        (
            (
                copy.number,
                copy.campaign,
                copy.people,
                f"{show.wall_time(in_zone(copy.made_at, zone))}, {copy.by}",
                show.wall_time(in_zone(copy.destroy_by, zone)) if copy.destroy_by else "–",
            )
            for copy in copies
        ),
    )
    if overdue := sum(copy.is_overdue(now) for copy in copies):
        show.warn(
            _n(
                "{count} list for the door should be destroyed by now. Once it is: mailer retention"
                " destroyed NUMBER",
                "{count} lists for the door should be destroyed by now. Once they are: mailer"
                " retention destroyed NUMBER",
                count=overdue,
            )
        )
    if not copies:
        show.print_line(_("No list for the door is still to be destroyed."))


def _as_json(kept: Retention, *, now: datetime) -> dict[str, object]:
    return {
        "kept": [
            {
                "what": each.kind,
                "count": each.count,
                "since": each.since and each.since.isoformat(),
                "next_purge": each.until and each.until.isoformat(),
                "next_count": each.next_count,
            }
            for each in kept.holdings
        ],
        "door_lists": [
            {
                "number": copy.number,
                "campaign": copy.campaign,
                "people": copy.people,
                "by": copy.by,
                "written_at": copy.made_at.isoformat(),
                "destroy_by": copy.destroy_by and copy.destroy_by.isoformat(),
                "overdue": copy.is_overdue(now),
            }
            for copy in kept.door_copies
        ],
    }
