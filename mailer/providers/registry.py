"""The providers there are, in one explicit tuple."""

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
"""The first is taken where nothing is configured, so messages do not leave the machine by it."""


def names() -> tuple[str, ...]:
    """What `[transport] backend` may be."""
    return tuple(provider.name for provider in PROVIDERS)


def provider_named(name: str) -> Provider | None:
    """None for a name that no provider has."""
    return next((provider for provider in PROVIDERS if provider.name == name), None)


def reporting_provider(chosen: str, *, transport: str) -> Provider | None:
    """The provider whose posts are received: `chosen`, or that of the transport.

    Where the transport has no webhook, the first that has one: after a change of provider the
    old one goes on reporting. None when `chosen` has no webhook.
    """
    with_webhook = [provider for provider in PROVIDERS if provider.webhook]
    wanted = chosen or transport
    found = next((provider for provider in with_webhook if provider.name == wanted), None)
    return found if found or chosen else next(iter(with_webhook), None)


def post_readers() -> Mapping[str, ReadPost]:
    """By provider, what reads its posts."""
    return {provider.name: provider.webhook.read for provider in PROVIDERS if provider.webhook}
