"""Which words of a notice belong to which recipient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailer.feedback.mail.message import Mail

_LONGEST = 12
_CHATTER = re.compile(r"^(?:\*{5,}|-{5,}|={5,}|_{5,})")


def said_about(mail: Mail, address: str, *, among: Collection[str] = ()) -> str:
    """Lines from each mention of `address` to the next recipient's, joined.

    `among` are all recipients known so far; a line naming another of them ends a paragraph.
    """
    wanted = address.casefold()
    others = {other.casefold() for other in among} - {wanted}
    kept: list[str] = []
    left = 0
    for line, named in zip(mail.lines, mail.named, strict=True):
        if wanted in named:
            left = _LONGEST
        elif named & others or _CHATTER.match(line):
            left = 0
        if left and line:
            kept.append(line)
            left -= 1
    return "\n".join(kept)
