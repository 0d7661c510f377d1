"""The roles that processes of the service share among them."""

from __future__ import annotations

from enum import StrEnum


class ServiceRole(StrEnum):
    """What a process of the service does. By default one process has every role."""

    SEND = "send"
    """Delivers chunks."""
    LISTEN = "listen"
    """Reads what comes back: posts, the mailbox, the provider's lists."""
    CLOCK = "clock"
    """Starts what is due, and finishes what is complete."""
    WATCH = "watch"
    """Computes alerts, and tells the team."""
