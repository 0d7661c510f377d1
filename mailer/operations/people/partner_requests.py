"""The places that another institution asks for, and what the office decides about each.

A request is no entry of the register. When the office accepts it, the person comes into the register
as by any other answer, by the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.accreditations import terms_of
from mailer.errors import Place, Problem, RuleError
from mailer.model.accreditations.accreditation import AccreditationState, PressCard
from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.approval.partners import require_named
from mailer.operations.people.accreditations import (
    Respondent,
    decided_meanwhile,
    register_accreditation,
)
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.people.accreditations import RegisterEntry, Ruling
    from mailer.ports import Ledger
    from mailer.wording import Text

MOST_OPEN = 50
"""So many requests of one institution may wait at once; a longer list is sent to the office."""
MOST_SEATS = 20
_MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """A request as its institution sees it. `state` is that of the person now."""

    request: PartnerRequest
    state: AccreditationState


@dataclass(frozen=True, slots=True)
class PartnerPlaces:
    """What a partner has asked for, the newest first, and whether it can ask for more.

    `is_late` says that the deadline has passed: the office may make an exception.
    """

    campaign: Campaign
    institution: str
    asked: tuple[AskedPlace, ...]
    is_late: bool
    is_over: bool


def partner_places(reference: str, *, actor: Actor, drafts: Drafts) -> PartnerPlaces:
    """Return what the institution of this person has asked for, and nothing of the register.

    Raises ContentError when the campaign does not name this person.
    """
    campaign = require_named(reference, actor=actor, drafts=drafts)
    ledger, now, terms = drafts.ledger, drafts.clock.now(), terms_of(campaign)
    own = _institutions(campaign, actor)
    theirs = [
        each
        for each in ledger.partner_requests.of_campaign(campaign.slug)
        if each.partner in own or each.person == actor.person
    ]
    return PartnerPlaces(
        campaign=campaign,
        institution=own[0],
        asked=tuple(reversed(_with_states(theirs, campaign.slug, ledger))),
        is_late=terms.is_closed(now),
        is_over=terms.is_over(now),
    )


def ask_for_place(
    reference: str, address: Address, *, who: Respondent, actor: Actor, drafts: Drafts
) -> int:
    """Record that a partner asks for a place for somebody; returns the number of the request.

    Journalled. Raises ContentError when the campaign does not name the actor, and RuleError when
    the actor may not do this, the event is over, the name or the outlet is missing, the
    institution has asked for this person, or has asked for too many.
    """
    require(actor, Act.REQUEST_PLACES)
    campaign = require_named(reference, actor=actor, drafts=drafts)
    now, terms = drafts.clock.now(), terms_of(campaign)
    if terms.is_over(now):
        what = _("the event is over: nobody can be accredited any more")
        raise _refused("address", what, _("Tell the press office if this is wrong."))
    _require_words(who)
    request = _request(campaign, address, who, actor=actor, terms=terms, now=now)
    requests = drafts.ledger.partner_requests
    if sum(each.partner == request.partner for each in requests.open()) >= MOST_OPEN:
        what = _(
            "{count} requests of {partner} wait already", count=MOST_OPEN, partner=request.partner
        )
        remedy = _("Send the press office a list, or wait until it has decided.")
        raise _refused("address", what, remedy)
    number = requests.add(request, actor=actor)
    if number is None:
        what = _("{partner} has asked for this person already", partner=request.partner)
        raise _refused("address", what, _("See below what became of it."))
    return number


def requests_of(campaign: str, *, ledger: Ledger) -> Sequence[AskedPlace]:
    """Return what partners asked for in a campaign, the oldest first."""
    return _with_states(ledger.partner_requests.of_campaign(campaign), campaign, ledger)


def accept_place(
    campaign: str,
    request: int,
    *,
    ruling: Ruling,
    terms: Terms,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> RegisterEntry:
    """Take the person of a request into the register, as `ruling` says. Journalled.

    Their rank on the waiting list is that of the request. Raises RuleError as
    `register_accreditation` does, and when the request is not open any more.
    """
    require(actor, Act.ACCREDIT)
    asked = _open_request(campaign, request, ledger)
    who = Respondent(
        asked.name,
        asked.organisation,
        seats=asked.seats,
        is_freelance=asked.is_freelance,
        card_kind=asked.card.kind,
        card_number=asked.card.number,
        asked_at=asked.at,
    )
    return register_accreditation(
        campaign,
        asked.address,
        ruling=replace(ruling, request=request),
        identity=who,
        terms=terms,
        actor=actor,
        ledger=ledger,
        now=now,
    )


def refuse_place(
    campaign: str, request: int, *, why: str, actor: Actor, ledger: Ledger, now: datetime
) -> PartnerRequest:
    """Refuse what a partner asked for; it reads the reason. Journalled.

    Raises RuleError when the actor may not do this, without a reason, and when the request is not
    open any more.
    """
    require(actor, Act.ACCREDIT)
    asked = _open_request(campaign, request, ledger)
    reason = " ".join(why.split())
    if not reason:
        what = _("a refusal needs its reason: the partner reads it")
        raise _refused("reason", what, _("Say in a few words why."))
    requests = ledger.partner_requests
    if not requests.refuse(campaign, request, reason=reason, actor=actor, at=now):
        raise decided_meanwhile(request)
    return replace(asked, decision=AccreditationState.REFUSED, reason=reason)


def _open_request(campaign: str, request: int, ledger: Ledger) -> PartnerRequest:
    for each in ledger.partner_requests.of_campaign(campaign):
        if each.id == request and each.is_open:
            return each
    raise decided_meanwhile(request)


def _institutions(campaign: Campaign, actor: Actor) -> Sequence[str]:
    return [each.name for each in campaign.partners if actor.person in each.people]


def _with_states(
    requests: Sequence[PartnerRequest], campaign: str, ledger: Ledger
) -> list[AskedPlace]:
    """Return each request with the state of its person: of one who was accepted, the present one."""
    accepted = any(each.decision not in {None, AccreditationState.REFUSED} for each in requests)
    register = ledger.accreditations.of_campaign(campaign) if accepted else ()
    now = {each.address.key: each.state for each in register}

    def state(each: PartnerRequest) -> AccreditationState:
        if each.decision is None:
            return AccreditationState.ASKED
        if each.decision is AccreditationState.REFUSED:
            return each.decision
        return now.get(each.address.key, each.decision)

    return [AskedPlace(each, state(each)) for each in requests]


def _request(
    campaign: Campaign,
    address: Address,
    who: Respondent,
    *,
    actor: Actor,
    terms: Terms,
    now: datetime,
) -> PartnerRequest:
    number = who.card_number.strip()
    purge_at = terms.purge_cards_at(now) if number else None
    return PartnerRequest(
        campaign=campaign.slug,
        partner=_institutions(campaign, actor)[0],
        address=address,
        name=" ".join(who.name.split()),
        organisation=" ".join(who.organisation.split()),
        seats=who.seats or 1,
        is_freelance=who.is_freelance,
        card=PressCard(who.card_kind.strip(), number, purge_at),
        person=actor.person,
        by=actor.name,
        at=now,
    )


def _require_words(who: Respondent) -> None:
    """Raise RuleError when something that the office needs is missing or too long."""
    missing = (
        ("name", who.name, _("the name is missing"), _("Write it as on the identity card.")),
        (
            "organisation",
            who.organisation,
            _("the outlet is missing"),
            _("Write for whom they come."),
        ),
    )
    problems = [
        Problem(Place("", key=key), what, remedy)
        for key, value, what, remedy in missing
        if not value.strip()
    ]
    said = {"card_kind": who.card_kind, "card_number": who.card_number}
    problems += [
        Problem(
            Place("", key=key),
            _("this is longer than {count} characters", count=_MOST_LETTERS),
            _("Shorten it."),
        )
        for key, value in {"name": who.name, "organisation": who.organisation, **said}.items()
        if len(value) > _MOST_LETTERS
    ]
    if who.seats > MOST_SEATS:
        what = _("at most {count} people come by one request", count=MOST_SEATS)
        problems.append(Problem(Place("", key="seats"), what, _("Ask the press office.")))
    if problems:
        raise RuleError(*problems)


def _refused(key: str, what: Text, remedy: Text) -> RuleError:
    return RuleError(Problem(Place("", key=key), what, remedy))
