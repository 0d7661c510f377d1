"""What a campaign that was made of an old one still has of it, and where the old one says it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mailer.checks.reading.times.dates import mentions
from mailer.operations.campaigns.revisions.text_names import TEXT_NAME
from mailer.wording import _, as_note, from_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.drafts.revision import Revision
    from mailer.ports import Ledger

_MADE = _(
    "Made of the campaign “{title}”: its day, its place and its texts are still those of that one."
)


def made_of(title: str) -> str:
    """Return the note of a campaign that is made of the old one with this title."""
    return as_note(_(_MADE.sentence, title=title))


def is_made_of_another(note: str) -> bool:
    """Return whether the note of a first revision says that the campaign was made of an old one."""
    return from_note(note).sentence == _MADE.sentence


def texts_of_old(head: Revision | None, *, ledger: Ledger) -> frozenset[str]:
    """Return the texts of a campaign's newest revision that still are as the old one had them."""
    if head is None:
        return frozenset()
    first = head if head.number == 1 else ledger.revisions.get(head.campaign, 1)
    if not is_made_of_another(first.why):
        return frozenset()
    return frozenset(
        path
        for path, digest in head.files.items()
        if TEXT_NAME.fullmatch(path) and first.files.get(path) == digest
    )


def words_that_say(campaign: Campaign, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return for each fact of an event the line of a text that says it, if one does."""
    lines = [
        line.strip()
        for name, text in files.items()
        if TEXT_NAME.fullmatch(name)
        for line in text.decode("utf-8", errors="replace").splitlines()
    ]
    said = {key: _line_with(value, lines, campaign.language) for key, value in _facts(campaign)}
    return {key: line for key, line in said.items() if line}


def _facts(campaign: Campaign) -> Iterator[tuple[str, str | datetime | None]]:
    if event := campaign.event:
        yield "event.starts_at", event.starts_at
        yield "event.ends_at", event.ends_at
        yield "event.venue", event.venue
        yield "event.address", event.address
    yield "accreditation.deadline", campaign.accreditation.deadline
    yield "embargo.until", campaign.embargo.until if campaign.embargo else None


def _line_with(value: str | datetime | None, lines: list[str], language: str) -> str:
    if not value:
        return ""
    if isinstance(value, datetime):
        day = (value.day, value.month)
        found = (
            line
            for line in lines
            if any(
                (it.day, it.month) == day and it.year in {None, value.year}
                for it in mentions(line, language)
            )
        )
    else:
        found = (line for line in lines if value.casefold() in line.casefold())
    return next(found, "")
