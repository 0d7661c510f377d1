"""Where the rooms meet: protocols, and what each promises.

`operations` knows only these; `mailer.app` hands it the real things. Every port has at
least two real implementations, and one contract suite runs on all of them.
"""

from __future__ import annotations

from mailer.ports.ledger import (
    Deliveries,
    Diary,
    Directory,
    Events,
    Inbox,
    Journal,
    Ledger,
    Notices,
    Paces,
    Register,
)
from mailer.ports.sending import Backend, Clock, Connection, Engine, ProviderLists

__all__ = [
    "Backend",
    "Clock",
    "Connection",
    "Deliveries",
    "Diary",
    "Directory",
    "Engine",
    "Events",
    "Inbox",
    "Journal",
    "Ledger",
    "Notices",
    "Paces",
    "ProviderLists",
    "Register",
]
