"""The status of all launched mailings, in one value for every interface."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.operations.alerts.watch import alerts
from mailer.operations.feedback.unreported import queued_without_events

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mailer.model.delivery import Delivery
    from mailer.model.mailing import MailingSummary, Tally
    from mailer.operations.alerts.watch import Alert
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class MailingStatus:
    """A mailing, and the counts of its deliveries and exclusions."""

    mailing: MailingSummary
    tally: Tally


@dataclass(frozen=True, slots=True)
class Status:
    """The mailings by due time, and everything that needs a person.

    `uncertain` has the uncertain deliveries by campaign. `silent` holds deliveries that the
    provider called `reporter` queued and has not reported on since.
    """

    mailings: tuple[MailingStatus, ...]
    uncertain: Mapping[str, Sequence[Delivery]]
    silent: tuple[Delivery, ...]
    reporter: str
    alerts: tuple[Alert, ...]


def status(*, ledger: Ledger, now: datetime, zone: str, reporter: str) -> Status:
    """Return the status of all mailings. Instants in alerts are written in `zone`.

    `reporter` is the provider whose events reach us, or "". Missing events are only reported
    when a provider would send them.
    """
    mailings = ledger.mailings.summaries()
    return Status(
        mailings=tuple(
            MailingStatus(mailing, ledger.deliveries.tally(mailing.id)) for mailing in mailings
        ),
        uncertain=_uncertain_by_campaign(mailings, ledger),
        silent=tuple(queued_without_events(ledger, now=now)) if reporter else (),
        reporter=reporter,
        alerts=tuple(alerts(ledger, now=now, zone=zone, reporter=reporter)),
    )


def _uncertain_by_campaign(
    mailings: Sequence[MailingSummary], ledger: Ledger
) -> dict[str, list[Delivery]]:
    campaigns = {mailing.id: mailing.campaign for mailing in mailings}
    found: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in ledger.uncertain.find():
        found[campaigns[delivery.mailing_id]].append(delivery)
    return dict(found)
