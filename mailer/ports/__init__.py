"""The protocols between packages, and what each of them promises.

`operations` imports only these; `mailer.wiring.app` passes it the implementations. One contract suite
runs the ledger on SQLite and on PostgreSQL, and another runs every provider.
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
    Identities,
    Inbox,
    Journal,
    Ledger,
    Mailings,
    Notices,
    Progress,
    Proposals,
    RateLimits,
    Sending,
    SignIns,
    SignOffReminders,
    SimilarMailings,
    Suppressions,
    Team,
    UncertainDeliveries,
)
from mailer.ports.outside import (
    Backend,
    Clock,
    Connection,
    Engine,
    IdentityProvider,
    OpenWebhook,
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
    "Identities",
    "IdentityProvider",
    "Inbox",
    "Journal",
    "Ledger",
    "Mailings",
    "Notices",
    "OpenWebhook",
    "Progress",
    "Proposals",
    "ProviderLists",
    "RateLimits",
    "ReadPost",
    "Sending",
    "SignIns",
    "SignOffReminders",
    "SimilarMailings",
    "Suppressions",
    "Team",
    "UncertainDeliveries",
    "WebhookVerifier",
]
