"""Ask whether the pages to which our mail and our people are led can be reached safely."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mailer.model.health.health import Area, Question
from mailer.model.health.relay import ServerCertificate, SilentServer, UntrustedServer
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailer.model.health.health import HealthLine
    from mailer.model.health.relay import CertificateAnswer
    from mailer.operations.doctor.identity import SenderIdentity

UNSUBSCRIBE = Question(
    "unsubscribe-link",
    Area.SENDER,
    _("Unsubscribing in one click"),
    _("Who cannot leave with one click reports the mail as spam; Gmail asks for it since 2024."),
)
DESK = Question(
    "desk-address",
    Area.SERVICE,
    _("Address of the desk"),
    _("Passwords are typed there, and signatories come there from a telephone."),
)
VALID_FOR = timedelta(days=14)
"""A certificate should be valid for so long: renewals fail in silence, and take a person to mend."""


def unsubscribe_line(
    identity: SenderIdentity,
    *,
    certificate_of: Callable[[str, int], CertificateAnswer],
    now: datetime,
) -> HealthLine:
    """Say whether a reader of this message can unsubscribe in one click."""
    if not identity.unsubscribe_url:
        return UNSUBSCRIBE.noted(
            _("Readers unsubscribe by mail only"), _("Write [unsubscribe] base_url and keys.")
        )
    if identity.dkim_domain and not identity.signs_one_click:
        return UNSUBSCRIBE.wrong(
            _("The signature does not cover the fields of one-click unsubscribing"),
            _("Let this program sign: [dkim] key."),
        )
    return certificate_line(
        UNSUBSCRIBE, identity.unsubscribe_url, certificate_of=certificate_of, now=now
    )


def certificate_line(
    question: Question,
    url: str,
    *,
    certificate_of: Callable[[str, int], CertificateAnswer],
    now: datetime,
) -> HealthLine:
    """Say whether browsers trust the server of an https address, and for how long."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    match certificate_of(host, parts.port or 443):
        case SilentServer(reason):
            return question.not_asked(
                _("{host} could not be reached from here: {reason}", host=host, reason=reason)
            )
        case UntrustedServer(reason, remedy):
            return question.wrong(
                _("The certificate of {host} is not trusted: {reason}", host=host, reason=reason),
                remedy,
            )
        case ServerCertificate(ends_at):
            return expiry_line(question, host, ends_at, now=now)


def expiry_line(question: Question, host: str, ends_at: datetime, *, now: datetime) -> HealthLine:
    """Say whether a certificate is valid long enough."""
    days = (ends_at - now).days
    if ends_at - now >= VALID_FOR:
        return question.right(
            _n(
                "{host} is reached over https; its certificate ends in {count} day",
                "{host} is reached over https; its certificate ends in {count} days",
                host=host,
                count=days,
            )
        )
    return question.wrong(
        _n(
            "The certificate of {host} ends in {count} day",
            "The certificate of {host} ends in {count} days",
            host=host,
            count=days,
        ),
        Text(RENEW.sentence, {"host": host}),
    )


RENEW = _("Renew the certificate of {host}, and see why it was not renewed by itself.")
