"""Show any mail of a campaign as any recipient would receive it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ContentError
from mailer.model.drafts.draft import Sample
from mailer.model.team.permission import lists_seen
from mailer.operations.campaigns.previews.samples import messages_for, samples_of_version
from mailer.operations.sight import draft_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.drafts.draft import Draft
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.sending.compose import Composer


@dataclass(frozen=True, slots=True)
class PreviewReader:
    """Somebody for whom a mail can be shown."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class PreviewedMail:
    """One version of a step as one reader would receive it.

    `sample` is None when the version does not compile; the draft's problems then say why.
    `readers` are representative readers: with a usual name, the longest and the shortest one.
    `is_found` is false when the reader who was asked for does not receive this step.
    """

    draft: Draft
    versions: tuple[tuple[str, VariantKey], ...]
    step: str
    variant: VariantKey
    sample: Sample | None = None
    readers: tuple[PreviewReader, ...] = ()
    is_found: bool = True


def preview_mail(
    reference: str,
    *,
    step: str = "",
    version: str = "",
    reader: str = "",
    actor: Actor,
    drafts: Drafts,
    composer: Composer,
) -> PreviewedMail:
    """Return a mail of the campaign for `reader`, who is named by an address or words of a name,
    among those whom the actor sees.

    What is not given is the first there is. Sends and changes nothing. Raises ContentError when
    the folder cannot be read, or has no step.
    """
    campaign, problems = drafts.survey(reference)
    if campaign is None:
        raise ContentError(*problems)
    draft = draft_within(drafts.draft_of(campaign, known=problems), lists_seen(actor))
    if not draft.plan:
        raise ContentError(*problems, *draft.problems)
    return mail_of(draft, step=step, version=version, reader=reader, composer=composer)


def mail_of(
    draft: Draft, *, step: str = "", version: str = "", reader: str = "", composer: Composer
) -> PreviewedMail:
    """Return a mail of this draft, as `preview_mail` does."""
    versions = tuple(versions_in(draft))
    if not versions:
        raise ContentError(*draft.problems)
    of_step = [each for each in versions if each[0] == step] or versions
    shown = next((each for each in of_step if str(each[1]) == version), of_step[0])
    return _previewed(draft, versions, shown, reader=reader, composer=composer)


def versions_in(draft: Draft) -> Iterator[tuple[str, VariantKey]]:
    """Yield step and variant of every mail, in the order of the calendar."""
    language = draft.campaign.language
    for planned in draft.plan:
        for variant in sorted(
            planned.step.contents, key=lambda key: (key.list, key.language != language, key)
        ):
            yield planned.step.id, variant


def _previewed(
    draft: Draft,
    versions: tuple[tuple[str, VariantKey], ...],
    shown: tuple[str, VariantKey],
    *,
    reader: str,
    composer: Composer,
) -> PreviewedMail:
    step, variant = shown
    if shown not in draft.messages:
        return PreviewedMail(draft, versions, step, variant)
    samples = samples_of_version(draft, step, variant, composer=composer)
    readers = tuple(PreviewReader(m.recipient.address.key, m.recipient.name) for m in samples)
    if reader and (found := _mail_for(draft, step, reader, composer)) is not None:
        return PreviewedMail(draft, versions, step, found.variant, found, readers)
    first = Sample(step=step, variant=variant, message=samples[0])
    return PreviewedMail(draft, versions, step, variant, first, readers, is_found=not reader)


def _mail_for(draft: Draft, step: str, reader: str, composer: Composer) -> Sample | None:
    """Return the mail of the first recipient whose address or name has these words."""
    words = reader.casefold().split()
    for recipient in draft.audiences[step].recipients:
        about = f"{recipient.contact.key} {recipient.contact.name}".casefold()
        if all(word in about for word in words):
            (message,) = messages_for(draft, step, only=[recipient.contact.key], composer=composer)
            return Sample(step=step, variant=recipient.variant, message=message)
    return None
