"""Sign a campaign off by the link in a test mail: the page of one exact version for one person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.operations.campaigns.approval.approval import approve_campaign, refuse_campaign
from mailer.operations.campaigns.overviews.board import board
from mailer.operations.team.second_factor import has_generator
from mailer.operations.team.sign_in import has_password, prove_by_link
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailings.mailing import SignOff
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.overviews.board import Board
    from mailer.operations.campaigns.revisions.differences import FileDifference
    from mailer.operations.campaigns.revisions.revisions import CampaignRevisions
    from mailer.operations.team.visitors import Gate
    from mailer.signed_links.sign_off import SignOffLink


class LinkState(StrEnum):
    """What the page of a link can do now."""

    OPEN = "open"
    """The version is the present one, and the person may decide about it."""
    CHANGED = "changed"
    """The campaign has changed since the mail: the link is for a version that is no more."""
    LAUNCHED = "launched"
    ENDED = "ended"
    NO_SIGNATORY = "no-signatory"
    """The person does not sign off today."""


class LinkDecision(StrEnum):
    """What a signatory decides about a version."""

    SIGN = "sign"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class LinkedVersion:
    """The version that a link leads to, as its page shows it.

    `decided` is what the person decided about this version last. `files` are the differences:
    from the version that was signed last, or for a changed campaign from the version of the link.
    """

    link: SignOffLink
    state: LinkState
    name: str
    board: Board
    decided: SignOff | None
    signed_before: SignOff | None
    files: tuple[FileDifference, ...]
    lists: frozenset[str] | None
    """The lists to which the person is limited; None for every list."""
    has_password: bool
    has_generator: bool


def linked_version(
    link: SignOffLink,
    *,
    signatures_required: int,
    drafts: Drafts,
    revisions: CampaignRevisions,
) -> LinkedVersion:
    """Return what the page of a link shows. It changes nothing, however often it is asked for.

    Raises ContentError when the campaign is gone.
    """
    found = board(link.campaign, signatures_required=signatures_required, drafts=drafts)
    person = _signatory(link, drafts)
    state = _state(link, found, is_signatory=person is not None, now=drafts.clock.now())
    before = _signed_before(link, found)
    return LinkedVersion(
        link=link,
        state=state,
        name=person.name if person else link.person,
        board=found,
        decided=_decided(link, found),
        signed_before=before,
        files=_differences(link, state, before, found, revisions),
        lists=(person.lists if person else frozenset()) or None,
        has_password=person is not None and has_password(person, ledger=drafts.ledger),
        has_generator=person is not None and has_generator(person, ledger=drafts.ledger),
    )


def decide_by_link(
    link: SignOffLink,
    *,
    decision: str,
    why: str,
    password: str,
    code: str = "",
    gate: Gate,
    drafts: Drafts,
    signatures_required: int,
) -> SignOff:
    """Sign off or refuse the version of a link, with the password of its person, and the code of
    who has a second factor. Journalled.

    Raises RuleError when the password is wrong, when nothing or two things were decided, and
    when the link has ended, or the campaign has changed since or was launched.
    """
    now = drafts.clock.now()
    person = _signatory(link, drafts)
    is_launched = bool(drafts.ledger.mailings.summaries(link.campaign))
    if person is None or link.has_ended(now=now) or is_launched:
        raise RuleError(no_longer_signs())
    chosen = chosen_decision(decision, why)
    actor = prove_by_link(person, password, code=code, gate=gate, now=now)
    if chosen is LinkDecision.REFUSE:
        return refuse_campaign(
            link.campaign, why=why, actor=actor, drafts=drafts, version=link.fingerprint
        )
    return approve_campaign(
        link.campaign,
        actor=actor,
        drafts=drafts,
        version=link.fingerprint,
        signatures_required=signatures_required,
    )


def chosen_decision(decision: str, why: str) -> LinkDecision:
    """Return what was decided. A reason beside a signature is not taken for either."""
    if decision not in set(LinkDecision):
        raise RuleError(
            Problem(
                Place("desk", key="decision"),
                _("nothing was decided yet"),
                _("Choose: sign this version off, or refuse it."),
            )
        )
    if decision == LinkDecision.SIGN and why.strip():
        raise RuleError(
            Problem(
                Place("desk", key="why"),
                _("you sign this version off, and have written what is wrong with it"),
                _("Refuse it with this reason; or empty the field, then sign."),
            )
        )
    if decision == LinkDecision.REFUSE and not why.strip():
        raise RuleError(
            Problem(
                Place("desk", key="why"),
                _("a refusal needs its reason: the others have to know what to correct"),
                _("Say in a few words what is wrong."),
            )
        )
    return LinkDecision(decision)


def _signatory(link: SignOffLink, drafts: Drafts) -> Person | None:
    return next((each for each in drafts.team().signatories if each.id == link.person), None)


def _state(link: SignOffLink, found: Board, *, is_signatory: bool, now: datetime) -> LinkState:
    if not is_signatory:
        return LinkState.NO_SIGNATORY
    if link.has_ended(now=now):
        return LinkState.ENDED
    if found.is_launched:
        return LinkState.LAUNCHED
    return LinkState.OPEN if found.fingerprint == link.fingerprint else LinkState.CHANGED


def _decided(link: SignOffLink, found: Board) -> SignOff | None:
    own = [each for each in found.sign_offs if _is_of(link, each)]
    return own[-1] if own else None


def _is_of(link: SignOffLink, sign_off: SignOff) -> bool:
    return (sign_off.person, sign_off.fingerprint) == (link.person, link.fingerprint)


def _signed_before(link: SignOffLink, found: Board) -> SignOff | None:
    """Return the last sign-off of the office of another version than that of the link."""
    signed = found.draft.sign_offs if found.draft else ()
    others = [each for each in signed if each.fingerprint != link.fingerprint]
    return others[-1] if others else None


def _differences(
    link: SignOffLink,
    state: LinkState,
    before: SignOff | None,
    found: Board,
    revisions: CampaignRevisions,
) -> tuple[FileDifference, ...]:
    from_revision = {
        LinkState.CHANGED: link.revision,
        LinkState.OPEN: before.revision if before else 0,
    }.get(state, 0)
    if not from_revision or from_revision >= found.revision:
        return ()
    return revisions.compare(link.campaign, from_revision, found.revision)


def no_longer_signs() -> Problem:
    """Return what to say to somebody whose link signs nothing now."""
    return Problem(
        Place("desk", key="decision"),
        _("this link no longer signs anything off"),
        _("Sign at the desk, or wait for the next test mail: it has a new link."),
    )
