"""Is the news told within the first screen?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import BLANK, Passage, PassagePart, messages
from mailer.checks.reading.texts.sections import first_sentences, sections
from mailer.languages import LANGUAGES

MAX_WORDS = 200

WHY = _("What does not fit on the first screen is read by those only who are already coming.")
SOURCE = sources.LENGTH

_ENDS_SCREEN = re.compile(r"^[ \t]{0,3}(?:#{2,}[ \t]|:::)", re.MULTILINE)
_LABELS = "|".join(
    f"{it.release.contact}|{it.release.venue}|{it.release.address}|{it.release.accreditation}"
    for it in LANGUAGES
    if it.release
)
_LABEL = re.compile(
    rf"^[ \t*_]*(?i:{_LABELS})(?:[ \u00a0][^:\n]{{0,40}})?[ \u00a0]?(?::|[ \t]*\n[ \t]*\n(?=[^\n]))",
    re.MULTILINE,
)
"""Where to come, how to ask and whom to call stand below the news."""
_WORD = re.compile(rf"[^\W_][\w’'-]*|{BLANK}+")


def check(draft: Draft) -> Findings:
    """Yield a note for each text with more than 200 words before its first subhead."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        count = sum(1 for _word in _WORD.finditer(_first_screen(passage)))
        if count > MAX_WORDS:
            yield note(
                passage.at(0),
                what=_("The first screen has {count} words.", count=count),
                why=WHY,
                remedy=_("Tell the news in 200 words; put a subhead before the rest."),
            )


def _first_screen(passage: Passage) -> str:
    """Return what stands between the first sentences and the first subhead below them."""
    text = passage.text
    start = first_sentences(text)
    ends = [found.start() for it in (_ENDS_SCREEN, _LABEL) if (found := it.search(text, start))]
    heads = [it.start for it in sections(text) if it.start > start]
    return text[start : min((*ends, *heads), default=None)]
