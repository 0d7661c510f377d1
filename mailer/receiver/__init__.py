"""What listens to the world: the provider's webhook and the unsubscribe page.

A process of its own, with two ports that serve one route each and nothing else: no desk, no
administration. It stores what comes and answers; the service does the rest.
"""

from __future__ import annotations

from mailer.receiver.serving import serve

__all__ = ["serve"]
