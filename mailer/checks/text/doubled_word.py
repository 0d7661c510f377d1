"""Does no word stand twice in a row?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import passages

_TWICE = re.compile(
    r"(?<![\w’'-])([^\W\d_]{2,})[^\S\n]*(?:\n|[^\S\n])[^\S\n]*\1(?![\w’'-])", re.IGNORECASE
)
_MAY_REPEAT = re.compile(in_any_language(lambda phrases: phrases.may_repeat))

WHY = _("It is the commonest slip of a text that was pasted together.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each doubled word, but for those of a language and for names."""
    for passage in passages(draft):
        for found in _TWICE.finditer(passage.text):
            word = found[1]
            if _MAY_REPEAT.fullmatch(word) or _names(found[0]):
                continue
            yield warning(
                passage.at(found.start()),
                what=_("“{word}” stands twice in a row.", word=word),
                why=WHY,
                remedy=_("Take one of them out."),
                fix=passage.fix(found.start(), found.end(), word),
            )


def _names(words: str) -> bool:
    """Whether the second word is a name: Bora Bora, une rose Rose."""
    first, second = words.split()
    return second[0].isupper() and not first.isupper()
