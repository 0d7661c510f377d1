"""Do the words of a link say where it leads?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding, warning
from mailer.checks.reading.texts.links import links
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import BLANK, messages
from mailer.checks.reading.texts.unquoted import without_quotations

_VAGUE = re.compile(in_any_language(lambda phrases: phrases.vague_link))

_WORDS = re.compile(rf"(?<!\w){in_any_language(lambda phrases: phrases.vague_words)}")
_POINTS = re.compile(
    rf"(?<!\w){in_any_language(lambda phrases: phrases.vague_pointer)}(?=[ \u00a0\u202f]*(?:[:.,;!)\n{BLANK}]|\Z))"
)
_LABEL = re.compile(rf"\[[^\[\]\n]*\](?=[(\[{BLANK}])")

WHY = _("Screen readers list links alone, and readers in a hurry read nothing else.")
SOURCE = sources.LINK_PURPOSE


def check(draft: Draft) -> Findings:
    """Yield a warning for link texts like “click here”, which say nothing when read alone, and for
    such words in a text, where there is nothing to click on once it is printed or pasted; a note
    where a text only points: `via this link`.
    """
    for link in links(draft):
        if _VAGUE.fullmatch(link.text.strip(" \u00a0.:!…>→")):
            yield warning(
                link.place,
                what=_("The link “{text}” does not say where it leads.", text=link.text),
                why=WHY,
                remedy=_(
                    "Put the link on the words that name its target: “the programme of the day”."
                ),
            )
    yield from _in_prose(draft)


def _in_prose(draft: Draft) -> Findings:
    for passage in messages(draft):
        text = _LABEL.sub(lambda label: BLANK * len(label[0]), without_quotations(passage.text))
        asked = list(_WORDS.finditer(text))
        points = [it for it in _POINTS.finditer(text) if not any(_overlap(it, a) for a in asked)]
        for found in (*asked, *points):
            yield finding(
                Severity.WARNING if found in asked else Severity.NOTE,
                passage.at(found.start()),
                what=_("“{text}” does not say on what to click.", text=" ".join(found[0].split())),
                why=WHY,
                remedy=_(
                    "Put the link on the words that name its target: “the programme of the day”."
                ),
            )


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()
