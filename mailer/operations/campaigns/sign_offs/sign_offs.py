"""Who has signed off a draft, and who may.

Whoever wrote the last change may sign it, but not alone: somebody else has to have looked at it.
It stands apart from `launch`, which imports all checks: a plan asks only who signed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.model.campaigns.audience import come_and_gone
from mailer.model.drafts.draft import AudienceSinceSigned
from mailer.model.team.person import may_be_same_person
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.revision import Revision
    from mailer.model.mailings.mailing import SignOff
    from mailer.model.team.person import Person
    from mailer.ports import Ledger


def sign_offs_by_revision(
    campaign: str, *, partner_people: tuple[Person, ...] = (), ledger: Ledger
) -> dict[int, SignOff]:
    """Return the last sign-off of each revision of a campaign that somebody of the office signed."""
    partners = {each.id for each in partner_people}
    return {
        each.revision: each
        for each in ledger.mailings.sign_offs(campaign)
        if each.revision and not each.refused_because and each.person not in partners
    }


def last_signed(decided: Sequence[SignOff], *, but: str = "") -> tuple[SignOff, ...]:
    """Return the sign-offs of the version that was signed last, leaving out the fingerprint `but`."""
    signed = [each for each in decided if not each.refused_because and each.fingerprint != but]
    return tuple(each for each in signed if each.fingerprint == signed[-1].fingerprint)


def voided_by_save(
    campaign: str, head: Revision, *, partner_people: tuple[Person, ...] = (), ledger: Ledger
) -> tuple[SignOff, ...]:
    """Return the sign-offs of the office that hold for an earlier revision than the newest one,
    which therefore stand only if the change left every message as it was.
    """
    partners = {each.id for each in partner_people}
    decided = [each for each in ledger.mailings.sign_offs(campaign) if each.person not in partners]
    return tuple(each for each in last_signed(decided) if 0 < each.revision < head.number)


def standing_refusals(decided: Sequence[SignOff], fingerprint: str) -> tuple[SignOff, ...]:
    """Return who refused this exact version and has not signed it since, the last of each person.

    `decided` holds sign-offs and refusals in their order. A refusal stands until its person signs
    the version, or somebody changes it.
    """
    about = [each for each in decided if each.fingerprint == fingerprint]
    return tuple(
        each
        for n, each in enumerate(about)
        if each.refused_because
        and not any(_is_same_signatory(each, later) for later in about[n + 1 :])
    )


def refused(draft: Draft) -> tuple[Problem, ...]:
    """Return what to say to somebody who would launch what was refused."""
    return tuple(
        Problem(
            Place(draft.campaign.file),
            _(
                "{name} refused to sign this version off: {reason}",
                name=each.by,
                reason=each.refused_because,
            ),
            _("Correct it; or {name} signs this version after all.", name=each.by),
        )
        for each in draft.refusals
    )


def with_decisions(draft: Draft, *, ledger: Ledger) -> Draft:
    """Return a draft with the decisions of its campaign: who signed, and who refuses this version."""
    decided = ledger.mailings.sign_offs(draft.campaign.slug)
    signed = tuple(each for each in decided if not each.refused_because)
    is_signed = any(each.fingerprint == draft.fingerprint for each in signed)
    return replace(
        draft,
        decisions=tuple(decided),
        sign_offs=signed,
        audiences_since_signed=tuple(_audience_changes(draft, ledger)) if is_signed else (),
        refusals=standing_refusals(decided, draft.fingerprint),
    )


def _audience_changes(draft: Draft, ledger: Ledger) -> Iterator[AudienceSinceSigned]:
    signed = ledger.history.signed_steps(draft.campaign.slug)
    for step, audience in draft.audiences.items():
        if step not in signed:
            continue
        before = signed[step].recipients
        come, gone = come_and_gone(before, audience.contact_ids)
        if come or gone:
            yield AudienceSinceSigned(step, len(before), len(come), len(gone))


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


def is_signed_by_author_alone(draft: Draft) -> bool:
    """Return whether the author of the last change is the only one who has signed this version."""
    signed = [each for each in draft.sign_offs if each.fingerprint == draft.fingerprint]
    return bool(signed) and all(
        # A change after the signature that left the version as it was takes nothing from it.
        is_by_author_alone(each, draft) and each.revision >= _number(draft.last_edit)
        for each in signed
    )


def is_by_author_alone(sign_off: SignOff, draft: Draft) -> bool:
    """Return whether this is the sign-off of the author of the last change, which nobody else has
    signed. It is False where nobody else may sign off.
    """
    edit = unsigned_edit(draft)
    return edit is not None and _wrote(sign_off, edit)


def unsigned_edit(draft: Draft) -> Revision | None:
    """Return the last change that a person saved, if only its author may have looked at it.

    It is None when somebody else has signed it or a later version, and where nobody else may.
    """
    edit = draft.last_edit
    if edit is None or not others_than_author(draft):
        return None
    seen = (each for each in draft.sign_offs if each.revision >= edit.number)
    return None if any(not _wrote(each, edit) for each in seen) else edit


def others_than_author(draft: Draft) -> tuple[Person, ...]:
    """Return those who sign off and did not write the last change."""
    edit = draft.last_edit
    author = (edit.person or edit.name) if edit else ""
    return tuple(person for person in draft.signatories if not person.is_called(author))


def author_alone(draft: Draft, name: str) -> Problem:
    """Return what to say to somebody who wrote the last change and would sign it alone."""
    others = ", ".join(person.name for person in others_than_author(draft))
    return Problem(
        Place(draft.campaign.file),
        _("{name} wrote the last change, and may not be the only one who signs it off", name=name),
        _("Somebody else looks at this version and signs it off: {names}.", names=others),
    )


def _number(edit: Revision | None) -> int:
    return edit.number if edit else 0


def _wrote(sign_off: SignOff, edit: Revision) -> bool:
    if sign_off.person and edit.person:
        return sign_off.person == edit.person
    return may_be_same_person(sign_off.by, edit.name)


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
