"""Announces the files that come with a message: what they are, their name, type and weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.languages.language import NBSP
from mailer.languages.typography import with_typography
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from gettext import NullTranslations

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.mailings.message import Embedded

_TYPES = {
    "docx": Text("Word"),
    "ics": Text("iCalendar"),
    "jpg": Text("JPEG"),
    "odt": Text("OpenDocument"),
    "txt": _("text"),
    "xlsx": Text("Excel"),
}
"""What people call a type, where it is not its suffix in capitals."""


def announced(
    campaign: Campaign,
    files: Sequence[Embedded],
    calendar: Sequence[Embedded],
    *,
    language: str,
    translations: NullTranslations,
) -> Iterator[dict[str, str]]:
    """Yield `label`, `name`, `type` and `weight` of each file, the calendar's first.

    `files` are those of the campaign's attachments, in their order.
    """
    typography = campaign.typography_of(language)
    labels = [with_typography(it.label, typography) for it in campaign.attachments]
    diary = say(_("The date, for your calendar"), translations)
    said = [*((diary, file) for file in calendar), *zip(labels, files, strict=True)]
    for label, file in said:
        kilobytes = max(1, round(len(file.content) / 1000))
        suffix = file.filename.rpartition(".")[2].lower()
        weight = say(_("{size} kB", size=kilobytes), translations)
        yield {
            "label": label or file.filename,
            "name": file.filename,
            "type": say(_TYPES.get(suffix, Text(suffix.upper())), translations),
            "weight": weight.replace(" ", NBSP),
        }
