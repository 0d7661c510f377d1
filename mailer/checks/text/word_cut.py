"""Is no word cut by a hyphen from the end of a printed line?"""

import re

from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import messages

_CUT = re.compile(r"(?<![\w-])[^\W\d_]{2,}-[ \t]*(?:\n[ \t]*|[ \t])([a-zà-öø-ÿœ]{2,})")
_SUSPENDED = re.compile(in_any_language(lambda phrases: phrases.suspended))


def check(draft: Draft) -> Findings:
    """Yield a warning for each hyphen that a PDF or a printed page left within a word."""
    for passage in messages(draft):
        for found in _CUT.finditer(passage.text):
            if not _SUSPENDED.fullmatch(found[1]):
                yield warning(
                    passage.at(found.start()),
                    what=_("The word “{words}” is cut.", words=" ".join(found[0].split())),
                    why=_("A text copied from a PDF keeps the hyphens of its lines."),
                    remedy=_("Join the word."),
                )
