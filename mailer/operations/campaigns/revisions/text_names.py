"""Which texts a campaign has or may have, by the names of their files."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.list_names import plain_name
from mailer.operations.campaigns.revisions.edited import StepTexts
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.model.campaigns.campaign import Campaign
    from mailer.operations.campaigns.revisions.folder_sync import OpenedCampaign

TEXT_NAME = re.compile(r"[\w-]+(?:\.[\w-]+){0,2}\.md")


def texts_of_steps(
    campaign: Campaign, opened: OpenedCampaign, languages: Sequence[str]
) -> Iterable[StepTexts]:
    """Yield the texts of each step, and the further versions that it may have."""
    for step in campaign.steps:
        files = {variant: PurePath(content.file).name for variant, content in step.contents.items()}
        stem = _stem(files.values()) or step.id
        possible = {
            variant: name
            for list_ in ("", *(step.to if len(step.to) > 1 else ()))
            for language in (campaign.language, *languages)
            if (variant := VariantKey(list_, language)) not in files
            and (name := _file_name(stem, variant, campaign.language)) not in opened.files
        }
        yield StepTexts(step.id, files, possible)


def place_of_text(
    file: str, campaign: Campaign | None, opened: OpenedCampaign, languages: Sequence[str]
) -> tuple[str, VariantKey]:
    """Return the step and the variant of a text, also of one that does not exist yet."""
    require_text_name(file)
    if campaign is not None:
        for each in texts_of_steps(campaign, opened, languages):
            for variant, name in (*each.files.items(), *each.possible.items()):
                if name == file:
                    return each.step, variant
    if file in opened.files:
        return "", VariantKey("", campaign.language if campaign else "")
    raise RuleError(_no_text(file))


def _file_name(stem: str, variant: VariantKey, language: str) -> str:
    suffixes = (plain_name(variant.list), variant.language if variant.language != language else "")
    return ".".join((stem, *filter(None, suffixes), "md"))


def _stem(names: Iterable[str]) -> str:
    return next((name.split(".")[0] for name in names), "")


def require_text_name(file: str) -> None:
    """Raise RuleError for a name that no text of a campaign has."""
    if not TEXT_NAME.fullmatch(file):
        raise RuleError(_no_text(file))


def _no_text(file: str) -> Problem:
    return Problem(
        Place(file),
        _("there is no text of this name"),
        _("Choose one from the list of texts."),
    )
