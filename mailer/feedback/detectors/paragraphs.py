"""Finds the text of a notice that is about one recipient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailer.feedback.mail.message import Mail

_MAX_LINES = 12
_RULE_LINE = re.compile(r"^(?:\*{5,}|-{5,}|={5,}|_{5,})")


def text_about(mail: Mail, address: str, *, among: Collection[str] = ()) -> str:
    """Return the lines from each mention of `address` up to the next recipient, joined.

    `among` are all recipients known so far; a line that names another of them ends a paragraph.
    """
    wanted = address.casefold()
    others = {other.casefold() for other in among} - {wanted}
    kept: list[str] = []
    lines_left = 0
    for line, named in zip(mail.lines, mail.addresses_by_line, strict=True):
        if wanted in named:
            lines_left = _MAX_LINES
        elif named & others or _RULE_LINE.match(line):
            lines_left = 0
        if lines_left and line:
            kept.append(line)
            lines_left -= 1
    return "\n".join(kept)
