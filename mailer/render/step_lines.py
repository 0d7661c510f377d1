"""Where the subject and the preheader of a version are written: in its text, or for its step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place

if TYPE_CHECKING:
    from mailer.model.campaigns.campaign import Campaign, Content, Step


def subject_source(campaign: Campaign, step: Step, content: Content) -> tuple[str, Place]:
    """Return the subject as it is written, and where."""
    if content.subject:
        return content.subject, Place(content.heading_file, key="subject")
    return step.subject, Place(campaign.file, step.line, key=f"steps.{step.id}.subject")


def preheader_source(campaign: Campaign, step: Step, content: Content) -> tuple[str, Place]:
    """Return the preheader as it is written, and where."""
    if content.preheader:
        return content.preheader, Place(content.heading_file, key="preheader")
    return step.preheader, Place(campaign.file, step.line, key=f"steps.{step.id}.preheader")
