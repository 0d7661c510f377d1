"""Does a text say of what it attaches which format it has, and how heavy it is?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note, warning
from mailer.checks.reading.texts.attachments import Announcement, announcements
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages

WHY = _("A newsroom opens no file that it does not know, and its server refuses a heavy one.")
SOURCE = sources.PRACTICE

_FORMAT = re.compile(
    r"(?i)(?<![\w])(?:pdf|zip|jpe?g|png|tiff?|gif|svg|eps|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|mp[34]|mov|wav)(?!\w)"
)
_WEIGHT = re.compile(
    r"(?<![\w.,])(?P<number>\d+(?:[.,]\d+)?)[ \u00a0\u202f]?(?P<unit>[kKMG])(?:i?[bB]|o)\b"
)
_KILOBYTES = {"k": 1, "m": 1000, "g": 1_000_000}
_LIGHT, _HEAVY = 300, 5000
"""In kilobytes: what a mail may carry, and what many servers refuse with the mail around it."""


def check(draft: Draft) -> Findings:
    """Yield a note for an attachment without format or weight, or over 300 kB; from 5 MB on a
    warning.
    """
    for passage in messages(draft):
        if passage.part is PassagePart.TEXT:
            for n, announced in enumerate(announcements(passage.text)):
                yield from _missing(passage, announced, is_first=not n)


def _missing(passage: Passage, announced: Announcement, *, is_first: bool) -> Findings:
    """Yield what an announcement lacks; one after the first is only asked how heavy its files are."""
    block = announced.block
    heaviest = max(map(_kilobytes, _WEIGHT.finditer(block)), default=0.0)
    words = " ".join(block.split())[:60].strip()
    if heaviest > _LIGHT and (is_first or heaviest >= _HEAVY):
        yield (warning if heaviest >= _HEAVY else note)(
            passage.at(announced.end),
            what=_("An attachment of {size} kB: “{words}”", size=round(heaviest), words=words),
            why=WHY,
            remedy=_("Put it into the press room, and give its link."),
        )
    elif is_first and not (heaviest and _FORMAT.search(block)):
        yield note(
            passage.at(announced.end),
            what=_(
                "The attachment is named without its format or its weight: “{words}”", words=words
            ),
            why=WHY,
            remedy=_("Write both behind its name: “(PDF, 240 kB)”."),
        )


def _kilobytes(found: re.Match[str]) -> float:
    return float(found["number"].replace(",", ".")) * _KILOBYTES[found["unit"].lower()]
