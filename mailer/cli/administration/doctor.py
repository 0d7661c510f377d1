"""The command that examines the workspace, before something goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import opened
from mailer.model.health.health import (
    AREA_NAMES,
    NOTHING_TO_DO,
    Area,
    HealthVerdict,
    exit_code_of,
)
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.health.health import HealthLine

_SIGNS = {
    HealthVerdict.RIGHT: "✓",
    HealthVerdict.NOTED: "·",
    HealthVerdict.NOT_ASKED: "?",
    HealthVerdict.WRONG: "!",
    HealthVerdict.REFUSED: "✗",
}


def doctor(
    context: typer.Context,
    offline: Annotated[
        bool, typer.Option("--offline", help=N_("Ask nothing of the network."))
    ] = False,
    json: AsJson = False,
) -> None:
    from mailer.wiring.examining import examine_workspace

    with opened(context) as app, show.progress(_("Examining"), None):
        lines = list(examine_workspace(app, is_offline=offline))
    if json:
        show.as_json(examination_as_json(lines))
    else:
        _print_examination(lines)
    if code := exit_code_of(lines):
        raise typer.Exit(code)


def _print_examination(lines: Sequence[HealthLine]) -> None:
    for area in Area:
        of_area = [line for line in lines if line.question.area is area]
        if of_area:
            show.print_line()
            show.print_line(AREA_NAMES[area])
        for line in of_area:
            _print_line(line)
    show.print_line()
    show.print_line(summary(lines))


def _print_line(line: HealthLine) -> None:
    """Print what was found; where something is to do, also why and what."""
    show.print_line(
        _(
            "  {sign} {what}: {found}",
            sign=_SIGNS[line.verdict],
            what=line.question.what,
            found=line.found,
        )
    )
    if line.is_wrong:
        show.print_line(Text("      {why}", {"why": line.question.why}))
    if line.remedy != NOTHING_TO_DO and line.verdict is not HealthVerdict.RIGHT:
        show.print_line(Text("      → {remedy}", {"remedy": line.remedy}))


def summary(lines: Sequence[HealthLine]) -> Text:
    """Say in one sentence how the examination came out."""
    wrong = sum(line.is_wrong for line in lines)
    refused = sum(line.verdict is HealthVerdict.REFUSED for line in lines)
    if refused:
        return _n(
            "{count} answer holds up a production launch.",
            "{count} answers hold up a production launch.",
            count=refused,
        )
    if wrong:
        return _n("{count} answer is to correct.", "{count} answers are to correct.", count=wrong)
    return _("Nothing is to correct.")


def examination_as_json(lines: Sequence[HealthLine]) -> dict[str, object]:
    """Return an examination as JSON, for other programs."""
    return {
        "exit_code": exit_code_of(lines),
        "lines": [
            {
                "check": line.question.name,
                "area": line.question.area,
                "verdict": line.verdict,
                "what": show.translated(line.question.what),
                "found": show.translated(line.found),
                "why": show.translated(line.question.why),
                "remedy": show.translated(line.remedy),
            }
            for line in lines
        ],
    }
