"""Do the words of a link say where it leads?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding, warning
from mailer.checks.reading.texts.links import links
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import BLANK, Passage, messages
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sections import lines_of
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
_ARROW = r"[ \u00a0]*(?:>+|»|→|›|➜|▸|▶)"
_BUTTON = RarePattern(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.this_page)})(?=[ \u00a0*_]*(?:[.:,;!)\n]|\Z))"
    rf"|(?<!\w)(?:{in_any_language(lambda phrases: phrases.button)}){_ARROW}|[^\W\d_][ \u00a0]*(?:>>|→|➜|▸|▶)[ \u00a0]*$"
    rf"|(?:^|[:–—(>][ \u00a0])[ \t*_-]*(?:{in_any_language(lambda phrases: phrases.button)})[ \t\u00a0*_.…]*$",
    flags=re.MULTILINE,
)
"""What was a button before somebody copied the page: `read more >>`, `Le dossier →`."""
_CLICKS = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.clicks)}")
_VERB = RarePattern(
    rf"{in_any_language(lambda phrases: phrases.button_verbs)}(?!\w)[^.:;!?…>»→\n{BLANK}]{{0,40}}[ \u00a0>»→]*\Z"
)
_FEW = 5
"""In words: so short a sentence says of what the one before it tells: `Tout est là.`"""
_STREET = re.compile(
    r"(?<!\d)\d{5}(?!\d)[ \u00a0][A-ZÀ-Þ]|\b[A-Z]{1,2}\d{1,2}[ \u00a0]\d[A-Z]{2}\b"
)
_BELOW = matches(in_any_language(lambda phrases: phrases.below))
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
        here += [it for it in _CLICKS.finditer(text) if not _is_answered(passage, it)]
        here += _buttons(passage, text)
        here += [it for it in _BUTTON.finditer(text) if not _is_told(passage, it)]
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


def _buttons(passage: Passage, text: str) -> Iterator[re.Match[str]]:
    """Yield each line that is alone between two others, says what a button says, and has no address."""
    lines = lines_of(text)
    for line, is_alone in zip(lines, (*(it.is_below_gap for it in lines[1:]), True), strict=False):
        found = _VERB.match(text, line.start, line.start + len(line.words))
        if not (found and line.is_below_gap and is_alone):
            continue
        if not _heads_a_list(passage, found):
            yield found


def _is_told(passage: Passage, found: re.Match[str]) -> bool:
    """Return whether an address follows a button, which may be the heading of several."""
    is_line = passage.text[max(0, found.start() - 1) : found.start()] in ("", "\n")
    return _is_answered(passage, found) or (is_line and _heads_a_list(passage, found))


def _heads_a_list(passage: Passage, found: re.Match[str]) -> bool:
    following = passage.text[found.end() : found.end() + _REACH].split("\n\n")[:2]
    return any(BLANK in it for it in following)


def _is_for_a_page(passage: Passage, found: re.Match[str]) -> bool:
    """Return whether a sentence tells of what is to be had on a page, and no address follows."""
    sentence = passage.sentence_at(found.start())
    if len(sentence.split()) <= _FEW:
        start = passage.text.rfind("\n", 0, found.start()) + 1
        sentence = passage.text[max(start, found.start() - _REACH) : found.end()]
    return not _is_answered(passage, found) and _TO_BE_HAD.search(sentence) is not None


def _is_answered(passage: Passage, found: re.Match[str]) -> bool:
    """Return whether an address follows what points to one: in its sentence, on the line below, or
    anywhere if that is what it says. So does a street that stands before it.
    """
    text = passage.text
    if _BELOW.search(found[0]) and text.rfind(BLANK) > found.end():
        return True
    following = text[found.end() : found.end() + _REACH].split("\n")
    in_sentence = re.split(r"(?<=[.!?])[ \u00a0]", following[0], maxsplit=1)[0]
    below = next((line for line in following[1:] if line.strip()), "")
    is_told = BLANK in in_sentence or below.lstrip(" \t>*–—-").startswith(BLANK)
    start = max(0, found.start() - _REACH)
    return is_told or _STREET.search(text, start, found.start()) is not None


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()
