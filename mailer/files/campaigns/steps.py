"""Adds a step to `campaign.toml`, with the text of a new campaign, and takes one out.

Both leave every other line of the file as it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from mailer.errors import ContentError
from mailer.files.campaigns.campaign_file import KIND_OF_STEP
from mailer.files.campaigns.form_keys import entries_of
from mailer.files.campaigns.line_ends import with_lf
from mailer.files.campaigns.rewriting import decoded, parsed, replaced
from mailer.files.campaigns.scaffold import (
    INVITING,
    STARTER_STEPS,
    encoded,
    no_texts,
    send_of,
    step_lines,
    without_deadline,
)
from mailer.files.toml.lines import key_lines
from mailer.files.toml.parsing import parse
from mailer.languages import language_of
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.drafts.new_step import AddedStep, OfferedStep

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mailer.files.campaigns.scaffold import StarterStep

_TELLING = frozenset(
    {CampaignKind.CORRECTION, CampaignKind.POSTPONEMENT, CampaignKind.CANCELLATION}
)
"""Kinds that tell of what was sent before: a campaign of another kind is corrected after its launch."""
_STARTERS: Mapping[str, tuple[CampaignKind, StarterStep]] = {
    step.id: (kind, step) for kind, steps in STARTER_STEPS.items() for step in steps
}


def offered_steps(
    stored: bytes, *, taken: Collection[str] = (), today: date
) -> tuple[OfferedStep, ...]:
    """Return the steps that can be added. A name that is in use, or `taken` by a text, gets a
    number: `reminder-2`. Raises ContentError for a file that is not TOML.
    """
    table = parsed(stored)
    names = {*taken, *(str(step.get("id")) for step in entries_of(table, "steps"))}
    found = _fact(table, "event", "starts_at")
    day = found if isinstance(found, date) else None
    return tuple(
        OfferedStep(_free(step.id, names), step.id, send_of(step.send, day, today))
        for kind, step in _STARTERS.values()
        if (kind not in INVITING or "event" in table)
        and (kind not in _TELLING or table.get("kind") == kind)
    )


def with_step(
    stored: bytes, offered: OfferedStep, *, send: str, to: Collection[str], language: str
) -> AddedStep:
    """Return the file with one more step at its end, and its text in the language of the campaign,
    or in `language`. Raises ContentError for a file that cannot be changed safely.
    """
    table, (kind, starter) = parsed(stored), _STARTERS[offered.like]
    code = str(table.get("language") or language)
    texts = language_of(code).starter_texts
    if texts is None:
        raise ContentError(no_texts(code))
    told = texts.steps[starter.id]
    if not _fact(table, "accreditation", "deadline"):
        told = without_deadline(told)
    usual = KIND_OF_STEP.get(offered.id) or table.get("kind")
    own_kind = "" if usual == kind else str(kind)
    lines = step_lines(replace(starter, id=offered.id, send=send), told, to=to, kind=own_kind)
    text = with_lf(decoded(stored)).rstrip("\n")
    new = "\n".join(lines)
    expected = {**table, "steps": [*entries_of(table, "steps"), *parse(new)["steps"]]}
    return AddedStep(replaced(stored, f"{text}\n{new}\n", expected), encoded(told.text))


def without_step(stored: bytes, name: str) -> bytes:
    """Return the file without the lines of a step, and the comment right above it. Raises
    ContentError for a file that cannot be changed safely.
    """
    table, text = parsed(stored), with_lf(decoded(stored))
    steps = entries_of(table, "steps")
    index = next(number for number, step in enumerate(steps) if step.get("id") == name)
    rest = [*steps[:index], *steps[index + 1 :]]
    expected = {key: value for key, value in table.items() if key != "steps"}
    expected |= {"steps": rest} if rest else {}
    lines, found = text.split("\n"), key_lines(text)
    begin = found.get(("steps", index), 1)
    own = ("steps", index)
    end = min(
        (line for path, line in found.items() if line > begin and path[:2] != own),
        default=len(lines) + 1,
    )
    first, last = (_above_comment(lines, line - 1) for line in (begin, end))
    kept = "\n".join([*lines[:first], *lines[last:]])
    return replaced(stored, kept.rstrip("\n") + "\n", expected)


def texts_of_step(stored: bytes, name: str) -> str:
    """Return what the names of a step's texts begin with; "" when another step has the same."""
    stems = {
        str(step.get("id")): step.get("content") or step.get("id")
        for step in entries_of(parsed(stored), "steps")
    }
    own = stems.pop(name, "")
    return "" if own in stems.values() else str(own)


def _above_comment(lines: list[str], number: int) -> int:
    """Return the number of the first line of the comment that stands right above a line."""
    while number < len(lines) and number and lines[number - 1].lstrip().startswith("#"):
        number -= 1
    return number


def _fact(table: Mapping[str, Any], name: str, key: str) -> object:
    found = table.get(name)
    return found.get(key) if isinstance(found, dict) else None


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
