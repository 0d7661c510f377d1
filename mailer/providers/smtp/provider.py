"""The `Provider` for an SMTP relay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.health.relay import Relay
from mailer.providers.provider import Provider, to_allow_list_only
from mailer.providers.smtp.settings import SmtpSettings

if TYPE_CHECKING:
    from mailer.model.health.relay import ServerSession
    from mailer.providers.provider import ProviderContext
    from mailer.providers.smtp.connection import SmtpBackend
    from mailer.wording import Text


def _backend(settings: SmtpSettings, _surroundings: ProviderContext) -> SmtpBackend:
    # Only what sends needs TLS and the protocol, which take long to import.
    from mailer.providers.smtp.connection import SmtpBackend  # noqa: PLC0415 - as said

    return SmtpBackend(settings)


def _carries_beyond_ascii(settings: SmtpSettings) -> bool | None:
    from mailer.providers.smtp.greeting import offers_smtputf8  # noqa: PLC0415 - as above

    return offers_smtputf8(settings)


def _try_session(settings: SmtpSettings) -> ServerSession:
    from mailer.providers.smtp.greeting import try_session  # noqa: PLC0415 - as above

    return try_session(settings)


def _relay(settings: SmtpSettings) -> Relay:
    return Relay(settings.host, settings.sends_from, settings.signs_as.lower())


def _destination(_settings: SmtpSettings, context: ProviderContext) -> Text:
    return to_allow_list_only("smtp", context)


SMTP = Provider(
    name="smtp",
    label="SMTP",
    settings=SmtpSettings,
    backend=_backend,
    destination=_destination,
    carries_beyond_ascii=_carries_beyond_ascii,
    sends_signed=True,
    relay=_relay,
    try_session=_try_session,
)
