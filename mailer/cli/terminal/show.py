"""Print results on a terminal: sentences, tables, problems, progress."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mailer.cli.terminal.language import language, translations
from mailer.cli.terminal.remedies import command_line
from mailer.model.drafts.finding import Severity
from mailer.wording import Text, _, _n, as_in_file, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from rich.console import Console

    from mailer.errors import Problem
    from mailer.model.drafts.accepted_finding import AcceptedFinding
    from mailer.model.drafts.finding import Finding

_workspace: list[str] = []

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def translated(text: Text | str) -> str:
    """Return `text` in the reader's language."""
    if not isinstance(text, Text):
        return text
    return say(_relative(text), translations(), worded=lambda named: _relative(as_in_file(named)))


def _relative(text: Text) -> Text:
    values = {
        name: path(value) if isinstance(value, PurePath) else value
        for name, value in text.values.items()
    }
    return replace(text, values=values)


def stand_in(workspace: Path) -> None:
    """Write paths relative to `workspace` from now on."""
    _workspace[:] = {f"{folder.as_posix()}/" for folder in (workspace, workspace.absolute())}


def path(file: object) -> str:
    """Return a path as it is shown: relative to the workspace, where it lies below it."""
    shown = str(file)
    folder = next((folder for folder in _workspace if shown.startswith(folder)), "")
    return shown.removeprefix(folder) or shown


def print_line(text: Text | str = "") -> None:
    """Print one line of the result to standard output."""
    print(translated(text))  # noqa: T201 - this is the place that prints


def warn(text: Text | str) -> None:
    """Print one line to the error stream."""
    print(translated(text), file=sys.stderr)  # noqa: T201 - this is the place that prints


def as_json(value: object) -> None:
    """Print one JSON object on one line, for other programs."""
    print(json.dumps(value, ensure_ascii=False, default=str))  # noqa: T201


def problems(found: Sequence[Problem]) -> None:
    """Print all problems, each with its place and its remedy."""
    for problem in found:
        warn(f"{path(problem.where)}:")
        warn(f"  {translated(problem.what)}")
        warn(f"  → {translated(problem.remedy)}")
        if problem.act is not None:
            warn(f"    {command_line(problem.act)}")


def findings(found: Sequence[Finding]) -> None:
    """Print the findings of the checks, blocking ones first, then those that were accepted."""
    from rich.markup import escape

    from mailer.labels import label_of

    console = _console()
    order = list(Severity)
    for finding in sorted(
        found, key=lambda each: (each.accepted is not None, order.index(each.severity))
    ):
        label, colour = label_of(finding.severity), _COLOURS[finding.severity]
        if finding.accepted:
            label, colour = _("accepted"), "green"
        console.print(
            f"[bold {colour}]{translated(label).upper()}[/]  {escape(path(finding.where))}"
            f"  [dim]({finding.check} {finding.id})[/]"
        )
        console.print(f"    {escape(translated(finding.what))}")
        if finding.accepted:
            console.print(f"    {escape(translated(accepted_by(finding.accepted)))}")
            continue
        console.print(f"    [dim]{escape(translated(finding.why))}[/]")
        console.print(f"    → {escape(translated(finding.remedy))}")
        if finding.act is not None:
            console.print(f"      {escape(command_line(finding.act))}")


def accepted(found: Sequence[Finding]) -> None:
    """Print the findings that were accepted, for those who sign off."""
    for finding in found:
        if finding.accepted:
            print_line(finding.what)
            print_line(f"  {translated(accepted_by(finding.accepted))}")


def accepted_by(accepted: AcceptedFinding) -> Text:
    """Return who accepted a finding, and why."""
    return _(
        "accepted by {name} on {at}: {reason}",
        name=accepted.by,
        at=accepted.at,
        reason=accepted.why,
    )


def verdict(found: Sequence[Finding]) -> Text:
    """Return one sentence that summarises the findings, without those that were accepted."""
    found = [finding for finding in found if finding.accepted is None]
    blocking = sum(finding.blocks for finding in found)
    if blocking:
        return _n(
            "{count} finding blocks the launch.",
            "{count} findings block the launch.",
            count=blocking,
        )
    if found:
        return _n(
            "Nothing blocks; {count} remark.", "Nothing blocks; {count} remarks.", count=len(found)
        )
    return _("Nothing to correct.")


def wall_time(instant: datetime) -> str:
    """Format an instant as `Mon 4 Dec 2017, 09:30`, in its own time zone."""
    from mailer.calendar.written_days import written_day

    return f"{written_day(instant, 'EEE d MMM y', language=language())}, {instant:%H:%M}"


def day(on: date) -> str:
    """Format a day as `Monday 8 January 2018`."""
    from mailer.calendar.written_days import written_day

    return written_day(on, "EEEE d MMMM y", language=language())


def counts(by: Mapping[Any, int]) -> str:
    """Format counts as `handed over: 41, bounced: 2`."""
    from mailer.labels import label_of

    return ", ".join(
        translated(_("{name}: {count}", name=label_of(kind), count=count))
        for kind, count in by.items()
        if count
    )


def table(headings: Sequence[Text | str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table, as wide as the terminal allows, or each row as a list where it is too narrow.

    A word or an address is never broken. Without a row nothing is printed.
    """
    names = [translated(heading) for heading in headings]
    cells = [
        [translated(cell) if isinstance(cell, Text) else str(cell) for cell in row] for row in rows
    ]
    if not cells:
        return
    narrowest = [max(map(_longest_word, column)) for column in zip(names, *cells, strict=True)]
    console = _console()
    if sum(narrowest) + _BETWEEN_COLUMNS * len(names) > console.width:
        _print_as_lists(names, cells)
        return
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, width in zip(names, narrowest, strict=True):
        drawn.add_column(escape(name).translate(_HELD), min_width=width)
    for row in cells:
        drawn.add_row(*(escape(cell).translate(_HELD) for cell in row))
    with console.capture() as capture:
        console.print(drawn)
    for line in capture.get().splitlines():
        print_line(line.rstrip().translate(_RELEASED))


_BETWEEN_COLUMNS = 3
_NO_BREAK_SPACES = "\u00a0\u202f"
# rich breaks a line at a no-break space, so they are letters of no language while it lays out.
_HELD = dict(zip(map(ord, _NO_BREAK_SPACES), "\ue000\ue001", strict=True))
_RELEASED = {ord(held): chr(space) for space, held in _HELD.items()}


def _longest_word(cell: str) -> int:
    return max(map(len, re.split(r"[ \n]", cell)))


def _print_as_lists(names: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    for row in cells:
        print_line()
        for name, cell in zip(names, row, strict=True):
            if cell:
                print_line(_("{name}: {value}", name=name, value=", ".join(cell.splitlines())))
    print_line()


@contextmanager
def progress(label: Text, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on the error stream. Yields the function that advances it."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(translated(label), total=total)
        yield lambda count: bar.advance(task, count)


def _console() -> Console:
    from rich.console import Console

    return Console(soft_wrap=True, highlight=False)
