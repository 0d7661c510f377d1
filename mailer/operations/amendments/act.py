"""Draft, sign off and launch an amendment, as any step is, in minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone
from mailer.changes import corrections_since, has_moved
from mailer.errors import LedgerError, Place, Problem, RuleError
from mailer.model.mailings.amendment import Amendment, AmendmentKind
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.amendments.draft import AmendmentDraft, draft_amendment_of
from mailer.operations.amendments.former_words import former_words
from mailer.operations.amendments.history import CampaignHistory, history_of
from mailer.operations.amendments.our_words import is_ours, stands_in_our_words
from mailer.operations.campaigns.approval.approval import approve, approve_campaign, require_version
from mailer.operations.campaigns.launching.launch import mailings_of, refusals_of
from mailer.operations.campaigns.sign_offs.open_amendments import open_draft
from mailer.render.mime.calendar import first_entry
from mailer.wording import FactKey, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.drafts.finding import Finding
    from mailer.model.mailings.mailing import Mailing, SignOff
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.ports import Ledger

FRESH_FOR = timedelta(hours=2)
"""How long a draft keeps its instant when it is asked for again with the same note."""
_TOO_OLD = timedelta(hours=24)
_NOT_ASKED = frozenset(
    {
        "already-sent",
        "deadline-before-reminder",
        "differs-from-launch",
        "list-without-contacts",
        "missing-language",
        "no-recipients",
        "quota-not-enforced",
        "reminder-to-everybody",
        "step-after-event",
        "step-at-clock-change",
        "step-moved",
        "steps-out-of-order",
        "too-many-reminders",
    }
)
"""Checks about the timetable and the lists of a campaign that is still to be launched."""


@dataclass(frozen=True, slots=True)
class LaunchedAmendment:
    """The mailings of an amendment that was launched, and the error of the backup, if it failed."""

    amendment: Amendment
    mailings: tuple[Mailing, ...]
    backup_failure: LedgerError | None = None


def draft_amendment(
    reference: str, kind: AmendmentKind, *, note: str | None, actor: Actor, drafts: Drafts
) -> AmendmentDraft:
    """Draft an amendment of a launched campaign from the present state of its folder.

    A `note` of None keeps that of an open draft. The draft keeps its instant, and so its
    signatures, when it is asked for again soon with the same note. Raises RuleError when there is
    nothing to tell.
    """
    _require(actor, kind)
    campaign = drafts.load(reference)
    history = history_of(campaign.slug, ledger=drafts.ledger)
    found = open_draft(campaign.slug, ledger=drafts.ledger)
    before = found.note if found and found.kind is kind else ""
    written = before if note is None else note.strip()
    if problems := list(_nothing_to_tell(kind, campaign, history, written)):
        raise RuleError(*problems)
    now = drafts.clock.now()
    if found and _is_still_good(found, kind, written, now):
        return draft_amendment_of(campaign, found, history, drafts=drafts)
    # Without a file that was sent, nobody has an entry that could be meant.
    first = replace(first_entry(campaign, campaign.steps[0], drafts.office), sequence=0)
    entry = history.entry or first
    amendment = Amendment(
        campaign=campaign.slug,
        version=history.version + 1,
        kind=kind,
        note=written,
        drafted_at=now.replace(microsecond=0),
        entry=replace(entry, sequence=entry.sequence + 1),
    )
    if not drafts.ledger.amendments.draft(amendment, actor=actor):
        raise RuleError(_overtaken(campaign.slug))
    return draft_amendment_of(campaign, amendment, history, drafts=drafts)


def drop_amendment(
    reference: str, *, actor: Actor, drafts: Drafts, drafted_at: str | None = None
) -> Amendment:
    """Drop the open draft of an amendment; what was saved of the campaign stays. Returns it.

    `drafted_at`, in ISO 8601, is the draft that the person saw; another one is refused (RuleError).
    """
    require(actor, Act.EDIT_CAMPAIGN)
    slug = drafts.load(reference).slug
    found = open_draft(slug, ledger=drafts.ledger)
    if found is None:
        raise RuleError(_nothing_drafted(reference))
    _require(actor, found.kind)
    is_seen = drafted_at in {None, found.drafted_at.isoformat()}
    now = drafts.clock.now()
    if not is_seen or not drafts.ledger.amendments.drop(found, actor=actor, at=now):
        raise RuleError(_overtaken(slug))
    return found


def open_amendment(reference: str, *, drafts: Drafts) -> AmendmentDraft | None:
    """Return the open draft of a campaign as its folder says now, or None."""
    campaign = drafts.load(reference)
    amendment = open_draft(campaign.slug, ledger=drafts.ledger)
    if amendment is None:
        return None
    history = history_of(campaign.slug, ledger=drafts.ledger)
    return draft_amendment_of(campaign, amendment, history, drafts=drafts)


def cancelled_before(campaign: str, *, ledger: Ledger) -> Amendment | None:
    """Return the cancellation that people were told of, or None."""
    found = ledger.amendments.of_campaign(campaign)
    return next(
        (
            each
            for each in found
            if each.kind is AmendmentKind.CANCELLATION and each.launched_at is not None
        ),
        None,
    )


def findings_of(found: AmendmentDraft, *, drafts: Drafts) -> tuple[Finding, ...]:
    """Return what the checks find in the texts of an amendment, each thing once: readers of several
    versions get the same sentence. What only our own sentences are blamed for is left out.
    """
    every = (each for each in drafts.findings_about(found.draft) if each.check not in _NOT_ASKED)
    asked = (
        replace(each, where=Place("")) if is_ours(each.where, found) else each
        for each in (*former_words(found), *every)
        if each.blocks or not stands_in_our_words(each.where, found)
    )
    once = {(each.check, str(each.what), str(each.where)): each for each in asked}
    return tuple(once.values())


def approve_what_is_open(
    reference: str, *, actor: Actor, drafts: Drafts, version: str = "", signatures_required: int = 1
) -> SignOff:
    """Sign off the open draft of an amendment if a launched campaign has one, otherwise the
    campaign itself.
    """
    is_open = open_draft(drafts.load(reference).slug, ledger=drafts.ledger) is not None
    if is_open:
        return approve_amendment(
            reference,
            actor=actor,
            drafts=drafts,
            version=version,
            signatures_required=signatures_required,
        )
    return approve_campaign(
        reference,
        actor=actor,
        drafts=drafts,
        version=version,
        signatures_required=signatures_required,
    )


def approve_amendment(
    reference: str, *, actor: Actor, drafts: Drafts, version: str = "", signatures_required: int = 1
) -> SignOff:
    """Sign off the open draft of an amendment, as it stands now.

    `version` is the fingerprint that the person saw; another one is refused (RuleError).
    """
    revision = drafts.revision_of(reference)
    found = _required(reference, drafts)
    require_version(found.draft, version)
    return approve(
        found.draft,
        findings=findings_of(found, drafts=drafts),
        actor=actor,
        ledger=drafts.ledger,
        now=drafts.clock.now(),
        revision=revision,
        signatures_required=signatures_required,
    )


def launch_amendment(
    reference: str,
    *,
    confirm: int | None,
    signatures_required: int,
    actor: Actor,
    drafts: Drafts,
    version: str = "",
    back_up: bool = True,
) -> LaunchedAmendment:
    """Launch the open draft of an amendment: what is under way stops, and people are told.

    `confirm` is the number of messages that leave at once. Raises RuleError with every reason
    against it.
    """
    found = _required(reference, drafts)
    amendment, now = found.amendment, drafts.clock.now()
    _require(actor, amendment.kind)
    require(actor, Act.LAUNCH)
    require_recent(actor, now=now)
    require_version(found.draft, version)
    refusals = [
        *refusals_of(
            found.draft,
            findings=findings_of(found, drafts=drafts),
            signatures_required=signatures_required,
        ),
        *_miscounted(found, confirm),
        *_too_old(found, now),
    ]
    if refusals:
        raise RuleError(*refusals)
    mailings = mailings_of(found.draft, version=amendment.version)
    signed = replace(amendment, fingerprint=found.draft.fingerprint)
    if not drafts.ledger.amendments.launch(signed, mailings, found.amended, actor=actor, at=now):
        raise RuleError(_overtaken(amendment.campaign))
    launched = LaunchedAmendment(replace(signed, launched_at=now), mailings)
    if back_up:
        try:
            drafts.ledger.backups.create(at=now)
        except LedgerError as error:
            return replace(launched, backup_failure=error)
    return launched


def _require(actor: Actor, kind: AmendmentKind) -> None:
    require(actor, Act.EDIT_CAMPAIGN)
    if kind is AmendmentKind.CANCELLATION:
        require(actor, Act.CANCEL)


def _is_still_good(draft: Amendment, kind: AmendmentKind, note: str, now: datetime) -> bool:
    return (draft.kind, draft.note) == (kind, note) and now - draft.drafted_at < FRESH_FOR


def _required(reference: str, drafts: Drafts) -> AmendmentDraft:
    found = open_amendment(reference, drafts=drafts)
    if found is None:
        raise RuleError(_nothing_drafted(reference))
    return found


def _nothing_drafted(reference: str) -> Problem:
    return Problem(
        Place(reference),
        _("nothing is drafted to be told of this campaign"),
        _("Draft a correction, a move, a cancellation or a follow-up first."),
    )


def _nothing_to_tell(
    kind: AmendmentKind, campaign: Campaign, history: CampaignHistory, note: str
) -> Iterator[Problem]:
    """Yield why there is nothing of this kind to tell."""
    where = Place(campaign.file)
    if history.is_cancelled and kind is not AmendmentKind.FOLLOW_UP:
        yield Problem(
            where,
            _("the event was cancelled, and people were told"),
            _("For a new event, write a new campaign."),
        )
        return
    facts = history.facts.get(history.version, {})
    moved = has_moved(facts, campaign)
    if kind is AmendmentKind.MOVE and not moved:
        yield Problem(
            where,
            _("the folder has the date that was announced"),
            _("Give the new date: {fact}.", fact=FactKey("event.starts_at")),
        )
    if kind is AmendmentKind.CORRECTION and moved:
        yield Problem(
            where,
            _("the event has another day than was announced: this is no correction but a move"),
            _("Move it, so that accepted people are asked again and the steps get new hours."),
        )
    if kind is AmendmentKind.CORRECTION and not note and not corrections_since(facts, campaign):
        yield Problem(
            where,
            _("the facts of the folder are those that were announced"),
            _("Correct them first. If only a text was wrong, say in a note what is corrected."),
        )


def _miscounted(found: AmendmentDraft, confirm: int | None) -> Iterator[Problem]:
    if confirm == found.count:
        return
    yield Problem(
        Place(found.draft.campaign.file, key="confirm"),
        _n(
            "this was not confirmed: {count} message leaves at once",
            "this was not confirmed: {count} messages leave at once",
            count=found.count,
        ),
        _("Read what leaves, then confirm this number."),
    )


def _too_old(found: AmendmentDraft, now: datetime) -> Iterator[Problem]:
    """Yield a problem when the texts were compiled for an instant that is too long ago."""
    campaign, drafted = found.draft.campaign, found.amendment.drafted_at
    turning_points = (
        campaign.embargo.until if campaign.embargo else None,
        campaign.accreditation.deadline,
        campaign.event.starts_at if campaign.event else None,
    )
    is_overtaken = any(each and drafted < each <= now for each in turning_points)
    if not is_overtaken and now - drafted < _TOO_OLD:
        return
    yield Problem(
        Place(campaign.file),
        _(
            "this was drafted on {at}, and its texts may say what is no longer so",
            at=in_zone(drafted, campaign.time_zone),
        ),
        _("Draft it again, look at it and sign it off."),
    )


def _overtaken(campaign: str) -> Problem:
    return Problem(
        Place(campaign),
        _("something of this campaign has changed at this moment; nothing was launched"),
        _("Look again: a step may have begun, or somebody else was faster."),
    )
