"""Sign off for another institution by the link in a mail, without seeing anything of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ContentError, RuleError
from mailer.model.team.actor import Via, actor_for
from mailer.operations.campaigns.approval.partner_approval import (
    partner_decision,
    refuse_as_partner,
    sign_as_partner,
)
from mailer.operations.campaigns.approval.sign_by_link import (
    LinkDecision,
    LinkState,
    chosen_decision,
    no_longer_signs,
)
from mailer.operations.team.second_factor import has_generator
from mailer.operations.team.sign_in import has_password, prove_by_link

if TYPE_CHECKING:
    from mailer.model.mailings.mailing import SignOff
    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.approval.partner_approval import PartnerDecision
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.team.visitors import Gate
    from mailer.signed_links.sign_off import SignOffLink


@dataclass(frozen=True, slots=True)
class LinkedPassages:
    """What the page of a partner's link shows. `found` is None where it may show nothing."""

    link: SignOffLink
    state: LinkState
    actor: Actor
    found: PartnerDecision | None
    has_password: bool
    has_generator: bool


def is_for_partner(link: SignOffLink, *, drafts: Drafts) -> bool:
    """Return whether the person of a link belongs to another institution."""
    return _person(link, drafts) is not None


def linked_passages(link: SignOffLink, *, drafts: Drafts) -> LinkedPassages:
    """Return what the page of a partner's link shows. It changes nothing, however often asked."""
    person = _person(link, drafts)
    assert person is not None, "only a partner's link is asked for"
    actor = actor_for(person, via=Via.LINK)
    found = _decision(link, person, actor, drafts)
    return LinkedPassages(
        link,
        _state(link, found, drafts),
        actor,
        found,
        has_password=has_password(person, ledger=drafts.ledger),
        has_generator=has_generator(person, ledger=drafts.ledger),
    )


def decide_for_partner(
    link: SignOffLink,
    *,
    decision: str,
    why: str,
    password: str,
    code: str = "",
    gate: Gate,
    drafts: Drafts,
) -> SignOff:
    """Sign off or refuse what a partner's link is for, with the password of its person. Journalled.

    Raises RuleError as `decide_by_link` does.
    """
    now = drafts.clock.now()
    person = _person(link, drafts)
    if person is None or not person.is_enabled or link.has_ended(now=now):
        raise RuleError(no_longer_signs())
    chosen = chosen_decision(decision, why)
    actor = prove_by_link(person, password, code=code, gate=gate, now=now)
    if chosen is LinkDecision.REFUSE:
        return refuse_as_partner(
            link.campaign, why=why, actor=actor, drafts=drafts, version=link.fingerprint
        )
    return sign_as_partner(link.campaign, actor=actor, drafts=drafts, version=link.fingerprint)


def _person(link: SignOffLink, drafts: Drafts) -> Person | None:
    return next((each for each in drafts.team().partners if each.id == link.person), None)


def _decision(
    link: SignOffLink, person: Person, actor: Actor, drafts: Drafts
) -> PartnerDecision | None:
    """Return what the person may see; None when the account is closed or no campaign names them."""
    if not person.is_enabled:
        return None
    try:
        return partner_decision(link.campaign, actor=actor, drafts=drafts)
    except ContentError:
        return None


def _state(link: SignOffLink, found: PartnerDecision | None, drafts: Drafts) -> LinkState:
    if found is None or not found.may_sign:
        return LinkState.NO_SIGNATORY
    if link.has_ended(now=drafts.clock.now()):
        return LinkState.ENDED
    if found.is_launched:
        return LinkState.LAUNCHED
    return LinkState.OPEN if found.version == link.fingerprint else LinkState.CHANGED
