"""Can the text of every attached PDF be copied?"""

import re
import zlib
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.places import place_of

WHY = _("A journalist copies from it, and a screen reader reads it out: a picture gives neither.")
SOURCE = sources.ALTERNATIVES

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/Font\b|/FontDescriptor\b|/BaseFont\b")
_MOST_BYTES = 1_000_000
"""Of one stream: a font is named in the first lines of an object stream."""


def check(draft: Draft) -> Findings:
    """Yield a warning for each attached PDF that uses no font: its pages are pictures."""
    for index, attachment in enumerate(draft.campaign.attachments):
        content = draft.campaign.files.get(attachment.path, b"")
        if content.startswith(b"%PDF") and not _has_font(content):
            yield warning(
                place_of(draft.campaign, f"attachments.{index}.path"),
                what=_("The file {file} is a picture: it has no text.", file=attachment.path),
                why=WHY,
                remedy=_("Export it as PDF from the program it was written in."),
            )


def _has_font(content: bytes) -> bool:
    return any(_FONT.search(part) for part in (content, *_unpacked(content)))


def _unpacked(content: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(found[1], _MOST_BYTES)
        except zlib.error:
            continue
