"""Who has signed off a draft, and who may.

It stands apart from `launch`, which imports all checks: a plan asks only who signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.model.person import may_be_same_person
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.draft import Draft
    from mailer.model.mailing import SignOff
    from mailer.model.person import Person
    from mailer.ports import Ledger


def sign_offs_by_revision(campaign: str, *, ledger: Ledger) -> dict[int, SignOff]:
    """Return the last sign-off of each revision of a campaign that somebody signed."""
    signed = ledger.mailings.sign_offs(campaign)
    return {each.revision: each for each in signed if each.revision}


def signed_by(draft: Draft) -> frozenset[str]:
    """Return the names of those who have signed off this exact version, each person once.

    Only the people who may sign off today count. Where any name signs, names that may be those
    of one person count once.
    """
    signed = [each for each in draft.sign_offs if each.fingerprint == draft.fingerprint]
    if draft.signatories:
        found = (signatory(each.signatory, draft) or signatory(each.by, draft) for each in signed)
        return frozenset(person.name for person in found if person is not None)
    people: list[SignOff] = []
    for each in reversed(signed):
        if not any(_is_same_signatory(each, other) for other in people):
            people.append(each)
    return frozenset(each.by for each in people)


def _is_same_signatory(one: SignOff, other: SignOff) -> bool:
    if one.person and other.person:
        return one.person == other.person
    return may_be_same_person(one.by, other.by)


def signatory(name: str, draft: Draft) -> Person | None:
    """Return who of those who sign off has this name or id; None for anybody else."""
    return next((person for person in draft.signatories if person.is_called(name)), None)


def no_signatory(draft: Draft, name: str) -> Problem:
    """Return what to say to somebody who may not sign off."""
    names = ", ".join(person.name for person in draft.signatories)
    return Problem(
        Place("config.toml", key="team.sign_off"),
        _("{name} is not among those who sign off", name=name),
        _("Those who sign off are: {names}.", names=names),
    )
