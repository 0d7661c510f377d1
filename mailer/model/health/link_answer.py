"""What the web answered about an address that a text links to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkOutcome(StrEnum):
    """Whether a reader who follows the link finds something."""

    OPENS = "opens"
    REFUSED = "refused"
    """There is an answer, but it may be another one for a person: 401, 403, 405, 429 …"""
    GONE = "gone"
    """404, 410 or an error of the server."""
    NO_NAME = "no-name"
    """No server has this name."""
    SILENT = "silent"
    """No connection, or no answer in time."""
    UNTRUSTED = "untrusted"
    """The certificate is not one that browsers trust."""
    CIRCLE = "circle"
    """The redirections do not end."""
    INSIDE = "inside"
    """It lies inside a network, where readers cannot follow, and is not asked for."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """The answer for one address, with the HTTP status, or 0 where there was none."""

    state: LinkOutcome
    status: int = 0
