"""Make drafts of the workspace's campaigns, and run the checks on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.accreditations import terms_of
from mailer.calendar.timetable import plan
from mailer.errors import ContentError
from mailer.model.mailings.since_launch import facts_of
from mailer.model.team.actor import Via
from mailer.model.team.person import SigningTeam
from mailer.operations.campaigns.drafts.already_sent import duplicate_mailings
from mailer.operations.campaigns.drafts.prepare import prepare
from mailer.operations.campaigns.drafts.since_launch import since_launch
from mailer.operations.campaigns.drafts.slot_conflicts import event_conflicts, slot_conflicts
from mailer.operations.campaigns.drafts.unknown_targets import unknown_targets
from mailer.operations.campaigns.sign_offs.partner_sign_offs import with_partners
from mailer.operations.campaigns.sign_offs.sign_offs import with_decisions
from mailer.operations.sending.audience import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.checks import KeptFindings
    from mailer.checks.kept_findings import DraftWithoutReaders
    from mailer.errors import Problem
    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import Campaign, Event
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.school_holidays import SchoolHolidays
    from mailer.model.campaigns.template import Template
    from mailer.model.campaigns.text_in_picture import TextInPicture
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.model.drafts.revision import Revision
    from mailer.model.mailings.message import CompiledMessage, Letterhead
    from mailer.model.mailings.since_launch import Facts, SinceLaunch
    from mailer.operations.sending.kept_directory import KeptDirectory
    from mailer.ports import Clock, Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """Makes drafts: reads a campaign, compiles its texts, resolves its audiences.

    `load` reads a complete campaign or raises ContentError. `survey` reads as much of it as
    possible and returns it with every problem. `compile_` is described at `prepare`. `allows`
    says outside production to whom mail may be sent; None means everybody. `provider` is the provider by which
    mailings leave; `carries_beyond_ascii` asks whether it takes addresses with letters beyond
    ASCII (None: it does not answer). `revision_of` takes
    in what was changed in a campaign's folder and returns the number of its newest revision.
    `kept` spares drafts that are only shown the reading of a directory that has not changed.
    """

    load: Callable[[str], Campaign]
    survey: Callable[[str], tuple[Campaign | None, tuple[Problem, ...]]]
    template_for: Callable[[str, str], Template]
    compile_: Callable[..., CompiledMessage]
    office: Office
    letterhead: Letterhead
    ledger: Ledger
    clock: Clock
    team: Callable[[], SigningTeam] = SigningTeam
    allows: Callable[[Address], bool] | None = None
    provider: str = ""
    carries_beyond_ascii: Callable[[], bool | None] = lambda: True
    revision_of: Callable[[str], int] = lambda _reference: 0
    kept: KeptDirectory | None = None
    school_holidays: Callable[[], tuple[SchoolHolidays, ...]] = tuple
    text_in_picture: Callable[..., TextInPicture | None] = lambda _content, **_name: None
    """Says how much text a picture shows; None where it is not read."""
    read: Callable[[DraftWithoutReaders], KeptFindings] | None = None
    """Runs the checks that read texts; None for this process (`checks.run_checks`)."""
    refused_mail: Callable[[Draft], Sequence[Problem]] = lambda _draft: ()
    """Why receivers would refuse the mail of a draft; asked of servers at a launch."""
    fresh_for: timedelta = timedelta()
    """For how long reminders may rely on the register after somebody has looked; zero for ever."""

    def draft(self, reference: str) -> Draft:
        """Return the draft of a campaign; raises ContentError when its folder has problems."""
        return self._prepared(self.load(reference))

    def findings(self, reference: str, *, at: datetime | None = None) -> tuple[Finding, ...]:
        """Return all findings, including load errors, even if the folder is broken.

        With `at`, the dates are judged as at that instant.
        """
        return self.checked(reference, at=at)[1]

    def checked(
        self, reference: str, *, at: datetime | None = None
    ) -> tuple[Draft | None, tuple[Finding, ...]]:
        """Return the draft, None where the folder cannot be read, and the `findings` about it."""
        # A plan and the status of a workspace need no check.
        from mailer.checks.text.does_not_compile import finding_of  # noqa: PLC0415 - as said

        campaign, problems = self.survey(reference)
        if campaign is None:
            return None, tuple(map(finding_of, problems))
        draft = self._prepared(campaign, known=problems)
        return draft, self.findings_about(replace(draft, now=at) if at else draft)

    def findings_about(self, draft: Draft) -> tuple[Finding, ...]:
        """Return all findings about a draft."""
        from mailer.checks import run_checks  # noqa: PLC0415 - as in `checked`

        return run_checks(draft, read=self.read)

    def draft_of(self, campaign: Campaign, *, known: Sequence[Problem] = ()) -> Draft:
        """Return the draft of a campaign as a survey read it, with the problems `known` of it."""
        return self._prepared(campaign, known=known)

    def not_carried(self, draft: Draft) -> tuple[Address, ...]:
        """Return the addresses of a draft that its provider does not take, or may not take.

        The provider is asked only if there are such addresses.
        """
        found = {each for audience in draft.audiences.values() for each in audience.beyond_ascii}
        return tuple(sorted(found)) if found and not self.carries_beyond_ascii() else ()

    def since_launch(self, reference: str) -> SinceLaunch | None:
        """Return the launch of a campaign, and what its folder says otherwise since.

        Returns None before the launch, and when the folder is gone or cannot be read.
        """
        campaign = self._as_far_as_readable(reference)
        if campaign is None:
            return None
        try:
            steps = plan(campaign, office=self.office)
        except ContentError:
            return None
        mailings = self.ledger.mailings.summaries(campaign.slug)
        return since_launch(campaign, steps, mailings=mailings, ledger=self.ledger)

    def readable_campaign(self, reference: str) -> Campaign:
        """Return the campaign as its folder has it now, also with problems of its texts.

        Raises ContentError when it cannot be read.
        """
        campaign, problems = self.survey(reference)
        if campaign is None:
            raise ContentError(*problems)
        return campaign

    def terms(self, reference: str) -> Terms:
        """Return the terms of a campaign's register as its folder has them now.

        Raises ContentError when that cannot be read: nobody is accepted by unknown rules.
        """
        return terms_of(self.readable_campaign(reference))

    def title(self, reference: str) -> str:
        """Return the title of a campaign, or its name when its folder is gone or broken."""
        campaign = self._as_far_as_readable(reference)
        return campaign.title if campaign else reference

    def event(self, reference: str) -> Event | None:
        """Return the event of a campaign as its folder has it now; None where that cannot be read."""
        campaign = self._as_far_as_readable(reference)
        return campaign.event if campaign else None

    def facts(self, reference: str, step: str) -> Facts | None:
        """Return what the folder says about a step now; None when that cannot be read."""
        campaign = self._as_far_as_readable(reference)
        steps = campaign.steps if campaign else ()
        found = next((each for each in steps if each.id == step), None)
        return facts_of(campaign, found) if campaign and found else None

    def _as_far_as_readable(self, reference: str) -> Campaign | None:
        try:
            campaign, _problems = self.survey(reference)
        except ContentError:
            return None
        return campaign

    def directory(self, now: datetime) -> Directory:
        """Return the directory with every change of it until now."""
        return self.kept.at(now) if self.kept else Directory(self.ledger, now=now)

    def _prepared(self, campaign: Campaign, *, known: Sequence[Problem] = ()) -> Draft:
        # Read once, for the audiences of the steps and those of other mailings.
        now = self.clock.now()
        directory = self.directory(now)
        draft = prepare(
            campaign,
            known=known,
            office=self.office,
            letterhead=self.letterhead,
            template_for=self.template_for,
            compile_=self.compile_,
            directory=directory,
            now=now,
        )
        team = self.team()
        head = self.ledger.revisions.head(campaign.slug)
        launched = tuple(self.ledger.mailings.summaries(campaign.slug))
        before = duplicate_mailings(draft, directory=directory, ledger=self.ledger, now=now)
        return replace(
            with_partners(
                with_decisions(draft, ledger=self.ledger),
                partner_people=team.partners,
            ),
            sent_before=tuple(before),
            unknown_targets=tuple(
                unknown_targets(campaign, draft.plan, directory=directory, ledger=self.ledger)
            ),
            slot_conflicts=tuple(slot_conflicts(draft, directory=directory, ledger=self.ledger)),
            event_conflicts=event_conflicts(draft, ledger=self.ledger),
            signatories=team.signatories,
            head=head,
            last_edit=self._last_edit(head, campaign.slug),
            mailings=launched,
            since_launch=since_launch(campaign, draft.plan, mailings=launched, ledger=self.ledger),
            outside_allow_list=self.outside_allow_list(draft),
            provider=self.provider,
            text_in_pictures=self._text_in_pictures(campaign),
            accepted=tuple(self.ledger.accepted_findings.of_campaign(campaign.slug)),
        )

    @property
    def look_holds_hours(self) -> int:
        """For how many hours a look at the answers holds; 0 where none is asked for."""
        return int(self.fresh_for.total_seconds() // 3600)

    def _last_edit(self, head: Revision | None, campaign: str) -> Revision | None:
        """Return the newest revision that a person saved: mostly the newest of all."""
        if head is None or head.via is not Via.PROGRAM:
            return head
        return self.ledger.revisions.last_edit(campaign)

    def _text_in_pictures(self, campaign: Campaign) -> dict[str, TextInPicture]:
        """Return how much text each picture shows that the texts may show."""
        others = {it.path for it in campaign.attachments} | {it.logo for it in campaign.partners}
        read = (
            (path, self.text_in_picture(content, name=path))
            for path, content in campaign.files.items()
            if path not in others
        )
        return {path: found for path, found in read if found}

    def outside_allow_list(self, draft: Draft) -> int:
        """Return how many recipients may not be written to, because production is switched off."""
        if self.allows is None:
            return 0
        addresses = {
            recipient.contact.address
            for audience in draft.audiences.values()
            for recipient in audience.recipients
        }
        return sum(not self.allows(address) for address in addresses)
