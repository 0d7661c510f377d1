"""The `Provider` for SendGrid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.providers.provider import Provider, Webhook, to_allow_list_only
from mailer.providers.sendgrid.settings import SendGridSettings
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.feedback.inbox import WebhookRefusal
    from mailer.ports import WebhookVerifier
    from mailer.providers.provider import ProviderContext
    from mailer.providers.sendgrid.connection import SendGridBackend
    from mailer.providers.sendgrid.suppressions import SendGridSuppressions


def _backend(settings: SendGridSettings, _surroundings: ProviderContext) -> SendGridBackend:
    # Loading SendGrid's package takes a tenth of a second, so it happens only when needed.
    from mailer.providers.sendgrid.connection import SendGridBackend  # noqa: PLC0415 - as said

    return SendGridBackend(settings)


def _destination(settings: SendGridSettings, context: ProviderContext) -> Text:
    if settings.sandbox:
        return _("SendGrid's sandbox: checked there, and sent to nobody")
    return to_allow_list_only("sendgrid", context)


def _contradictions(settings: SendGridSettings, context: ProviderContext) -> Iterator[Problem]:
    if settings.sandbox and context.is_production:
        yield Problem(
            Place("config.toml", key="transport.sendgrid.sandbox"),
            _("In production messages are to leave, and in the sandbox none does."),
            _("Write sandbox = false, or production = false."),
        )


def _lists(settings: SendGridSettings) -> SendGridSuppressions:
    from mailer.providers.sendgrid.suppressions import SendGridSuppressions  # noqa: PLC0415 - as above

    return SendGridSuppressions(settings)


def _verifier(keys: Sequence[str]) -> WebhookVerifier:
    # The cryptography package is loaded only when needed, too.
    from mailer.providers.sendgrid.signatures import SendGridVerifier  # noqa: PLC0415 - as said

    return SendGridVerifier(keys)


def _read(body: bytes, *, received_at: datetime) -> Sequence[DeliveryEvent] | WebhookRefusal:
    from mailer.providers.sendgrid.events import read_events  # noqa: PLC0415 - as above

    return read_events(body, received_at=received_at)


SENDGRID = Provider(
    name="sendgrid",
    label="SendGrid",
    settings=SendGridSettings,
    backend=_backend,
    destination=_destination,
    contradictions=_contradictions,
    dkim_selectors=("s1", "s2"),  # automated security, SendGrid's page of 2026-11
    carries_beyond_ascii=lambda _settings: False,
    webhook=Webhook(_verifier, _read),
    suppression_lists=_lists,
)
