"""Make a sample mail of every page of a template, for designers of themes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailer.errors import ContentError
from mailer.model.address import Mailbox
from mailer.model.campaigns.campaign import (
    CampaignKind,
    Content,
    Correction,
    Embargo,
    Step,
    VariantKey,
)
from mailer.model.drafts.look import SampleMail
from mailer.model.mailings.message import DeliveryId
from mailer.operations.campaigns.previews.samples import SAMPLE_READER
from mailer.render.facts.recipient import merge_fields
from mailer.render.personalise import Personaliser
from mailer.render.template_pages import pages_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zoneinfo import ZoneInfo

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.template import Template
    from mailer.model.mailings.message import CompiledMessage, Letterhead, Message

WITH_EVERY_BLOCK = "press-release"
"""The page that shows the text with every block a text may have."""
OFFICE = "Institut Exemple"
"""Who writes the pages where no office has a name yet: a theme may come before it."""
PICTURE = "table.png"
"""The picture in that text."""

_DAYS_BEFORE: Mapping[str, int] = {
    "save-the-date": 30,
    "reminder": 2,
    "practical": 1,
    "morning": 0,
    "cancellation": 1,
    "follow-up": -2,
    "press-kit": -1,
}
_USUAL_DAYS_BEFORE = 5
_HOUR_OF_SENDING = timedelta(hours=2)
"""Before the event begins, on the day a page is sent."""


@dataclass(frozen=True, slots=True)
class SampleContent:
    """What the pages are filled with: a campaign with an event, and a text with every block."""

    campaign: Campaign
    every_block: str
    files: Mapping[str, bytes]
    """The pictures of that text."""


def sample_mails(
    sample: SampleContent,
    *,
    template: Template,
    office: Office,
    letterhead: Letterhead,
    language: str,
    zone: ZoneInfo,
    compile_: Callable[..., CompiledMessage],
) -> tuple[SampleMail, ...]:
    """Return a sample mail of each page of `template`, in the order of the alphabet.

    A page that cannot be compiled has its problems, and the others are shown. Nothing is read
    or written, and no delivery has these messages.
    """
    mails, named = [], replace(office, name=office.name or OFFICE)
    for page in sorted(pages_in(template)):
        campaign, step, content = _written_on(page, sample, language)
        sent_at = _sent_at(campaign, page, zone)
        try:
            compiled = compile_(
                campaign=campaign,
                step=step,
                content=content,
                variant=VariantKey("", language),
                planned_local=sent_at,
                office=named,
                template=template,
            )
        except ContentError as refused:
            mails.append(SampleMail(page, None, refused.problems))
            continue
        message = _addressed(compiled, letterhead, language=language, sent_at=sent_at)
        mails.append(SampleMail(page, message))
    return tuple(mails)


def _written_on(page: str, sample: SampleContent, language: str) -> tuple[Campaign, Step, Content]:
    """Return what is written on a page: the campaign's own step of that name, or another text."""
    campaign = replace(sample.campaign, files={**sample.campaign.files, **sample.files})
    begins_at = campaign.event.starts_at if campaign.event else None
    if page in set(CampaignKind):
        campaign = replace(campaign, kind=CampaignKind(page))
    if page == CampaignKind.CORRECTION and begins_at:
        earlier = (Correction("time", begins_at + timedelta(hours=1)),)
        campaign = replace(campaign, corrections=earlier)
    if page == WITH_EVERY_BLOCK and begins_at:
        campaign = replace(campaign, embargo=Embargo(begins_at - timedelta(days=1)))
    own = next((step for step in campaign.steps if step.id == page), None)
    first = own or campaign.steps[0]
    content = first.contents.get(VariantKey("", language)) or next(iter(first.contents.values()))
    if page == WITH_EVERY_BLOCK:
        content = replace(content, text=sample.every_block)
    elif own is None and page != campaign.kind:
        content = replace(content, text=_beginning(content.text))
    return campaign, replace(first, id=page, template=page, kind=None), content


def _beginning(text: str) -> str:
    """Return headline and lead: what a short page has."""
    return text.partition("\n## ")[0]


def _sent_at(campaign: Campaign, page: str, zone: ZoneInfo) -> datetime:
    begins_at = campaign.event.starts_at if campaign.event else None
    day = begins_at or datetime(2017, 12, 9, 9, 30, tzinfo=zone)
    days = timedelta(_DAYS_BEFORE.get(page, _USUAL_DAYS_BEFORE))
    return day.astimezone(zone) - days - _HOUR_OF_SENDING


def _addressed(
    compiled: CompiledMessage,
    letterhead: Letterhead,
    *,
    language: str,
    sent_at: datetime,
) -> Message:
    fields = merge_fields(
        replace(SAMPLE_READER, language=language),
        variant=VariantKey("", language),
        default_language=language,
        list_label="press",
    )
    return Personaliser(compiled, letterhead, campaign="look", step="look").message(
        delivery_id=DeliveryId("look"),
        recipient=Mailbox(SAMPLE_READER.address, SAMPLE_READER.name),
        fields={**fields, "unsubscribe_url": "https://stop.example/"},
        sent_at=sent_at,
    )
