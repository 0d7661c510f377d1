"""Who we are: the institution behind every message."""

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
    theme: str = ""
    """The look of campaigns that name none; empty: the template's own."""
