"""The explicit tuple of all providers, and look-ups in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.providers.file.provider import FILE
from mailer.providers.sendgrid.provider import SENDGRID
from mailer.providers.smtp.provider import SMTP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.ports import ReadPost
    from mailer.providers.provider import Provider

PROVIDERS: tuple[Provider, ...] = (FILE, SMTP, SENDGRID)
"""The first is the default when nothing is configured, so it must not leave the machine."""


def names() -> tuple[str, ...]:
    """Return the values that `[transport] backend` accepts."""
    return tuple(provider.name for provider in PROVIDERS)


def provider_named(name: str) -> Provider | None:
    """Return the provider with this name, or None."""
    return next((provider for provider in PROVIDERS if provider.name == name), None)


def reporting_provider(chosen: str, *, transport: str) -> Provider | None:
    """Return the provider whose webhook posts we receive: `chosen`, or that of the transport.

    If the transport has no webhook, return the first provider that has one, because after a
    change of provider the old one still reports. Returns None when `chosen` has no webhook.
    """
    with_webhook = [provider for provider in PROVIDERS if provider.webhook]
    wanted = chosen or transport
    found = next((provider for provider in with_webhook if provider.name == wanted), None)
    return found if found or chosen else next(iter(with_webhook), None)


def post_readers() -> Mapping[str, ReadPost]:
    """Return the function that reads each provider's webhook posts, by provider name."""
    return {provider.name: provider.webhook.read for provider in PROVIDERS if provider.webhook}
