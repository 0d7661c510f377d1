"""The institution that sends every message."""

from __future__ import annotations

from dataclasses import dataclass


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
    theme: str = ""
    """Theme of campaigns that name none; empty for the template's own."""
