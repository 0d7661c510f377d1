"""Everything that a page about the bad days shows of one launched campaign."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.operations.amendments.act import findings_of, open_amendment
from mailer.operations.amendments.changed import changes_in_words
from mailer.operations.amendments.history import history_of
from mailer.operations.campaigns.launching.launch import refusals_of
from mailer.operations.campaigns.previews.preview import all_samples
from mailer.operations.campaigns.sign_offs.sign_offs import (
    others_than_author,
    signed_by,
    unsigned_edit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailer.errors import Problem
    from mailer.model.campaigns.campaign import Campaign, VariantKey
    from mailer.model.drafts.draft import Sample
    from mailer.model.drafts.finding import Finding
    from mailer.model.drafts.revision import Revision
    from mailer.model.team.person import Person
    from mailer.operations.amendments.draft import AmendmentDraft
    from mailer.operations.amendments.history import CampaignHistory
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.writing.editing import CampaignEditing
    from mailer.operations.sending.compose import Composer
    from mailer.wording import Text

DEADLINE = "accreditation.deadline"
FIELDS = (
    "event.name",
    "event.starts_at.day",
    "event.starts_at.hour",
    "event.ends_at.day",
    "event.ends_at.hour",
    "event.venue",
    "event.address",
    "event.access",
    DEADLINE,
    "press_contacts.1.name",
    "press_contacts.1.phone",
)
"""The facts that a correction may tell, as fields of the form of facts."""


@dataclass(frozen=True, slots=True)
class AmendmentBoard:
    """A launched campaign, its facts, and the open draft of an amendment if there is one."""

    history: CampaignHistory
    fields: Mapping[str, str]
    base: int
    found: AmendmentDraft | None
    changes: Sequence[Text] = ()
    findings: Sequence[Finding] = ()
    samples: Sequence[Sample] = ()
    signed_by: Sequence[str] = ()
    unsigned_edit: Revision | None = None
    """The last change of what is told, if nobody else has signed it and others could."""
    others_to_sign: Sequence[Person] = ()
    zone: str = "UTC"
    """The time zone of the campaign."""
    texts: Sequence[tuple[str, VariantKey, str]] = ()
    """The texts that are told again: the step, the variant and the name of the file of each."""
    refusals: Sequence[Problem] = ()
    """Why it cannot be launched yet."""

    @property
    def blocks(self) -> bool:
        """Whether something has to be corrected before anybody signs it off."""
        return any(each.blocks for each in self.findings)


def amendment_board(
    slug: str,
    *,
    drafts: Drafts,
    editing: CampaignEditing,
    composer: Composer,
    signatures_required: int = 1,
) -> AmendmentBoard:
    """Return what the page shows. Raises RuleError for a campaign that was not launched."""
    history = history_of(slug, ledger=drafts.ledger)
    facts = editing.facts(slug)
    fields = {name: facts.fields.get(name, "") for name in FIELDS} | _deadline(facts.campaign)
    base = facts.opened.head.number
    found = open_amendment(slug, drafts=drafts)
    zone = facts.campaign.time_zone if facts.campaign else "UTC"
    if found is None:
        return AmendmentBoard(history, fields, base, None, zone=zone)
    told = {planned.step.id for planned in found.now_told}
    samples = all_samples(found.draft, composer=composer)
    findings = findings_of(found, drafts=drafts)
    return AmendmentBoard(
        history,
        fields,
        base,
        found,
        changes=changes_in_words(found),
        findings=findings,
        samples=[each for each in samples if each.step in told],
        signed_by=sorted(signed_by(found.draft)),
        unsigned_edit=unsigned_edit(found.draft),
        others_to_sign=others_than_author(found.draft),
        zone=zone,
        texts=tuple(_texts_told(found, editing)),
        refusals=refusals_of(
            found.draft, findings=findings, signatures_required=signatures_required
        ),
    )


def _deadline(campaign: Campaign | None) -> dict[str, str]:
    """Return the day and the hour of the deadline, which the file may say as a rule (`J-1 12:00`)."""
    at = campaign.accreditation.deadline if campaign else None
    if campaign is not None and at is not None and at.tzinfo is not None:
        at = at.astimezone(ZoneInfo(campaign.time_zone))
    return {
        f"{DEADLINE}.day": f"{at:%Y-%m-%d}" if at else "",
        f"{DEADLINE}.hour": f"{at:%H:%M}" if at else "",
    }


def _texts_told(
    found: AmendmentDraft, editing: CampaignEditing
) -> Iterator[tuple[str, VariantKey, str]]:
    """Yield the texts of the campaign that an amendment tells again, at once or later."""
    if not found.amendment.kind.tells_texts:
        return
    contents = (each for step in found.draft.plan for each in step.step.contents.values())
    told = {PurePath(each.file).name for each in contents}
    for step in editing.texts(found.amendment.campaign).steps:
        for variant, file in step.files.items():
            if file in told:
                yield step.step, variant, file
