"""Chooses the template page for a step, and the word that its subject must begin with.

A template defines a design; its pages are the documents of a press office, one for each occasion:
`press/reminder.j2`, `press/cancellation.j2`. A template without pages has only its body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, nearest
from mailer.model.campaigns.campaign import CampaignKind
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

    from mailer.model.campaigns.campaign import Campaign, Step
    from mailer.model.campaigns.template import Template

_SUBJECT_PREFIXES: Mapping[CampaignKind, str] = {
    CampaignKind.CORRECTION: _("CORRECTION – {subject}").sentence,
    CampaignKind.POSTPONEMENT: _("POSTPONED – {subject}").sentence,
    CampaignKind.CANCELLATION: _("CANCELLED – {subject}").sentence,
}
_STEM_LENGTH = 5
"""Number of letters that "Annulé", "Annulée" and "Annulation" share, and
similar words in English.
"""


def page_of(template: Template, campaign: Campaign, step: Step) -> str:
    """Return the file of the page, or "" if the template has no suitable one.

    The step may name it; otherwise it is the page named after the step's kind, its id, or the
    campaign's kind. Raises ContentError when the step names a page that does not exist.
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
    """Return name → file of every page: the files at the top of the folder
    that are not partials.
    """
    found = (re.fullmatch(rf"{template.name}/([^./]+)\.j2", file) for file in template.files)
    return {page[1]: page[0] for page in found if page}


def prefixed_subject(
    subject: str, *, kind: CampaignKind, embargo: str, translations: NullTranslations
) -> str:
    """Return `subject` with the word that a newsroom must see first, unless it
    already begins with it. `embargo` is its end in short; empty when there is none.
    """
    if kind in _SUBJECT_PREFIXES:
        first = say(Text(_SUBJECT_PREFIXES[kind], {"subject": ""}), translations)[:_STEM_LENGTH]
        if not subject.casefold().startswith(first.casefold()):
            subject = say(Text(_SUBJECT_PREFIXES[kind], {"subject": subject}), translations)
    if embargo and not _says_embargo(subject):
        words = _("Embargo until {end} – {subject}", end=embargo, subject=subject)
        subject = say(words, translations)
    return subject


def _says_embargo(subject: str) -> bool:
    """Return whether the author's subject says the embargo and by which clock it ends."""
    return "embargo" in subject.casefold() and "UTC" in subject
