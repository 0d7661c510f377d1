"""The sign-off of other institutions: beside that of the office, and never in its place.

A campaign asks for it where a partner of its file has `signs`: for the whole version, or for what
stands in the name of the partner alone (`partner_words`), so that a change elsewhere leaves it in
force. One of the partner's people is enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.model.campaigns.campaign import PartnerSigns
from mailer.operations.campaigns.sign_offs.partner_words import partner_words
from mailer.operations.campaigns.sign_offs.sign_offs import standing_refusals
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.campaigns.campaign import Partner
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.mailing import SignOff
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.sign_offs.partner_words import PartnerWords
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class AskedPartner:
    """An institution whose sign-off the campaign waits for, and its people whose accounts are open.

    `fingerprint` is what it signs: that of the version, or of its `words` alone. `signed` is its
    sign-off of that; None as long as there is none. `before` is its last one of anything else, and
    `refused` a refusal of that which stands.
    """

    name: str
    people: tuple[Person, ...]
    fingerprint: str
    words: PartnerWords | None
    signed: SignOff | None
    before: SignOff | None
    refused: SignOff | None

    @property
    def state(self) -> Text:
        """Return a sentence on what it has signed, or has still to sign."""
        names = ", ".join(each.name for each in self.people)
        of = {"partner": self.name, "names": names or _("nobody is named for it")}
        if self.refused:
            return _(
                "{partner}: {name} refuses to sign: {reason}",
                partner=self.name,
                name=self.refused.by,
                reason=self.refused.refused_because,
            )
        if self.signed:
            done = {"partner": self.name, "name": self.signed.by}
            return (
                _("{partner}: its passages are signed off by {name}.", **done)
                if self.words
                else _("{partner}: this version is signed off by {name}.", **done)
            )
        if not self.words:
            return _("{partner} has still to sign this version off: {names}.", **of)
        if self.before:
            return _(
                "{partner}: its passages have changed since {name} signed them off; it signs them"
                " again: {names}.",
                **of,
                name=self.before.by,
            )
        return _("{partner} has still to sign its passages off: {names}.", **of)


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
        refusals=(
            *(each for each in draft.refusals if each.person not in ids or each.person in asked),
            *_refused_passages(draft, partner_people),
        ),
    )


def _refused_passages(draft: Draft, people: tuple[Person, ...]) -> Iterator[SignOff]:
    """Yield the refusals of passages as they stand, by those who sign them."""
    known = {each.id for each in people}
    for partner in draft.campaign.partners:
        if partner.signs is PartnerSigns.PASSAGES:
            words = partner_words(partner, draft)
            for each in standing_refusals(draft.decisions, words.fingerprint):
                if each.person in known.intersection(partner.people):
                    yield each


def asked_partners(draft: Draft) -> tuple[AskedPartner, ...]:
    """Return the institutions whose sign-off the campaign waits for, in the order of the file."""
    return tuple(_asked(each, draft) for each in draft.campaign.partners if each.signs)


def _asked(partner: Partner, draft: Draft) -> AskedPartner:
    people = _able(partner, draft)
    words = partner_words(partner, draft) if partner.signs is PartnerSigns.PASSAGES else None
    fingerprint = words.fingerprint if words else draft.fingerprint
    ids = {each.id for each in people}
    own = [each for each in draft.partner_sign_offs if each.person in ids]
    return AskedPartner(
        partner.name,
        people,
        fingerprint,
        words,
        signed=next((each for each in own if each.fingerprint == fingerprint), None),
        before=next((each for each in reversed(own) if each.fingerprint != fingerprint), None),
        refused=next(
            (
                each
                for each in draft.refusals
                if each.person in ids and each.fingerprint == fingerprint
            ),
            None,
        ),
    )


def asked_of(person: str, draft: Draft) -> tuple[AskedPartner, ...]:
    """Return the institutions for which this person may sign this campaign off."""
    return tuple(
        partner
        for partner in asked_partners(draft)
        if person and any(each.id == person for each in partner.people)
    )


def version_for(asked: Sequence[AskedPartner]) -> str:
    """Return what somebody signs for these institutions, as one word."""
    return "+".join(sorted({each.fingerprint for each in asked}))


def missing_partners(draft: Draft) -> Iterator[Problem]:
    """Yield what to say of each institution that has not signed off this version."""
    for partner in asked_partners(draft):
        if partner.signed is None:
            names = ", ".join(each.name for each in partner.people)
            yield Problem(
                Place(draft.campaign.file),
                _not_signed(partner),
                _("Ask {names} to sign it at the desk.", names=names) if names else _NOBODY,
            )


def _able(partner: Partner, draft: Draft) -> tuple[Person, ...]:
    return tuple(
        each for each in draft.partner_people if each.is_enabled and each.id in partner.people
    )


def _not_signed(partner: AskedPartner) -> Text:
    if not partner.words:
        return _("{partner} has not signed this version off", partner=partner.name)
    if partner.before:
        return _(
            "the passages of {partner} were changed after {name} signed them off",
            partner=partner.name,
            name=partner.before.by,
        )
    return _("{partner} has not signed its passages off", partner=partner.name)


_NOBODY = _(
    "Nobody can sign for them: name people with the role “partner” in the facts of the campaign."
)
