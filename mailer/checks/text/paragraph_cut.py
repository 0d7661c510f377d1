"""Does each paragraph end where its sentence ends?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.prose import BLANK, PassagePart, messages

_BREAK = re.compile(r"[^\W\d_’'-][,]?(?P<between>[ \t]*\n[ \t]*\n+)(?=[ \t]{0,3}[a-zà-öø-ÿœ])")
_NO_PROSE = re.compile(r"[ \t]*(?:[#>|:]|[-*+•][ \t]|\d+[.)])")

WHY = _("A page break of the old document has stayed in the text.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning where a sentence goes on in the next paragraph, as after a page break."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for found in _BREAK.finditer(passage.text):
            start = passage.text.rfind("\n\n", 0, found.start()) + 1
            paragraph = passage.text[start : found.start() + 1].lstrip("\n")
            after = passage.text[found.end() :].lstrip()
            if _NO_PROSE.match(paragraph) or after.startswith(BLANK):
                continue
            yield warning(
                passage.at(found.end()),
                what=_(
                    "A sentence is cut in two paragraphs: “…{end} / {start}…”.",
                    end=paragraph[-30:].strip(),
                    start=after[:30].split("\n")[0].strip(),
                ),
                why=WHY,
                remedy=_("Join the two paragraphs."),
                fix=passage.fix(found.start("between"), found.end(), " "),
            )
