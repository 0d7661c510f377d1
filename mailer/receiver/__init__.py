"""The public HTTP server: the provider's webhook and the unsubscribe page.

It is a separate process with two ports, each of which serves one route and nothing else, so that
no administration is exposed. It stores what it receives and answers. The service does the rest.
"""

from __future__ import annotations

from mailer.receiver.serving import serve

__all__ = ["serve"]
