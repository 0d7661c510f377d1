"""Who a step or a mailing is for, as the directory and the register stand at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.selection import select

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.audience import Audience
    from mailer.model.campaign import VariantKey
    from mailer.model.mailing import AudienceRule, Mailing
    from mailer.ports import Ledger


def audience_of(
    rule: AudienceRule,
    *,
    campaign: str,
    variants: Sequence[VariantKey],
    default_language: str,
    ledger: Ledger,
    now: datetime,
) -> Audience:
    """Who is meant by `rule` at this moment."""
    return select(
        rule=rule,
        contacts=ledger.contacts.all(),
        variants=variants,
        default_language=default_language,
        suppressions=ledger.suppressions.all(),
        accreditations=ledger.accreditations.of_campaign(campaign),
        now=now,
    )


def audience_of_mailing(mailing: Mailing, *, ledger: Ledger, now: datetime) -> Audience:
    """Who is meant at this moment by what was frozen at the launch."""
    return audience_of(
        mailing.rule,
        campaign=mailing.campaign,
        variants=tuple(mailing.variants),
        default_language=mailing.default_language,
        ledger=ledger,
        now=now,
    )
