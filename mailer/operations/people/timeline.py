"""One person's timeline over all campaigns: what they received, what they will, and why not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone
from mailer.calendar.timetable import plan as plan_steps
from mailer.errors import ContentError
from mailer.labels import label_of, why_left_out
from mailer.operations.people.person_on_record import person_on_record
from mailer.operations.sending.targeting import targeting_of
from mailer.operations.sending.unknown_answers import unknown_answers, unknown_by_contact
from mailer.operations.sight import require_free
from mailer.selection import index_people, select
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import Campaign, VariantKey
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import AudienceRule, MailingSummary
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.people.person_on_record import PersonOnRecord
    from mailer.operations.sending.unknown_answers import UnknownAnswer
    from mailer.ports import Ledger

_SHOWN = 50
"""How many mailings of the past a timeline tells."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One mailing and one person. `why` says through which list, or why not.

    `is_past` tells what has happened from what is planned; `is_included` whether the person
    received it, or would if it left now.
    """

    at: datetime
    campaign: str
    step: str
    is_past: bool
    is_included: bool
    state: Text
    why: Text | str


def timeline_of(
    address: Address,
    *,
    campaigns: Sequence[str],
    actor: Actor,
    drafts: Drafts,
    ledger: Ledger,
    known: PersonOnRecord | None = None,
) -> tuple[TimelineEntry, ...]:
    """Return everything about the person with this address, by time.

    `campaigns` names the folders; those that were not launched are planned as they are now. A
    mailing on none of whose lists the person is does not occur. `known` is the person, if it was
    read before. Raises RuleError for somebody whom the actor may not see.
    """
    require_free(actor, [address], ledger=ledger)
    known = known or person_on_record(address, ledger=ledger)
    mailings = ledger.history.newest_and_coming(newest=_SHOWN)
    coming = [each for each in mailings if not each.has_started]
    launched = {each.campaign for each in ledger.progress.of_campaigns()}
    folders = [name for name in campaigns if name not in launched]
    asked = {*folders, *(each.campaign for each in coming)}
    person = _TimelineOwner(known, _unknown_by_campaign(asked, ledger), ledger, drafts.clock.now())
    entries = (
        *_past(known, [each for each in mailings if each.has_started], ledger),
        *_to_come(person, coming, ledger),
        *(each for name in folders for each in _of_folder(person, name, drafts)),
    )
    return tuple(sorted(entries, key=lambda each: (each.at, each.campaign, each.step)))


def _unknown_by_campaign(
    campaigns: Collection[str], ledger: Ledger
) -> Mapping[str, Sequence[Accreditation]]:
    """Return the answers to each campaign from addresses that are nobody’s in the directory."""
    found: defaultdict[str, list[Accreditation]] = defaultdict(list)
    for answer in ledger.accreditations.from_unknown(campaigns):
        found[answer.campaign].append(answer)
    return found


def _past(
    person: PersonOnRecord, begun: Sequence[MailingSummary], ledger: Ledger
) -> Iterator[TimelineEntry]:
    """Yield what the person received or did not receive of these mailings."""
    newest = {each.id: each for each in begun}
    deliveries = {each.mailing_id: each for each in reversed(person.deliveries)}
    kept_back = ledger.history.kept_back(person.keys, mailing_ids=tuple(newest))
    reasons = {each.mailing_id: each for each in kept_back}
    for mailing_id, mailing in newest.items():
        if delivery := deliveries.get(mailing_id):
            yield _delivered(mailing, delivery)
        elif kept := reasons.get(mailing_id):
            state = _("not written to")
            why = why_left_out(kept.reason, kept.detail)
            yield _entry(mailing, is_included=False, is_past=True, state=state, why=why)


def _delivered(mailing: MailingSummary, delivery: Delivery) -> TimelineEntry:
    why = _("as {address}, version {version}", address=delivery.address, version=delivery.variant)
    state = label_of(delivery.status)
    return _entry(mailing, is_included=True, is_past=True, state=state, why=why)


def _entry(
    mailing: MailingSummary, *, is_included: bool, is_past: bool, state: Text, why: Text
) -> TimelineEntry:
    at = mailing.started_at if is_past and mailing.started_at else mailing.due_at
    local = in_zone(at, mailing.time_zone)
    return TimelineEntry(local, mailing.campaign, mailing.step, is_past, is_included, state, why)


def _to_come(
    person: _TimelineOwner, coming: Sequence[MailingSummary], ledger: Ledger
) -> Iterator[TimelineEntry]:
    """Yield what is launched and has not begun, by its frozen rule and the people of now."""
    versions = ledger.history.versions_of([each.id for each in coming]) if coming else {}
    for mailing in coming:
        if mailing.id not in versions:
            continue  # it was removed a moment ago
        planned = person.decide(
            mailing.rule,
            campaign=mailing.campaign,
            variants=versions[mailing.id].variants,
            language=versions[mailing.id].default_language,
        )
        if planned is not None:
            is_included, why = planned
            state = label_of(mailing.state)
            yield _entry(mailing, is_included=is_included, is_past=False, state=state, why=why)


def _of_folder(person: _TimelineOwner, name: str, drafts: Drafts) -> Iterator[TimelineEntry]:
    """Yield what a campaign that was not launched plans. One that cannot be read plans nothing."""
    campaign = _readable(name, drafts)
    if campaign is None:
        return
    try:
        steps = plan_steps(campaign, office=drafts.office)
    except ContentError:
        return
    for planned in steps:
        decided = person.decide(
            planned.rule,
            campaign=campaign.slug,
            variants=tuple(planned.step.contents),
            language=campaign.language,
        )
        if decided is not None and planned.expires_at > person.now:
            is_included, why = decided
            yield TimelineEntry(
                planned.local,
                campaign.slug,
                planned.step.id,
                is_past=False,
                is_included=is_included,
                state=_("planned, not launched"),
                why=why,
            )


def _readable(name: str, drafts: Drafts) -> Campaign | None:
    try:
        campaign, _problems = drafts.survey(name)
    except ContentError:
        return None
    return campaign


@dataclass(frozen=True, slots=True)
class _TimelineOwner:
    """A person, and everything that decides about them, read once for all campaigns."""

    known: PersonOnRecord
    unknown: Mapping[str, Sequence[Accreditation]]
    """The answers to each campaign from addresses that are nobody’s in the directory."""
    ledger: Ledger
    now: datetime
    by_contact: dict[str, Mapping[str, Accreditation]] = field(default_factory=dict)
    """What `_by_contact` has found, by campaign: it is asked for each step."""

    def decide(
        self,
        rule: AudienceRule,
        *,
        campaign: str,
        variants: Sequence[VariantKey],
        language: str,
    ) -> tuple[bool, Text] | None:
        """Return whether the person receives a step, and why; None when they are on no list."""
        audience = select(
            index_people(self.known.contacts),
            rule=rule,
            variants=variants,
            default_language=language,
            suppressions=self.known.suppressions,
            accreditations=[each for each in self.known.answers if each.campaign == campaign],
            now=self.now,
            unknown=self._by_contact(campaign),
            targeting=targeting_of(rule, ledger=self.ledger, now=self.now),
        )
        for recipient in audience.recipients:
            return True, _through(rule, recipient.contact.lists)
        for exclusion in audience.exclusions:
            return False, why_left_out(exclusion.reason, exclusion.detail)
        return None

    def _by_contact(self, campaign: str) -> Mapping[str, Accreditation]:
        """Return the answers from unknown addresses that this person may have given."""
        if campaign not in self.by_contact:
            self.by_contact[campaign] = unknown_by_contact(self._unknown_answers(campaign))
        return self.by_contact[campaign]

    def _unknown_answers(self, campaign: str) -> Iterator[UnknownAnswer]:
        contacts = self.ledger.contacts
        found = unknown_answers(
            self.unknown.get(campaign, ()),
            people=index_people(self.known.contacts),
            contacts_of=contacts.of_ids,
        )
        for each in found:  # one or two, where a register may have hundreds
            if contacts.find(each.answer.address) is None:  # nobody’s former address either
                yield each


def _through(rule: AudienceRule, lists: frozenset[str]) -> Text:
    name = next((name for name in rule.to if name in lists), "")
    if not name:
        return _("asked to come")
    return _("on the list {list}", list=name)
