"""Where the rooms meet: protocols, and what each promises.

`operations` knows only these; `mailer.app` hands it the real things. Every port has at
least two real implementations, and one contract suite runs on all of them.
"""

from __future__ import annotations

from mailer.ports.ledger import (
    Accreditations,
    Backups,
    Contacts,
    Deliveries,
    Erasure,
    Events,
    Heartbeat,
    Inbox,
    Journal,
    Ledger,
    Mailings,
    Notices,
    Progress,
    RateLimits,
    Sending,
    SimilarMailings,
    Suppressions,
    UncertainDeliveries,
)
from mailer.ports.outside import (
    Backend,
    Clock,
    Connection,
    Engine,
    ProviderLists,
    ReadPost,
    WebhookVerifier,
)

__all__ = [
    "Accreditations",
    "Backend",
    "Backups",
    "Clock",
    "Connection",
    "Contacts",
    "Deliveries",
    "Engine",
    "Erasure",
    "Events",
    "Heartbeat",
    "Inbox",
    "Journal",
    "Ledger",
    "Mailings",
    "Notices",
    "Progress",
    "ProviderLists",
    "RateLimits",
    "ReadPost",
    "Sending",
    "SimilarMailings",
    "Suppressions",
    "UncertainDeliveries",
    "WebhookVerifier",
]
