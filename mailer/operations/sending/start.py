"""Start the mailings that are due with their present audience, or give up the expired ones."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.model.actor import PROGRAM
from mailer.model.delivery import Delivery
from mailer.model.mailing import MailingState
from mailer.model.message import DeliveryId
from mailer.operations.sending.audience import audience_of_mailing
from mailer.operations.sending.compose import fields_of
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailer.model.audience import Audience
    from mailer.model.contact import Contact
    from mailer.model.mailing import Mailing
    from mailer.ports import Ledger
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class Started:
    """A mailing that was started, with its audience."""

    mailing: Mailing
    audience: Audience[Contact]


@dataclass(frozen=True, slots=True)
class Missed:
    """A mailing that was not started, because it had expired."""

    mailing: Mailing


def start_due(ledger: Ledger, *, now: datetime) -> Iterator[Started | Missed]:
    """Start every mailing that is due, or set it to missed past `expires_at`. It is idempotent.

    Yields what was done, so that a missed mailing is reported and nothing leaves too late.
    """
    for mailing in ledger.mailings.due(now):
        if now >= mailing.expires_at:
            if ledger.mailings.change_state(
                mailing.id,
                to=MailingState.MISSED,
                actor=PROGRAM,
                why=as_note(_too_late(mailing)),
                at=now,
            ):
                yield Missed(mailing)
            continue
        audience, deliveries = audience_and_deliveries(mailing, ledger=ledger, now=now)
        if ledger.mailings.start(
            mailing.id, deliveries=deliveries, exclusions=audience.exclusions, at=now
        ):
            yield Started(mailing, audience)


def audience_and_deliveries(
    mailing: Mailing, *, ledger: Ledger, now: datetime
) -> tuple[Audience[Contact], list[Delivery]]:
    """Return the present audience of a mailing, and a new delivery for each recipient."""
    audience = audience_of_mailing(mailing, ledger=ledger, now=now)
    deliveries = [
        Delivery(
            id=new_delivery_id(),
            mailing_id=mailing.id,
            contact_id=recipient.contact.id,
            address=recipient.contact.address,
            name=recipient.contact.name,
            variant=recipient.variant,
            fields=fields_of(
                recipient, to=mailing.rule.to, default_language=mailing.default_language
            ),
        )
        for recipient in audience.recipients
    ]
    return audience, deliveries


def new_delivery_id() -> DeliveryId:
    """Return 128 random bits as 26 characters of lower-case base32 (RFC 4648 §6, unpadded)."""
    return DeliveryId(base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower())


def _too_late(mailing: Mailing) -> Text:
    zone = ZoneInfo(mailing.time_zone)
    return _(
        "it was due at {due_at} and useful until {expires_at}",
        due_at=mailing.due_at.astimezone(zone),
        expires_at=mailing.expires_at.astimezone(zone),
    )
