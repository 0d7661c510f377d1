"""Sign off a campaign for another institution, or refuse to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.mailing import SignOff
from mailer.model.permission import Act, require, require_recent
from mailer.operations.campaigns.approval import require_version
from mailer.operations.campaigns.partner_sign_offs import asked_partners, is_asked
from mailer.operations.campaigns.partners import draft_for_partner, require_named
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.actor import Actor
    from mailer.model.draft import Draft
    from mailer.operations.campaigns.drafts import Drafts
    from mailer.operations.campaigns.partner_sign_offs import AskedPartner
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class PartnerDecision:
    """What a partner sees of a sign-off: the version, what was asked of whom, and what they said.

    `is_blocked` says that the office has something to correct first. What that is may name people
    of the lists, so that it is not told.
    """

    draft: Draft
    asked: tuple[AskedPartner, ...]
    may_sign: bool
    is_blocked: bool
    own: tuple[SignOff, ...]

    @property
    def is_launched(self) -> bool:
        return self.draft.since_launch is not None

    @property
    def decided(self) -> SignOff | None:
        """The last decision of this person about this version."""
        about = [each for each in self.own if each.fingerprint == self.draft.fingerprint]
        return about[-1] if about else None


def partner_decision(reference: str, *, actor: Actor, drafts: Drafts) -> PartnerDecision:
    """Return the sign-off of a campaign as a partner sees it.

    Raises ContentError when the campaign does not name this person.
    """
    draft = draft_for_partner(reference, actor=actor, drafts=drafts)
    decided = drafts.ledger.mailings.sign_offs(draft.campaign.slug)
    return PartnerDecision(
        draft=draft,
        asked=asked_partners(draft),
        may_sign=is_asked(actor.person, draft),
        is_blocked=_is_blocked(draft, drafts),
        own=tuple(each for each in decided if each.person == actor.person),
    )


def sign_as_partner(reference: str, *, version: str, actor: Actor, drafts: Drafts) -> SignOff:
    """Record that a partner signs off the version with this fingerprint. Journalled.

    Raises RuleError when the campaign does not ask this person, was launched or has changed since
    they looked, or while the office has something to correct.
    """
    draft, sign_off = _decision(reference, version, why="", actor=actor, drafts=drafts)
    if _is_blocked(draft, drafts):
        raise RuleError(
            _problem(
                _("the press office has something to correct in this version first"),
                _("Wait for its next version, or ask the press office."),
            )
        )
    drafts.ledger.mailings.sign(sign_off, actor=actor)
    return sign_off


def refuse_as_partner(
    reference: str, *, version: str, why: str, actor: Actor, drafts: Drafts
) -> SignOff:
    """Record that a partner refuses the version with this fingerprint, and why. Journalled.

    Raises RuleError as `sign_as_partner` does, and without a reason.
    """
    _draft, refusal = _decision(reference, version, why=why, actor=actor, drafts=drafts)
    if not refusal.refused_because:
        raise RuleError(
            Problem(
                Place("desk", key="why"),
                _("a refusal needs its reason: the others have to know what to correct"),
                _("Say in a few words what is wrong."),
            )
        )
    drafts.ledger.mailings.sign(refusal, actor=actor)
    return refusal


def _decision(
    reference: str, version: str, *, why: str, actor: Actor, drafts: Drafts
) -> tuple[Draft, SignOff]:
    """Return the draft, and the decision that the actor may record about it."""
    require(actor, Act.SIGN_AS_PARTNER)
    now = drafts.clock.now()
    require_recent(actor, now=now)
    require_named(reference, actor=actor, drafts=drafts)
    revision = drafts.revision_of(reference)  # before the draft, so that it is no newer
    draft = draft_for_partner(reference, actor=actor, drafts=drafts)
    if not is_asked(actor.person, draft):
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
    require_version(draft, version)
    return draft, SignOff(
        campaign=draft.campaign.slug,
        fingerprint=draft.fingerprint,
        by=actor.name,
        at=now,
        person=actor.person,
        revision=revision,
        refused_because=" ".join(why.split()),
    )


def _is_blocked(draft: Draft, drafts: Drafts) -> bool:
    findings = drafts.findings(draft.campaign.slug)
    return not draft.plan or any(each.blocks for each in findings)


def _problem(what: Text, remedy: Text) -> Problem:
    return Problem(Place("desk", key="decision"), what, remedy)
