"""Show what a campaign that is not launched yet would have in the press room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.mailings.mailing import MailingId
from mailer.model.press_room.press_room import LaunchedRelease, ReleaseKey
from mailer.publication.public import PublicCampaign, PublicVersion, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.campaigns.release import Release
    from mailer.model.drafts.draft import Draft, PlannedStep
    from mailer.operations.campaigns.drafts.drafts import Drafts


def release_as_drafted(
    reference: str, *, language: str, drafts: Drafts
) -> tuple[PublicCampaign, Release] | None:
    """Return the campaign as the press room would show it, and its text in a language, or in
    that of the campaign; None for a campaign that is not public.
    """
    draft = drafts.draft(reference)
    found = list(_releases(draft))
    if not found:
        return None
    shown = {
        release.language: _version(draft, planned, variant, release)
        for planned, variant, release in found
    }
    texts = {release.language: release for _planned, _variant, release in found}
    campaign = PublicCampaign(draft.campaign.slug, shown, tuple(shown.values()))
    wanted = (texts[each] for each in (language, draft.campaign.language) if each in texts)
    return campaign, next(wanted, next(iter(texts.values())))


def _releases(draft: Draft) -> Iterator[tuple[PlannedStep, VariantKey, Release]]:
    for planned in draft.plan:
        for variant in planned.step.contents:
            message = draft.messages.get((planned.step.id, variant))
            if message is not None and message.release is not None:
                yield planned, variant, message.release


def _version(
    draft: Draft, planned: PlannedStep, variant: VariantKey, release: Release
) -> PublicVersion:
    since = max(planned.due_at, release.public_from or planned.due_at)
    launched = LaunchedRelease(
        key=ReleaseKey(MailingId(""), variant.list, variant.language),
        campaign=draft.campaign.slug,
        step=planned.step.id,
        version=1,
        kind=release.kind,
        label=release.label,
        headline=release.headline,
        summary=release.summary,
        code=release.code,
        public_from=release.public_from,
        due_at=planned.due_at,
        started_at=planned.due_at,
        stopped_at=None,
        superseded_at=None,
        tells_amendment=False,
    )
    return PublicVersion(launched, since, Standing.OFFICIAL)
