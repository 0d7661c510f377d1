"""Has nothing stayed in the text that was written for a colleague?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.asides import asides
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.text.unresolved_placeholder import TO_DO

WHY = _("What the office still doubts is printed, or makes the rest doubtful.")
SOURCE = sources.PRACTICE

_ASKS = in_any_language(lambda phrases: phrases.asks_colleague)
_NAME = r"@?[A-ZÀ-Þ][\w-]+"
_NOTE = re.compile(
    rf"(?P<open>[\[({{])[ \u00a0*_]*{in_any_language(lambda phrases: phrases.note_to_colleague)}[^\[\](){{}}\n]{{0,200}}[\])}}](?!\()"
    rf"|\[[ \u00a0]*{_NAME}[ \u00a0]?[:,–—-][^\[\]\n]{{4,200}}\?[ \u00a0]*\](?!\()"
)
_NAMED = RarePattern(
    rf"[\[({{][ \u00a0*_]*{_NAME}(?:[ \u00a0]?[:,–—]| -)(?=[^\[\](){{}}\n]{{0,200}}(?<!\w){_ASKS}(?!\w))[^\[\](){{}}\n]{{4,200}}[\])}}](?!\()",
    sign=rf"[\[({{][ \u00a0*_]*{_NAME}(?:[ \u00a0]?[:,–—]| -)",
)
"""Tells somebody something in brackets: `(Marc : revoir cette phrase)`."""
_INSIDE = RarePattern(
    rf"[\[({{](?=[^\[\](){{}}\n]{{0,200}}(?<!\w)(?:{in_any_language(lambda phrases: phrases.note_inside)})(?!\w))[^\[\](){{}}\n]{{4,200}}[\])}}](?!\()",
    sign=r"[\[({]",
)
_WORD = r"(?!(?i:why|how|who|where|when|what|pourquoi|comment|qui|quoi|où|quand|vraiment|really)[ \u00a0]?\?)[\w’'-]+"
_BARE = RarePattern(
    rf"[\[({{][ \u00a0*_]*(?:@[A-ZÀ-Þ][^\[\](){{}}\n]{{0,200}}|{in_any_language(lambda phrases: phrases.note_in_prose)}[^\[\](){{}}\n]{{0,200}}"
    rf"|{_WORD}?[ \u00a0]?\?{{1,2}}[ \u00a0]?)[\])}}](?!\()|\[(?:{_WORD}[ \u00a0]){{0,4}}{_WORD}[ \u00a0]?\?{{1,2}}[ \u00a0]?\](?!\()",
    sign=r"[\[({]",
)
"""A doubt alone in brackets: `[source ?]`."""
_TO_SOMEBODY = re.compile(
    r"(?<![\w.@])@[A-ZÀ-Þ][a-zà-ÿ]+(?![\w.@])(?=[ \u00a0]?[:,–—]|[^.!?\n]{0,120}\?)"
    r"|(?<!\?)\?\?(?!\?)[^\n?]{0,40}(?:\?\?)?"
)
_PROSE = RarePattern(
    rf"(?:^[ \t>*_•-]*|(?<=[.!?»”)] ))(?P<said>{in_any_language(lambda phrases: phrases.note_in_prose)}[^.!?\n]*[.!?]*)",
    flags=re.MULTILINE,
)
_OF_SOMEBODY = RarePattern(
    r"(?P<open>[\[({])(?:"
    r"[ \u00a0*_]*(?:[A-ZÀ-Þ]{2,3}|(?:[A-ZÀ-Þ]\.){2,3})[ \u00a0]?[:–—-][ \u00a0](?=[a-zà-ÿœ])(?=(?:[^\[\](){}\n ]+[ ]){3})[^\[\](){}\n]{4,300}"
    rf"|(?=[^\[\](){{}}\n]{{0,200}}(?<![\w’'-])(?:{in_any_language(lambda phrases: phrases.note_of_somebody)})(?![\w’']))[^\[\](){{}}\n]{{4,300}}"
    r")[\])}](?!\()",
    sign=r"[\[({]",
)
"""Between brackets, a remark that begins with initials or says `I`: `[LT : je mettrais huit]`."""
_LABELLED = RarePattern(
    rf"^[ \t*_•>–-]*(?P<label>{in_any_language(lambda phrases: phrases.note_label)})[^\n]*",
    flags=re.MULTILINE,
)
_MARKED = re.compile(
    r"^[ \t]*(?:[xX]{3,}(?=[ \u00a0,:–-]+\w)|>{3,}[ \t]*(?=\w)|(?://|%%)[ \t]+(?=\w))[^\n]+"
    r"|^[ \t]*(?P<sign>[*#~=!])(?P=sign){2}[ ](?!(?i:fin|ends?|embargo|sous|under)\b)[a-zà-ÿ](?=(?:[^\s]*[ ]){3})[^\n]{4,200}[ ](?P=sign){3}[ \t]*$|<{3}[^<>\n]{4,200}>{3}|\(\([^()\n]{4,200}\)\)"
    r"|(?<!\w)x{3}[ \u00a0][^\n]{3,200}?(?<!\w)x{3}(?!\w)"
    r"|(?:>+[ \t]*)?\b(?:[cC]ommentaire|[cC]omment(?:ed)?)[ \u00a0]?[\[(][A-Z]{1,4}\d{0,3}[\])][^\n]*"
    r"|^(?=(?:[^\n ]+[ ]){6})(?=[^\n]*\b(?i:this|here|needs?|ce|cet|cette|ici|faut|trop|too)\b)[^\n]{20,240}[a-zà-ÿ)][ \u00a0][–—-][ \u00a0](?!EU|UE|US|UK|UN|TV|FR|EN)[A-Z]{2}[ \t]*$",
    re.MULTILINE,
)
"""A line between signs that stand in no text that leaves: `xxx sentence of the mayor xxx`."""
_IN_BRACES = re.compile(
    r"\{\{(?![^{}\n]*\b(?:if|else|or|and|not|is|in)\b)(?=[^{}\n]*[^\W\d_]{2,}[ ]+[^\W\d_]{2,}[ ]+[^\W\d_])[^{}\n]{4,200}\}\}"
)
"""A sentence where a field would stand: `{{insert the parking plan}}`."""
_OF_DATE = re.compile(in_any_language(lambda phrases: phrases.embargo))


def check(draft: Draft) -> Findings:
    """Yield a warning for words that ask somebody of the office for something, in brackets or
    without: `[Note pour Anne : …]`, `[Legal to confirm]`, `À valider par la direction.`. What is
    still to be filled in is told as that.
    """
    for passage in messages(draft):
        reached = 0
        for start, end in sorted(_notes(passage)) if passage.part is PassagePart.TEXT else ():
            if start < reached or TO_DO.search(passage.text, start, end):
                continue
            reached = end
            words = " ".join(passage.source[start:end].split())
            yield warning(
                passage.at(start),
                what=_("“{words}” is a note to a colleague.", words=words),
                why=WHY,
                remedy=_("Do what it asks, and take it out."),
            )


def _notes(passage: Passage) -> Iterator[tuple[int, int]]:
    for typed in (_NOTE, _MARKED, _IN_BRACES):
        yield from (found.span() for found in typed.finditer(passage.source))
    text = without_quotations(passage.text)
    for pattern in (_NAMED, _INSIDE, _BARE, _TO_SOMEBODY, _OF_SOMEBODY, _LABELLED):
        yield from (found.span() for found in pattern.finditer(text))
    yield from asides(text)
    for found in _PROSE.finditer(text):
        if not _OF_DATE.search(found["said"]):
            yield found.span("said")
