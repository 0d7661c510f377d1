"""Does each paragraph end where its sentence ends?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding, warning
from mailer.checks.reading.texts.page_breaks import is_left_by_page, page_breaks
from mailer.checks.reading.texts.prose import BLANK, Passage, PassagePart, messages

_BREAK = re.compile(r"[^\W\d_’'-][,]?(?P<between>[ \t]*\n[ \t]*\n+)(?=[ \t]{0,3}[a-zà-öø-ÿœ])")
_NO_PROSE = re.compile(r"[ \t]*(?:[#>|:]|[-*+•][ \t]|\d+[.)])")

WHY = _("A page break of the old document has stayed in the text.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning where a sentence goes on in the next paragraph, as after a page break.

    Page numbers and running headers inside a sentence are told with it; a bare number is a note.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        yield from _of_pages(passage)
        for found in _BREAK.finditer(passage.text):
            start = passage.text.rfind("\n\n", 0, found.start()) + 1
            paragraph = passage.text[start : found.start() + 1].lstrip("\n")
            after = passage.text[found.end() :].lstrip()
            is_of_page = is_left_by_page(paragraph.rpartition("\n")[2])
            if is_of_page or _NO_PROSE.match(paragraph) or after.startswith(BLANK):
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


def _of_pages(passage: Passage) -> Findings:
    for found in page_breaks(passage.text):
        yield finding(
            Severity.WARNING if found.is_sure else Severity.NOTE,
            passage.at(found.at),
            what=_("“{words}” stands inside a sentence.", words=found.words),
            why=WHY,
            remedy=_("Remove it, and join what stands before and after it."),
            fix=passage.fix(found.start, found.end, " "),
        )
