"""Part what a writer wrote from the message that is quoted below it."""

from __future__ import annotations

import re

from mailer.feedback.mail.text import plain_text
from mailer.languages import LANGUAGES

_QUOTING = re.compile(
    "|".join(
        (
            *(language.replies.quoting for language in LANGUAGES if language.replies),
            r"am .{6,120} schrieb ?:",
            r"el .{6,120} escribio ?:",
            r"il .{6,120} ha scritto ?:",
            r"op .{6,120} schreef .{2,80}:",
            r"em .{6,120} escreveu ?:",
        )
    )
)


def own_words(text: str) -> str:
    """Return the text that the writer wrote, without the quoted message below it."""
    kept: list[str] = []
    for line in text.split("\n"):
        folded = plain_text(line)
        if line.lstrip().startswith(">"):
            continue
        if _QUOTING.match(folded):
            break
        if re.match(r"(?:-{2,}|_{5,}|de ?: |from ?: )", folded) and kept:
            break
        kept.append(line)
    return "\n".join(kept)


def joined_lines(text: str) -> str:
    """Return a text with the lines of each paragraph joined: mail programs wrap sentences."""
    return re.sub(r"(?<=[\w,’'-])[ \t]*\n(?=[a-zà-ÿ])", " ", text)
