"""Can the text be read without effort?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.inlines import contents
from mailer.checks.reading.texts.prose import without_jinja
from mailer.errors import Place

WHY = _("A journalist reads it between two calls; a sentence that is read twice is not quoted.")
SOURCE = sources.PLAIN_LANGUAGE

HARD = 68
"""LIX (Björnsson, 1968): words of a sentence, and the percentage of words over six letters, added.
A quality newspaper has 50, an administrative text 60; French words are longer by a few points."""
_FEWEST_SENTENCES = 5
_SENTENCE = re.compile(r"[.!?…](?=\s|\Z)|\n[ \t]*\n|\n(?=[ \t]*[-*#>])")
_WORD = re.compile(r"[^\W\d_]+")


def check(draft: Draft) -> Findings:
    """Yield a note for each text whose sentences and words are long together."""
    for content in contents(draft):
        text = without_jinja(content.text)
        sentences = [
            words for part in _SENTENCE.split(text) if len(words := _WORD.findall(part)) > 2
        ]
        if len(sentences) < _FEWEST_SENTENCES:
            continue
        words = [word for sentence in sentences for word in sentence]
        long = sum(len(word) > 6 for word in words)
        lix = round(len(words) / len(sentences) + 100 * long / len(words))
        if lix > HARD:
            yield note(
                Place(content.file, content.line),
                what=_(
                    "The text is hard to read: {words} words in a sentence, {long}% long words"
                    " (LIX {lix}).",
                    words=round(len(words) / len(sentences)),
                    long=round(100 * long / len(words)),
                    lix=lix,
                ),
                why=WHY,
                remedy=_("Cut the sentences, and write the shorter word where there is one."),
            )
