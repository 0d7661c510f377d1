"""Is there a blank after each full stop and comma?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, passages
from mailer.languages import MONTHS
from mailer.model.drafts.fix import Fix

_SENTENCE = r"(?:[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ]|[CDIJLMNST][’'](?=\w)|À[ \u00a0])"
"""How a sentence begins: `Les`, `L’eau`, `À Brest`."""
_GLUED = re.compile(
    rf"(?<![^\W\d_])[^\W\d_]{{2,}}(?P<sign>(?<=[a-zà-öø-ÿœ])[.!?…](?={_SENTENCE})|[,;](?=[^\W\d_]))[^\W\d_]+"
    rf"|(?:(?<![\d.,])\d{{4}}|%|[\w.!?][ \u00a0\u202f]?[»”]|[a-zà-öø-ÿ]\")(?P<stop>\.(?={_SENTENCE})|(?<=[»”])[,;](?=[^\W\d_]))[^\W\d_]+"
)

_BLANK_BEFORE = re.compile(
    r"(?<=[^\W\d_])(?P<sign>[ \u00a0](?:\.(?!Net\b)(?=[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ])|,(?=[^\W\d_])))[^\W\d_]+"
)
_BRACKET = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{2,}+(?P<opens>\([ \u00a0]|\((?=[^\W\d_]{4,}[^()\n]*\)))[^\W\d_]+"
    r"|(?<=[ \u00a0]\()[^()\n]{3,80}(?P<closes>\))[^\W\d_]{2,}"
)
"""`mot( note`, `mot(note)`, `(note)mot`; `élu(e)` is one word."""
_WITHOUT_SIGN = re.compile(
    rf"(?<![\w.,/-])\d{{1,2}}(?:{MONTHS})(?!\w)|(?<![\w./-])(?:{MONTHS})(?:19|20)\d\d(?![\w/-])"
    r"|(?<![\w.,/@-])(?:19|20)\d\d(?:[a-zà-ÿ]{3,}|at|on|in|to|by|à|de|du|au|en|et|le|la)(?![\w.@/-])|(?<![\w:])\d{1,2}h\d\d[a-zà-ÿ]{3,}|(?<!\w)\d{1,2}h;[a-zà-ÿ]+"
    rf"|(?<![\w’'-])(?=[a-zà-ÿ]){in_any_language(lambda phrases: phrases.before_number)}\d{{1,4}}(?!\w|[.,/-]\w)"
    rf"|(?<![\w@./’'-])(?=[a-zà-ÿ]){in_any_language(lambda phrases: phrases.glued_words)}(?![\w@/’'-])"
)
"""`3mai`, `juin2027`, `10h30précises`, `18h;il`, `compte15`, `dansle`."""

WHY = _("Whoever reads it sees that nobody has.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each pair of words with a sign and no blank between them, or with one
    before the sign where it should be behind it; a note for two words, or a word and a number, that
    hardly are one.
    """
    for passage in passages(draft):
        for found in _found_in(passage.text):
            yield warning(
                passage.at(found.start()),
                what=_("A blank is missing in “{words}”.", words=found[0].strip()),
                why=WHY,
                remedy=_("Put a blank after the sign."),
                fix=_fix(passage, found),
            )
        for found in _BRACKET.finditer(passage.text):
            yield warning(
                passage.at(found.start()),
                what=_("A blank is missing in “{words}”.", words=found[0].strip()),
                why=WHY,
                remedy=_("Put a blank outside the bracket, and none inside."),
                fix=passage.fix(
                    *found.span(found.lastgroup or 0), " (" if found["opens"] else ") "
                ),
            )
        for found in _WITHOUT_SIGN.finditer(passage.text):
            yield note(
                passage.at(found.start()),
                what=_("A blank is missing in “{words}”.", words=found[0]),
                why=WHY,
                remedy=_("Put a blank between the two."),
            )


def _fix(passage: Passage, found: re.Match[str]) -> Fix | None:
    sign = found.lastgroup or "sign"
    return passage.fix(*found.span(sign), f"{found[sign].strip()} ")


def _found_in(text: str) -> Iterator[re.Match[str]]:
    yield from _GLUED.finditer(text)
    yield from _BLANK_BEFORE.finditer(text)
