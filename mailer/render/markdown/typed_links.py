"""Writes the targets of links and images so that Markdown reads them: `](photo (1).jpg)`.

Markdown ends an address at a blank. File names have blanks, and so have the values of templates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.render.markdown.typed_lines import VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGET = re.compile(r"\]\((?P<inside>(?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*)\)")
_INSIDE = re.compile(
    r"[ \t\u00a0]*(?P<target>.*?)(?P<title>[ \t\u00a0]+(?:\"[^\"\n]*\"|'[^'\n]*'|“[^”\n]*”|«[^»\n]*»))?"
    r"[ \t\u00a0]*"
)
_IS_ADDRESS = re.compile(
    r"(?i)(?:https?:|mailto:|tel:|www\.)|[\w.+-]+@[\w-]+\.\w|[\w-]+(?:\.[\w-]+)+/|\+?[\d .()-]+\Z"
)
_BLANK = re.compile(r"[ \t\u00a0\u202f]")
_LONGEST_LABEL = 500


def targets_in_brackets(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the corrected wording of each target that has a blank.

    A link is only corrected when its target looks like an address: `[sic](nous soulignons)` is
    for its author to look at.
    """
    for found in _TARGET.finditer(text):
        inside = _INSIDE.fullmatch(found["inside"])
        if not inside or not inside["target"] or inside["target"][0] == "<":
            continue
        target = inside["target"].strip(" \t\u00a0")
        has_blank = bool(_BLANK.search(target))
        is_meant = _is_image(text, found.start()) or _IS_ADDRESS.match(target) or VALUE in target
        if not re.search(r"[<>\\]", target) and is_meant and (has_blank or VALUE in target):
            title = (inside["title"] or "").strip(" \t\u00a0")
            title = f' "{title[1:-1].strip()}"' if title else ""
            yield found.start("inside"), found.end("inside"), f"<{target}>{title}"


def _is_image(text: str, end: int) -> bool:
    """Return whether the label that ends at `end` belongs to an image."""
    start = text.rfind("![", max(0, end - _LONGEST_LABEL), end)
    label = text[start + 2 : end]
    return start >= 0 and "](" not in label and label.count("[") == label.count("]")
