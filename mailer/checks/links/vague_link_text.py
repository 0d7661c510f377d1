"""Do the words of a link say where it leads?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding, warning
from mailer.checks.reading.texts.links import links
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import BLANK, Passage, messages
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations

_VAGUE = re.compile(in_any_language(lambda phrases: phrases.vague_link))

_WORDS = re.compile(rf"(?<!\w){in_any_language(lambda phrases: phrases.vague_words)}")
_POINTS = re.compile(
    rf"(?<!\w){in_any_language(lambda phrases: phrases.vague_pointer)}(?=[ \u00a0\u202f]*(?:[:.,;!)\n{BLANK}]|\Z))"
)
_HERE = RarePattern(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.pointer)})(?=[ \u00a0\u202f*_]*(?:[.,;!)\n]|\Z))",
    sign=r"(?i)\b(?:ici|là|here|this way|cette page|ce bouton|this page|this button|lien|link|adresse|address|clic|cliquer|cliquez|click)(?![^\W_])",
)
_TO_BE_HAD = RarePattern(rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.to_be_had)})(?!\w)")
_FEW = 5
"""In words: so short a sentence says of what the one before it tells: `Tout est là.`"""
_STREET = re.compile(
    r"(?<!\d)\d{5}(?!\d)[ \u00a0][A-ZÀ-Þ]|\b[A-Z]{1,2}\d{1,2}[ \u00a0]\d[A-Z]{2}\b"
)
_REACH = 160
"""So near behind its pointer an address is what that points to."""
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
        here = [it for it in _HERE.finditer(text) if _is_for_a_page(passage, it)]
        points: list[re.Match[str]] = []
        for it in (*_POINTS.finditer(text), *here):
            if not any(_overlap(it, other) for other in (*asked, *points)):
                points.append(it)
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


def _is_for_a_page(passage: Passage, found: re.Match[str]) -> bool:
    """Return whether a sentence tells of what is to be had on a page, and no address follows."""
    following = passage.text[found.end() : found.end() + _REACH]
    if not following.lstrip(" \u00a0").startswith(":"):
        following = following.partition("\n\n")[0]
    sentence = passage.sentence_at(found.start())
    if len(sentence.split()) <= _FEW:
        start = passage.text.rfind("\n", 0, found.start()) + 1
        sentence = passage.text[max(start, found.start() - _REACH) : found.end()]
    is_answered = BLANK in following or _STREET.search(
        passage.text, max(0, found.start() - _REACH), found.start()
    )
    return not is_answered and _TO_BE_HAD.search(sentence) is not None


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()
