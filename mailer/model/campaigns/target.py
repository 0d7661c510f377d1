"""Whom a step is meant for among the people of its lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Target:
    """What a person must be, and must not have received, to get a step; empty for no condition.

    Of several values of one condition one is enough; all conditions must hold. Words are compared
    without accents and capitals. A step is named as `campaign/step`.
    """

    outlets: tuple[str, ...] = ()
    beats: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    """Kinds of media: press agency, radio, television …"""
    languages: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Lists whose people are left out."""
    received: tuple[str, ...] = ()
    """Steps of which a person must have received one."""
    not_received: tuple[str, ...] = ()
    """Steps of which a person must have received none."""
    most_per_week: int = 0
    """Leaves out who was written to so often in the seven days before; 0 for nobody."""

    def within(self, campaign: str) -> Target:
        """Return this target with the campaign before each step that stands without one."""
        if not self.received and not self.not_received:
            return self
        return replace(
            self,
            received=_qualified(self.received, campaign),
            not_received=_qualified(self.not_received, campaign),
        )

    @property
    def asks_for_traits(self) -> bool:
        """Whether more must be known of a person than lists and language."""
        return bool(self.outlets or self.beats or self.regions or self.media)

    @property
    def asks_for_history(self) -> bool:
        """Whether it depends on what people received, which changes with every message."""
        return bool(self.received or self.not_received or self.most_per_week)


def _qualified(steps: tuple[str, ...], campaign: str) -> tuple[str, ...]:
    return tuple(step if "/" in step else f"{campaign}/{step}" for step in steps)


EVERYBODY = Target()


class UnknownTarget(NamedTuple):
    """A value of a step's target that nobody in the directory has, or a step that does not exist.

    `key` is that of `campaign.toml`.
    """

    step: str
    key: str
    value: str
