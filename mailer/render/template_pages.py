"""Which page of a template a step is written on, and the word its subject begins with.

A template is a look; its pages are the documents of a press office, one for each moment:
`press/reminder.j2`, `press/cancellation.j2`. A template without pages has its one body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, nearest
from mailer.model.campaign import CampaignKind
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

    from mailer.model.campaign import Campaign, Step
    from mailer.model.template import Template

_MARKS: Mapping[CampaignKind, str] = {
    CampaignKind.CORRECTION: _("CORRECTION – {subject}").sentence,
    CampaignKind.POSTPONEMENT: _("POSTPONED – {subject}").sentence,
    CampaignKind.CANCELLATION: _("CANCELLED – {subject}").sentence,
}
_STEM_LENGTH = 5
"""Letters that "Annulé", "Annulée" and "Annulation" share, as their like in English do."""


def page_of(template: Template, campaign: Campaign, step: Step) -> str:
    """The file of the page, or nothing where the template has none that fits.

    The step may name it; else it is the one called as the step's own kind, as its id, or
    as the campaign's kind. ContentError when the step names a page that is not there.
    """
    pages = pages_in(template)
    if step.template and step.template not in pages:
        where = Place(campaign.file, step.line, key=f"steps.{step.id}.template")
        what = _(
            "the template “{name}” has no page “{page}”", name=template.name, page=step.template
        )
        raise ContentError(Problem(where, what, nearest(step.template, sorted(pages))))
    wanted = (step.template, step.kind or "", step.id, campaign.kind, CampaignKind.PRESS_RELEASE)
    return next((pages[name] for name in wanted if name in pages), "")


def pages_in(template: Template) -> dict[str, str]:
    """Name → file of every page: what stands at the top of the folder and is no other part."""
    found = (re.fullmatch(rf"{template.name}/([^./]+)\.j2", file) for file in template.files)
    return {page[1]: page[0] for page in found if page}


def marked(
    subject: str, *, kind: CampaignKind, is_embargoed: bool, translations: NullTranslations
) -> str:
    """`subject` behind the word a newsroom must see first, unless it begins with it already."""
    if kind in _MARKS:
        first = say(Text(_MARKS[kind], {"subject": ""}), translations)[:_STEM_LENGTH]
        if not subject.casefold().startswith(first.casefold()):
            subject = say(Text(_MARKS[kind], {"subject": subject}), translations)
    if is_embargoed and "embargo" not in subject.casefold():
        subject = say(_("Under embargo – {subject}", subject=subject), translations)
    return subject
