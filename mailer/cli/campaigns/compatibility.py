"""The command `compatibility`: what mail programs make of a campaign, or of a page of HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import opened
from mailer.compatibility.clients import CLIENTS
from mailer.compatibility.gaps import LOSSES
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.compatibility.gaps import Gap
    from mailer.errors import Problem
    from mailer.operations.campaigns.drafts.compatibility import Compatibility


def compatibility(
    context: typer.Context,
    campaign: Annotated[
        str, typer.Argument(help=N_("The campaign: its folder, or its name."))
    ] = "",
    html: Annotated[
        Path | None, typer.Option(help=N_("A page of HTML instead of a campaign."))
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=N_("What only makes a message plainer, too."))
    ] = False,
    json: AsJson = False,
) -> None:
    from mailer.operations.campaigns.drafts.compatibility import (
        compatibility_of,
        compatibility_of_page,
    )

    if html is not None:
        found = compatibility_of_page(_page(html))
    elif campaign:
        with opened(context) as app:
            found = compatibility_of(app.drafts.draft(campaign))
    else:
        raise typer.BadParameter(show.translated(_("Name a campaign, or --html FILE.")))
    if json:
        show.as_json(_as_json(found))
        return
    _print(found, every=every)


def _page(file: Path) -> str:
    """Return the text of a page. Raises ContentError when it cannot be read as text."""
    from mailer.errors import ContentError
    from mailer.files.text_files import read_text

    problems: list[Problem] = []
    text = read_text(file, problems=problems)
    if text is None:
        raise ContentError(*problems)
    return text


def _print(found: Compatibility, *, every: bool) -> None:
    shown = [gap for gap in found.gaps if every or gap.is_telling]
    if shown:
        show.table(
            (_("Feature"), _("What is lost"), _("Not known to"), _("Partly known to"), _("Tried")),
            (_row(gap) for gap in shown),
        )
    else:
        show.print_line(_("Every program of the table shows what these messages say."))
    rest = len(found.gaps) - len(shown)
    if rest:
        show.print_line(
            _n(
                "{count} feature that only adorns, or is known in part, is not listed (--all).",
                "{count} features that only adorn, or are known in part, are not listed (--all).",
                count=rest,
            )
        )
    show.print_line(
        _("From the table of caniemail.com of {date}. No real program was asked.", date=found.date)
    )


def _row(gap: Gap) -> tuple[object, ...]:
    return (
        gap.feature.title,
        LOSSES[gap.loss],
        _named(gap.missing),
        _named(gap.partly),
        gap.feature.tested,
    )


def _named(clients: Iterable[str]) -> str:
    return ", ".join(show.translated(CLIENTS[client]) for client in clients)


def _as_json(found: Compatibility) -> dict[str, object]:
    return {
        "date": found.date,
        "shares": dict(found.shares),
        "features": [
            {
                "feature": gap.feature.slug,
                "loss": gap.loss,
                "line": gap.use.line,
                "words": gap.use.quoted,
                "tested": gap.feature.tested,
                "missing": list(gap.missing),
                "partly": list(gap.partly),
                "remarks": gap.remarks,
            }
            for gap in found.gaps
        ],
    }
