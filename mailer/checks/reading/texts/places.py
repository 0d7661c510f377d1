"""Find the line of a key in `campaign.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place

if TYPE_CHECKING:
    from mailer.model.campaigns.campaign import Campaign, Step


def place_of(campaign: Campaign, key: str) -> Place:
    """Return the place of `key` (`event.starts_at`), or of its table, or else line 1."""
    parts = key.split(".")
    for end in range(len(parts), 0, -1):
        line = campaign.lines.get(".".join(parts[:end]))
        if line:
            return Place(campaign.file, line, key=_shown(campaign, key))
    return Place(campaign.file, 1, key=_shown(campaign, key))


def step_key(campaign: Campaign, step: Step, key: str) -> str:
    """Return the full key of a step's setting, such as `steps.1.send`."""
    return f"steps.{campaign.steps.index(step)}.{key}"


def _shown(campaign: Campaign, key: str) -> str:
    """Return the key for people: a step by its name, other items counted from 1.

    For instance `steps.reminder.send` and `links.2.url`.
    """
    first, *rest = key.split(".")
    if first == "steps" and rest:
        rest[0] = campaign.steps[int(rest[0])].id
        return ".".join((first, *rest))
    return ".".join((first, *(f"{int(part) + 1}" if part.isdecimal() else part for part in rest)))
