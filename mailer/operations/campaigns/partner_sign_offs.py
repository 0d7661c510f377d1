"""The sign-off of other institutions: beside that of the office, and never in its place.

A campaign asks for it where a partner of its file has `signs`. One of the partner's people is
enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaign import Partner
    from mailer.model.draft import Draft
    from mailer.model.mailing import SignOff
    from mailer.model.person import Person


@dataclass(frozen=True, slots=True)
class AskedPartner:
    """An institution whose sign-off the campaign waits for, and its people whose accounts are open.

    `signed` is its sign-off of this exact version; None as long as there is none.
    """

    name: str
    people: tuple[Person, ...]
    signed: SignOff | None


def with_partners(draft: Draft, *, partner_people: tuple[Person, ...]) -> Draft:
    """Return a draft whose sign-offs are those of the office, with the partners' apart.

    A refusal of somebody whose sign-off is no longer asked for holds nothing up.
    """
    ids = {each.id for each in partner_people}
    asked = {
        each for partner in draft.campaign.partners if partner.signs for each in partner.people
    }
    return replace(
        draft,
        partner_people=partner_people,
        sign_offs=tuple(each for each in draft.sign_offs if each.person not in ids),
        partner_sign_offs=tuple(each for each in draft.sign_offs if each.person in ids),
        refusals=tuple(
            each for each in draft.refusals if each.person not in ids or each.person in asked
        ),
    )


def asked_partners(draft: Draft) -> tuple[AskedPartner, ...]:
    """Return the institutions whose sign-off the campaign waits for, in the order of the file."""
    return tuple(
        AskedPartner(
            partner.name,
            people := _able(partner, draft),
            _signed_for(people, draft),
        )
        for partner in draft.campaign.partners
        if partner.signs
    )


def is_asked(person: str, draft: Draft) -> bool:
    """Return whether this person may sign this campaign off for a partner."""
    return any(
        each.id == person for partner in asked_partners(draft) for each in partner.people if person
    )


def missing_partners(draft: Draft) -> Iterator[Problem]:
    """Yield what to say of each institution that has not signed off this version."""
    for partner in asked_partners(draft):
        if partner.signed is None:
            names = ", ".join(each.name for each in partner.people)
            yield Problem(
                Place(draft.campaign.file),
                _("{partner} has not signed this version off", partner=partner.name),
                _("Ask {names} to sign it at the desk.", names=names) if names else _NOBODY,
            )


def _able(partner: Partner, draft: Draft) -> tuple[Person, ...]:
    return tuple(
        each for each in draft.partner_people if each.is_enabled and each.id in partner.people
    )


def _signed_for(people: tuple[Person, ...], draft: Draft) -> SignOff | None:
    """Return the sign-off of this version by one of these people."""
    ids = {each.id for each in people}
    signed = (
        each
        for each in draft.partner_sign_offs
        if each.fingerprint == draft.fingerprint and each.person in ids
    )
    return next(signed, None)


_NOBODY = _(
    "Nobody can sign for them: name people with the role “partner” in the facts of the campaign."
)
