"""The institution that sends every message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.campaigns.typography_rules import TypographyRules


@dataclass(frozen=True, slots=True)
class Office:
    """The identity block of each mail. `time_zone` is an IANA name."""

    name: str
    postal_address: str = ""
    language: str = "fr"
    time_zone: str = "Europe/Paris"
    phone: str = ""
    website: str = ""
    privacy_url: str = ""
    no_embargo_lists: tuple[str, ...] = ()
    """Lists that never receive anything under embargo."""
    typography: TypographyRules | None = None
    """The rules of French texts; None for those of their language."""
    theme: str = ""
    """Theme of campaigns that name none; empty for the template's own."""
    press_room_url: str = ""
    """The address of the press room on the web; empty without one."""
