"""`mailer coverage`: what the press has published about a campaign."""

from __future__ import annotations

from typing import Annotated

import typer

from mailer.cli.campaigns.campaigns import Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.wording import _, _n


def add(
    context: typer.Context,
    campaign: Campaign,
    title: Annotated[str, typer.Option(help=N_("The title of the article or broadcast."))],
    outlet: Annotated[str, typer.Option(help=N_("Who published it."))],
    date: Annotated[str, typer.Option(help=N_("The day, as 2017-12-09."))],
    link: Annotated[str, typer.Option(help=N_("Its page, if there is one."))] = "",
    by: By = "",
) -> None:
    from mailer.operations.campaigns.results.coverage import NotedCoverage, note_coverage

    with opened(context) as app:
        noted = note_coverage(
            app.campaigns.slug(campaign),
            NotedCoverage(title, outlet, date, link),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(_("Noted: {outlet}, “{title}”.", outlet=noted.outlet, title=noted.title))


def list_(context: typer.Context, campaign: Campaign) -> None:
    from mailer.operations.campaigns.results.coverage import coverage_of

    with opened(context) as app:
        found = coverage_of(app.campaigns.slug(campaign), ledger=app.ledger)
    show.table(
        (_("Number"), _("Day"), _("Outlet"), _("Headline"), _("Page")),
        (
            (each.number, each.published_on.isoformat(), each.outlet, each.title, each.link)
            for each in found
        ),
    )
    show.print_line(
        _n("{count} article or broadcast", "{count} articles and broadcasts", count=len(found))
    )


def remove(
    context: typer.Context,
    campaign: Campaign,
    number: Annotated[int, typer.Argument(help=N_("The number that the list shows."))],
    by: By = "",
) -> None:
    from mailer.operations.campaigns.results.coverage import remove_coverage

    with opened(context) as app:
        remove_coverage(
            app.campaigns.slug(campaign),
            number,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(_("Removed."))
