"""Remind signatories, a day before a campaign is to leave, that their sign-off is missing.

Nothing leaves without it. The reminder is for the person, once for each hour; what became of the
campaign is told to the team by the plan and the desk.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone, plan
from mailer.errors import BackendUnavailable, ContentError, Place, Problem
from mailer.model.address import Mailbox
from mailer.model.mailings.delivery import Deferred, Rejected
from mailer.operations.alerts.notices import compiled_lines
from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_partners
from mailer.operations.campaigns.sign_offs.sign_offs import is_signed_by_author_alone, signed_by
from mailer.operations.sending.start import new_delivery_id
from mailer.render.personalise import Personaliser
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.message import Message
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.sign_offs.sign_off_requests import SignOffRequests
    from mailer.ports import Backend

AHEAD = timedelta(days=1)
"""How long before the first step its missing signatories are reminded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryReminders:
    """Finds the campaigns that leave within a day without their signatures, and writes to those
    who have not signed. `campaigns` names the campaigns of the workspace.
    """

    campaigns: Callable[[], Sequence[str]]
    drafts: Drafts
    requests: SignOffRequests
    backend: Callable[[], Backend]
    signatures_required: int

    def send(self) -> None:
        """Send the reminders that are due, each of them once. Each is journalled.

        Raises BackendUnavailable when one was not taken; it is tried again.
        """
        for slug in self.campaigns():
            due_at = self._first_hour(slug)
            if due_at is not None and self._to_remind(slug, due_at):
                self._remind(slug, due_at)

    def _first_hour(self, slug: str) -> datetime | None:
        """Return when a campaign that is not launched is to leave, if that is within a day."""
        now = self.drafts.clock.now()
        if self.drafts.ledger.mailings.summaries(slug):
            return None
        campaign, _problems = self.drafts.survey(slug)
        if campaign is None:
            return None
        try:
            steps = plan(campaign, office=self.drafts.office)
        except ContentError:
            return None
        first = min((each.due_at for each in steps if not each.step.on), default=None)
        return first if first is not None and now < first <= now + AHEAD else None

    def _to_remind(self, slug: str, due_at: datetime) -> tuple[Person, ...]:
        """Return the signatories with an address who were not reminded of this hour."""
        reminded = self.drafts.ledger.sign_off_reminders.reminded(slug, due_at=due_at)
        return tuple(
            each
            for each in (*self.drafts.team().signatories, *self._partners(slug))
            if each.address is not None and each.id not in reminded
        )

    def _partners(self, slug: str) -> tuple[Person, ...]:
        """Return the people of other institutions that sign this campaign."""
        campaign, _problems = self.drafts.survey(slug)
        asked = {
            each
            for partner in (campaign.partners if campaign else ())
            if partner.signs
            for each in partner.people
        }
        people = self.drafts.team().partners if asked else ()
        return tuple(each for each in people if each.is_enabled and each.id in asked)

    def _remind(self, slug: str, due_at: datetime) -> None:
        campaign, problems = self.drafts.survey(slug)
        if campaign is None:
            return
        draft = self.drafts.draft_of(campaign, known=problems)
        reminders, now = self.drafts.ledger.sign_off_reminders, self.drafts.clock.now()
        revision = self.drafts.revision_of(slug)
        people = self._to_remind(slug, due_at)
        office = missing(draft, people) if is_waiting(draft, self.signatures_required) else ()
        for person in (*office, *missing_of_partners(draft, people)):
            if not reminders.claim(slug, person.id, due_at=due_at, at=now):
                continue
            try:
                self._write_to(person, draft, due_at=due_at, revision=revision)
            except BaseException:
                reminders.release(slug, person.id, due_at=due_at)
                raise
            reminders.record_sent(slug, person.id, due_at=due_at, at=now)

    def _write_to(self, person: Person, draft: Draft, *, due_at: datetime, revision: int) -> None:
        assert person.address is not None, "only people with an address are reminded"
        message = self._message(person, person.address, draft, due_at=due_at, revision=revision)
        with closing(self.backend().connect()) as connection:
            outcomes = [outcome for _id, outcome in connection.deliver([message])]
        for outcome in outcomes:
            if isinstance(outcome, Deferred | Rejected):
                raise _not_taken(outcome.reply)

    def _message(
        self, person: Person, address: Address, draft: Draft, *, due_at: datetime, revision: int
    ) -> Message:
        language = person.language or self.requests.language
        now, zone = self.drafts.clock.now(), draft.campaign.time_zone
        title = draft.campaign.title
        subject = _("Your sign-off is missing: {title}", title=title)
        hour = _(
            "“{title}” is to leave on {at}. Without your sign-off it does not.",
            title=title,
            at=in_zone(due_at, zone=zone),
        )
        asked = self.requests.lines(
            person, draft, revision=revision, ledger=self.drafts.ledger, now=now
        )
        compiled = compiled_lines(
            self.requests.say(subject, language),
            (self.requests.say(hour, language), *asked),
            language=language,
        )
        # Like a notice it has no unsubscribe header: nobody of the team opts out of it.
        letterhead = replace(draft.letterhead, unsubscribe_mailto=None, unsubscribe_url="")
        writer = Personaliser(compiled, letterhead, campaign="mailer", step="notice")
        return writer.message(
            delivery_id=new_delivery_id(),
            recipient=Mailbox(address, person.name),
            fields={},
            sent_at=now,
        )


def is_waiting(draft: Draft, signatures_required: int) -> bool:
    """Return whether this version may not leave for lack of a signature of the office."""
    is_enough = len(signed_by(draft)) >= signatures_required
    return not is_enough or is_signed_by_author_alone(draft) or bool(draft.refusals)


def missing(draft: Draft, people: Sequence[Person]) -> Iterator[Person]:
    """Yield those of the office who have neither signed nor refused this version."""
    decided = {
        each.person
        for each in (*draft.sign_offs, *draft.refusals)
        if each.fingerprint == draft.fingerprint
    }
    yield from (each for each in people if not (each.is_partner or each.id in decided))


def missing_of_partners(draft: Draft, people: Sequence[Person]) -> Iterator[Person]:
    """Yield those of the people who sign for an institution that has neither signed nor refused."""
    waiting = {
        person.id
        for each in asked_partners(draft)
        if not (each.signed or each.refused)
        for person in each.people
    }
    yield from (each for each in people if each.id in waiting)


def _not_taken(reply: str) -> BackendUnavailable:
    return BackendUnavailable(
        Problem(
            Place("config.toml", key="team.people"),
            _("The reminder to a signatory was not accepted: {reply}", reply=reply),
            _("Check the addresses of the signatories; it is tried again."),
        )
    )
