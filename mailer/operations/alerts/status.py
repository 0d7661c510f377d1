"""The status of all launched mailings, in one value for every interface."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.model.mailings.mailing import HAS_ENDED
from mailer.operations.feedback.unreported import queued_without_events
from mailer.operations.sending.membership import present_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.journal.chain import Anchor
    from mailer.model.mailings.delivery import Delivery, Tally
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.mailings.since_launch import SinceLaunch
    from mailer.model.mailings.suspension import Suspension
    from mailer.model.service.service_process import ServiceProcess
    from mailer.operations.alerts.alert import Alert
    from mailer.ports import Ledger
    from mailer.wording import Text


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
    changed: tuple[SinceLaunch, ...]
    """The campaigns with steps to come whose folder says otherwise than what was signed off."""
    journal_end: Anchor
    """The last line of the journal: a status that is kept shows later what was cut off."""
    processes: tuple[ServiceProcess, ...] = ()
    """The processes of the service that run now, on all hosts."""
    suspension: Suspension | None = None
    """The suspension of everything, if there is one."""
    awaited: Mapping[str, Sequence[Text]] = field(default_factory=dict)
    """What each campaign that is not launched still waits for to be signed off."""


def status(
    *,
    ledger: Ledger,
    now: datetime,
    reporter: str,
    alerts: Iterable[Alert] = (),
    since_launch: Callable[[str], SinceLaunch | None] = lambda _campaign: None,
    awaited: Callable[[], Mapping[str, Sequence[Text]]] = dict,
) -> Status:
    """Return the status of all mailings, with the `alerts`.

    `reporter` is the provider whose events reach us, or "". Missing events are only reported
    when a provider would send them. `since_launch` compares a campaign with its folder,
    and `awaited` says who has still to sign.
    """
    mailings = ledger.mailings.summaries()
    return Status(
        mailings=tuple(
            MailingStatus(mailing, ledger.deliveries.tally(mailing.id)) for mailing in mailings
        ),
        uncertain=_uncertain_by_campaign(mailings, ledger),
        silent=tuple(queued_without_events(ledger, now=now)) if reporter else (),
        reporter=reporter,
        changed=tuple(_changed(mailings, since_launch)),
        journal_end=ledger.journal.end(),
        processes=tuple(present_processes(ledger=ledger, now=now)),
        suspension=ledger.suspensions.present(),
        awaited=awaited(),
        alerts=tuple(alerts),
    )


def _changed(
    mailings: Sequence[MailingSummary], since_launch: Callable[[str], SinceLaunch | None]
) -> Iterator[SinceLaunch]:
    """Yield what has changed. Only the folders of campaigns with steps to come are read."""
    to_come = {
        mailing.campaign: None
        for mailing in mailings
        if not mailing.has_started and mailing.state not in HAS_ENDED and mailing.facts
    }
    for campaign in to_come:
        launch = since_launch(campaign)
        if launch is not None and launch.changes:
            yield launch


def _uncertain_by_campaign(
    mailings: Sequence[MailingSummary], ledger: Ledger
) -> dict[str, list[Delivery]]:
    campaigns = {mailing.id: mailing.campaign for mailing in mailings}
    found: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in ledger.uncertain.find():
        found[campaigns[delivery.mailing_id]].append(delivery)
    return dict(found)
