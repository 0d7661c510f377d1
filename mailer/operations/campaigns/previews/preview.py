"""Make the content of a preview: each version for a few real people, and the findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.model.campaigns.audience import Recipient
from mailer.model.drafts.draft import Draft, Sample
from mailer.operations.campaigns.drafts.prepare import letterhead_for
from mailer.operations.campaigns.previews.samples import SAMPLE_READER, sample_id, samples_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailer.model.contacts.contact import Contact
    from mailer.model.drafts.draft import CompiledVersion
    from mailer.model.drafts.finding import Finding
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.sending.compose import Composer


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft, sample messages of each of its steps and versions, and the findings."""

    draft: Draft
    samples: tuple[Sample, ...]
    findings: tuple[Finding, ...]


def preview_campaign(reference: str, *, drafts: Drafts, composer: Composer) -> Preview:
    """Return the content of a campaign's preview. Sends and changes nothing."""
    draft = drafts.draft(reference)
    return Preview(draft, all_samples(draft, composer=composer), drafts.findings_about(draft))


def all_samples(draft: Draft, *, composer: Composer) -> tuple[Sample, ...]:
    """Return sample messages of every step and version of a draft."""
    return tuple(
        Sample(step=planned.step.id, variant=variant, message=message)
        for planned in draft.plan
        for variant, message in samples_of(draft, planned.step.id, composer=composer)
    )


def compile_one(
    slug: str,
    file: str,
    *,
    step: str = "",
    unsaved: Mapping[str, bytes],
    recipient: Contact | None = None,
    compile_file: Callable[..., CompiledVersion],
    drafts: Drafts,
    composer: Composer,
) -> Sample:
    """Return the exact message that the text in `file` gives one recipient.

    `unsaved` gives the files that were changed and not saved, by name. A text that several steps
    send is shown as that of `step`, or of the first. Without a recipient it is made for an
    invented reader. Nothing else of the campaign is compiled and no audience is selected, so that
    it is quick enough for every pause in typing. Raises ContentError.
    """
    version = compile_file(slug, file=file, step=step, unsaved=unsaved)
    planned, variant = version.planned, version.variant
    draft = Draft(
        campaign=version.campaign,
        office=drafts.office,
        letterhead=letterhead_for(version.campaign, drafts.letterhead),
        plan=(planned,),
        messages={(planned.step.id, variant): version.message},
        audiences={},
        now=drafts.clock.now(),
        fingerprint=version.message.content_hash,
    )
    person = Recipient(recipient or replace(SAMPLE_READER, language=variant.language), variant)
    message = composer.for_recipient(
        draft,
        planned.step.id,
        person,
        delivery_id=sample_id(draft, planned.step.id, person.contact.address),
    )
    return Sample(planned.step.id, variant, message)
