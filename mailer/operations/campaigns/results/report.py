"""Make the report of a campaign from the ledger alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from mailer.changes import former_facts
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.reports.report import MailingReport, NotMailed, Report, ReportedRecipient
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.campaigns.results.presence import presence
from mailer.operations.sight import sight_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.contacts.call import Call
    from mailer.model.contacts.contact import Contact
    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.team.actor import Actor
    from mailer.operations.sight import Sight
    from mailer.ports import Ledger

_CALL_BACK = {DeliveryStatus.BOUNCED, DeliveryStatus.REJECTED, DeliveryStatus.DEFERRED}
_FAILURE_KINDS = {EventKind.BOUNCED, EventKind.DEFERRED, EventKind.REJECTED, EventKind.COMPLAINED}


def report(campaign: str, *, title: str, ledger: Ledger, now: datetime) -> Report:
    """Return the report of a launched campaign as of `now`."""
    latest: dict[DeliveryId, DeliveryEvent] = {
        event.delivery_id: event
        for event in ledger.events.all(campaign=campaign)
        if event.delivery_id is not None and event.kind in _FAILURE_KINDS and event.is_proven
    }
    launched = ledger.mailings.summaries(campaign)
    mailings = tuple(_mailing_report(mailing, latest, ledger) for mailing in launched)
    people = [person for mailing in mailings for person in mailing.people]
    to_call = _in_order(
        {
            person.address: person
            for person in people
            if (person.status in _CALL_BACK or person.reason) and not person.is_corrected
        }.values()
    )
    register = ledger.accreditations.of_campaign(campaign)
    return Report(
        campaign=campaign,
        title=title,
        made_at=now,
        time_zone=next((mailing.time_zone for mailing in launched), "UTC"),
        mailings=mailings,
        accreditations=Counter(line.state for line in register),
        presence=presence(register, ledger=ledger),
        has_begun=_has_begun(launched, register, now=now),
        to_call_back=to_call,
        uncertain=_in_order(
            person for person in people if person.status is DeliveryStatus.UNCERTAIN
        ),
        calls=_calls(campaign, to_call, ledger),
        coverage=tuple(ledger.coverage.of_campaign(campaign)),
        journal_end=ledger.journal.end(),
    )


def _has_begun(
    launched: Sequence[MailingSummary], register: Iterable[Accreditation], *, now: datetime
) -> bool:
    newest = max(launched, key=lambda each: each.version, default=None)
    if newest is None or any(line.state is AccreditationState.ATTENDED for line in register):
        return True
    event = former_facts(newest.facts, zone=newest.time_zone).event
    return event is None or event.starts_at is None or event.starts_at <= now


def report_for(actor: Actor, campaign: str, *, title: str, ledger: Ledger, now: datetime) -> Report:
    """Return the report as `report` does, with the counts of everybody, and the names of those whom
    the actor sees.
    """
    made = report(campaign, title=title, ledger=ledger, now=now)
    sight = sight_of(actor, ledger=ledger)
    return made if sight.keys is None else _within(made, sight)


def _within(made: Report, sight: Sight) -> Report:
    def seen(people: Iterable[ReportedRecipient]) -> tuple[ReportedRecipient, ...]:
        return tuple(each for each in people if sight.shows(Address.parse(each.address)))

    mailings = (
        replace(
            each,
            people=seen(each.people),
            not_mailed=tuple(one for one in each.not_mailed if sight.shows(one.contact.address)),
        )
        for each in made.mailings
    )
    return replace(
        made,
        mailings=tuple(mailings),
        to_call_back=seen(made.to_call_back),
        uncertain=seen(made.uncertain),
    )


def _calls(
    campaign: str, people: Iterable[ReportedRecipient], ledger: Ledger
) -> Mapping[str, Call]:
    """Return the newest call to each of these people, unless it was about another campaign."""
    keys = {Address.parse(person.address).key: person.address for person in people}
    return {
        keys[key]: call
        for key, call in ledger.calls.newest(keys).items()
        if call.campaign in {"", campaign}
    }


def export_report(
    campaign: str, *, title: str, actor: Actor, ledger: Ledger, now: datetime
) -> Report:
    """Return the report as `report_for` does, for a file with a row for each person. Journalled.

    Raises RuleError when the actor may not do this, and ProofNeeded.
    """
    made = report_to_export(campaign, title=title, actor=actor, ledger=ledger, now=now)
    detail = f"{people_in(made)} people"
    ledger.journal.add(at=now, actor=actor, action="export", subject=campaign, detail=detail)
    return made


def report_to_export(
    campaign: str, *, title: str, actor: Actor, ledger: Ledger, now: datetime
) -> Report:
    """Return the report as `report_for` does, for a file that `keep_export` keeps and journals.

    Raises RuleError when the actor may not do this, and ProofNeeded.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require_recent(actor, now=now)
    return report_for(actor, campaign, title=title, ledger=ledger, now=now)


def people_in(report: Report) -> int:
    """Return how many rows of people a report has, for the journal."""
    return sum(len(mailing.people) for mailing in report.mailings)


def _mailing_report(
    mailing: MailingSummary,
    latest: dict[DeliveryId, DeliveryEvent],
    ledger: Ledger,
) -> MailingReport:
    deliveries = list(ledger.deliveries.of_mailing(mailing.id))
    contacts = ledger.contacts.of_ids([delivery.contact_id for delivery in deliveries])
    failed = {
        each.address.key for each in deliveries if each.status in _CALL_BACK or each.id in latest
    }
    corrected = ledger.contacts.corrected(failed) if failed else frozenset()
    people = _in_order(
        replace(
            _person(delivery, contacts.get(delivery.contact_id), latest.get(delivery.id)),
            is_corrected=delivery.address.key in corrected,
        )
        for delivery in deliveries
    )
    exclusions = list(ledger.deliveries.exclusions(mailing.id))
    return MailingReport(
        step=mailing.step,
        state=mailing.state,
        local_time=datetime.fromisoformat(mailing.local_time),
        started_at=mailing.started_at,
        by_status=Counter(person.status for person in people),
        people=people,
        not_mailed=tuple(
            NotMailed(exclusion.contact, exclusion.reason, exclusion.detail)
            for exclusion in sorted(exclusions, key=lambda each: _contact_order(each.contact))
        ),
        came_back=sum(person.came_back for person in people),
        left_out_because=Counter(each.reason for each in exclusions),
        late_by=mailing.late_by,
    )


def _in_order(people: Iterable[ReportedRecipient]) -> tuple[ReportedRecipient, ...]:
    return tuple(
        sorted(people, key=lambda each: name_order(each.name, each.last_name, each.organisation))
    )


def _contact_order(contact: Contact) -> tuple[bool, str, str, str]:
    return name_order(contact.name, contact.last_name, contact.organisation)


def name_order(name: str, last_name: str, organisation: str) -> tuple[bool, str, str, str]:
    """Return the key by which people stand in a list: by last name, those without a name last.

    Accents and capitals do not count. Without a last name, the last word of the name serves.
    """
    last = last_name or name.rpartition(" ")[2]
    return not name, _folded(last), _folded(name), _folded(organisation)


def _folded(text: str) -> str:
    plain = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    return plain.casefold()


def _person(
    delivery: Delivery, contact: Contact | None, event: DeliveryEvent | None
) -> ReportedRecipient:
    return ReportedRecipient(
        delivery_id=delivery.id,
        name=delivery.name,
        address=str(delivery.address),
        organisation=contact.organisation if contact else "",
        phone=contact.phone if contact else "",
        status=delivery.status,
        reason=event.reason if event else "",
        quote=event.quote if event else delivery.reply,
        last_name=contact.last_name if contact else "",
    )
