"""Sign off a campaign for another institution, or refuse to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.mailings.mailing import SignOff
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.campaigns.approval.approval import changed_since_shown
from mailer.operations.campaigns.approval.partners import draft_for_partner, require_named
from mailer.operations.campaigns.sign_offs.partner_sign_offs import (
    asked_of,
    asked_partners,
    version_for,
)
from mailer.operations.campaigns.sign_offs.passage_changes import passage_change
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.model.drafts.draft import Draft
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.sign_offs.partner_sign_offs import AskedPartner
    from mailer.operations.campaigns.sign_offs.passage_changes import PassageChange
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class PartnerDecision:
    """What a partner sees of a sign-off: the version, what was asked of whom, and what they said.

    `of_person` are the institutions for which this person signs, and `changes` what has changed of
    their passages since. `is_blocked` says that the office has something to correct first. What
    that is may name people of the lists, so that it is not told.
    """

    draft: Draft
    asked: tuple[AskedPartner, ...]
    of_person: tuple[AskedPartner, ...]
    is_blocked: bool
    own: tuple[SignOff, ...]
    changes: Mapping[str, PassageChange]

    @property
    def may_sign(self) -> bool:
        return bool(self.of_person)

    @property
    def version(self) -> str:
        """What the person would sign, as the form of the page carries it."""
        return version_for(self.of_person)

    @property
    def is_launched(self) -> bool:
        return self.draft.since_launch is not None

    @property
    def decided(self) -> SignOff | None:
        """The last decision of this person about all that they sign."""
        about = {each.fingerprint: each for each in self.own}
        found = [about.get(each.fingerprint) for each in self.of_person]
        return found[-1] if found and None not in found else None

    @property
    def whole_version(self) -> bool:
        """Whether any change of the campaign voids what this person signs."""
        return any(each.words is None for each in self.of_person)


def partner_decision(reference: str, *, actor: Actor, drafts: Drafts) -> PartnerDecision:
    """Return the sign-off of a campaign as a partner sees it.

    Raises ContentError when the campaign does not name this person.
    """
    draft = draft_for_partner(reference, actor=actor, drafts=drafts)
    decided = drafts.ledger.mailings.sign_offs(draft.campaign.slug)
    of_person = asked_of(actor.person, draft)
    changed = {each.name: passage_change(each, ledger=drafts.ledger) for each in of_person}
    return PartnerDecision(
        draft=draft,
        asked=asked_partners(draft),
        of_person=of_person,
        is_blocked=_is_blocked(draft, of_person, drafts),
        own=tuple(each for each in decided if each.person == actor.person),
        changes={name: change for name, change in changed.items() if change},
    )


def sign_as_partner(reference: str, *, actor: Actor, drafts: Drafts, version: str = "") -> SignOff:
    """Record that a partner signs off its passages, or the version, as they saw it. Journalled.

    `version` is what the person saw (`PartnerDecision.version`). Raises RuleError when the campaign
    does not ask this person, was launched or has changed since they looked, or while the office has
    something to correct.
    """
    draft, asked, sign_offs = _decisions(reference, version, why="", actor=actor, drafts=drafts)
    if _is_blocked(draft, asked, drafts):
        raise RuleError(
            _problem(
                _("the press office has something to correct in this version first"),
                _("Wait for its next version, or ask the press office."),
            )
        )
    return _recorded(asked, sign_offs, actor=actor, drafts=drafts)


def refuse_as_partner(
    reference: str, *, why: str, actor: Actor, drafts: Drafts, version: str = ""
) -> SignOff:
    """Record that a partner refuses what it was asked to sign, and why. Journalled.

    Raises RuleError as `sign_as_partner` does, and without a reason.
    """
    _draft, asked, refusals = _decisions(reference, version, why=why, actor=actor, drafts=drafts)
    if not why.strip():
        raise RuleError(
            Problem(
                Place("desk", key="why"),
                _("a refusal needs its reason: the others have to know what to correct"),
                _("Say in a few words what is wrong."),
            )
        )
    return _recorded(asked, refusals, actor=actor, drafts=drafts)


def _recorded(
    asked: Sequence[AskedPartner], sign_offs: Sequence[SignOff], *, actor: Actor, drafts: Drafts
) -> SignOff:
    for partner, sign_off in zip(asked, sign_offs, strict=True):
        words = partner.words.content if partner.words else b""
        drafts.ledger.mailings.sign(sign_off, actor=actor, words=words)
    return sign_offs[-1]


def _decisions(
    reference: str, version: str, *, why: str, actor: Actor, drafts: Drafts
) -> tuple[Draft, tuple[AskedPartner, ...], list[SignOff]]:
    """Return the draft, who asks the actor, and the decision to record for each of them."""
    require(actor, Act.SIGN_AS_PARTNER)
    now = drafts.clock.now()
    require_recent(actor, now=now)
    require_named(reference, actor=actor, drafts=drafts)
    revision = drafts.revision_of(reference)  # before the draft, so that it is no newer
    draft = draft_for_partner(reference, actor=actor, drafts=drafts)
    asked = asked_of(actor.person, draft)
    if not asked:
        raise RuleError(
            _problem(
                _("this campaign does not ask for your sign-off"),
                _("Tell the press office if you expected it to."),
            )
        )
    if draft.since_launch is not None:
        raise RuleError(
            _problem(
                _("this campaign is launched: nothing is left to sign"),
                _("Tell the press office at once if something is wrong."),
            )
        )
    if version not in {"", version_for(asked)}:
        raise RuleError(changed_since_shown(draft))
    return (
        draft,
        asked,
        [
            SignOff(
                campaign=draft.campaign.slug,
                fingerprint=each.fingerprint,
                by=actor.name,
                at=now,
                person=actor.person,
                revision=revision,
                refused_because=" ".join(why.split()),
            )
            for each in asked
        ],
    )


def _is_blocked(draft: Draft, asked: Sequence[AskedPartner], drafts: Drafts) -> bool:
    """Return whether there is something to correct before this can be signed: for passages, a text
    that cannot be shown; for a version, whatever blocks its launch.
    """
    if not draft.plan or draft.problems:
        return True
    if all(each.words for each in asked):
        return False
    return any(each.blocks for each in drafts.findings(draft.campaign.slug))


def _problem(what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key="decision"), what, remedy)
