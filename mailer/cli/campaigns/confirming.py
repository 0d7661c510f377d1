"""`mailer confirm`: confirm the facts of a campaign that were read in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.errors import ContentError, Place, Problem, nearest
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def confirm(
    context: typer.Context,
    campaign: Campaign,
    facts: Annotated[
        list[str] | None,
        typer.Argument(help=N_("What to confirm, as it is listed; default: nothing, only list.")),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=N_("Confirm all of them."))] = False,
    by: By = "",
) -> None:
    with opened(context) as app:
        edited = app.editing.facts(campaign)
        marked = edited.campaign.to_confirm if edited.campaign else ()
        known = {_shown(each.key): each for each in marked}
        _require_known(facts or (), known)
        chosen = [each.key for name, each in known.items() if every or name in (facts or ())]
        if chosen:
            app.editing.confirm_facts(
                campaign,
                base=edited.opened.head.number,
                actor=current_actor(app, by),
                keys=chosen,
            )
    for name, each in known.items():
        if each.key in chosen:
            show.print_line(_("confirmed: {fact}", fact=name))
        else:
            show.print_line(_("to confirm: {fact}: “{words}”", fact=name, words=each.words))
    if not known:
        show.print_line(_("Nothing is to be confirmed."))
    elif len(chosen) < len(known):
        show.print_line(_("Next: mailer confirm {campaign} --all", campaign=campaign))


def _require_known(facts: Iterable[str], known: Mapping[str, object]) -> None:
    for name in facts:
        if name not in known:
            what = _("“{name}” is not to be confirmed.", name=name)
            raise ContentError(Problem(Place("campaign.toml"), what, nearest(name, known)))


def _shown(key: str) -> str:
    """Return a key with the entries of a list counted from 1, as the file is read."""
    return ".".join(f"{int(part) + 1}" if part.isdecimal() else part for part in key.split("."))
