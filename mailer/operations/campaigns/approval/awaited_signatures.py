"""Who has still to sign off a campaign: the office, and each partner that it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError
from mailer.operations.campaigns.overviews.overview import CampaignState, overview
from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_partners
from mailer.operations.campaigns.sign_offs.sign_offs import (
    is_signed_by_author_alone,
    others_than_author,
    signed_by,
)
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailer.model.drafts.draft import Draft
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.ports import Ledger


def awaited_signatures(
    campaigns: Sequence[str], *, signatures_required: int, drafts: Drafts
) -> Mapping[str, tuple[Text, ...]]:
    """Return what each campaign that was sent as a test, or decided about, still waits for.

    Those that were launched, that cannot be read, or that wait for nobody are left out.
    """
    found: dict[str, tuple[Text, ...]] = {}
    for line in overview(campaigns, ledger=drafts.ledger):
        if line.state is not CampaignState.DRAFT or not _is_asked(line.slug, drafts.ledger):
            continue
        try:
            draft = drafts.draft(line.slug)
        except ContentError:  # `mailer check` says why
            continue
        if waits := tuple(still_to_sign(draft, signatures_required=signatures_required)):
            found[line.slug] = waits
    return found


def still_to_sign(draft: Draft, *, signatures_required: int) -> Iterator[Text]:
    """Yield a sentence for the office, then for each partner, if this version waits for them."""
    if draft.since_launch is not None:
        return
    yield from _of_office(draft, signatures_required)
    yield from (each.state for each in asked_partners(draft) if each.signed is None)


def _of_office(draft: Draft, required: int) -> Iterator[Text]:
    partners = {each.id for each in draft.partner_people}
    for refusal in draft.refusals:
        if refusal.person not in partners:
            yield _(
                "Refused by {names}: {reason}", names=refusal.by, reason=refusal.refused_because
            )
    signed = signed_by(draft)
    if is_signed_by_author_alone(draft):
        able = others_than_author(draft)
        yield _still(1, able)
    elif len(signed) < required:
        yield _still(
            required - len(signed), [each for each in draft.signatories if each.name not in signed]
        )


def _still(count: int, able: Sequence[Person]) -> Text:
    names = ", ".join(each.name for each in able)
    return _n(
        "The office: {count} sign-off is missing; who may sign: {names}.",
        "The office: {count} sign-offs are missing; who may sign: {names}.",
        count=count,
        names=names or _("whoever gives a name"),
    )


def _is_asked(campaign: str, ledger: Ledger) -> bool:
    # What `proof.tests_sent` reads; the status does not load what makes test mails.
    tests = ledger.journal.entries(campaign, action="proof")
    return bool(tests or ledger.mailings.sign_offs(campaign))
