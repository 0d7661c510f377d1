"""Detects a recipient inside a sentence: "an error delivering your mail to <a@b>"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.detectors.evidence import MAX_RECIPIENTS, Detector, Evidence
from mailer.feedback.detectors.named import named_as_failed, without_ours
from mailer.feedback.detectors.paragraphs import text_about
from mailer.feedback.detectors.phrases import LEADS
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_WINDOW = 90
_WORD_REST = re.compile(r"\S{0,320}")
_LEAD = re.compile(
    r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(LEADS, key=len, reverse=True))) + r")(?!\w)"
)


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the first address soon after such words, on the same line or the next."""
    found: dict[str, None] = {}
    lines = [line for line in mail.lines if line]
    for line, following in zip(lines, (*lines[1:], ""), strict=False):
        text = f"{line} {following}"
        end = len(plain_text(line))
        for lead in _LEAD.finditer(plain_text(text)):
            if lead.start() < end:
                window = re.split(r"(?i)\bfrom\b", _behind(text, lead.end()))[0]
                found.update(dict.fromkeys(named_as_failed(window)[:1]))
    failed = without_ours(mail, found)
    return [
        Evidence(address, text_about(mail, address, among=failed))
        for address in failed[:MAX_RECIPIENTS]
    ]


def _behind(text: str, start: int) -> str:
    """Return the words soon after a place; the last one whole, because it may be an address."""
    end = start + _WINDOW
    last = _WORD_REST.match(text, end) if text[end - 1 : end].strip() else None
    return text[start : last.end() if last else end]


INLINE = Detector("address-in-sentence", Confidence.MEDIUM, detect)
