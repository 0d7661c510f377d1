"""Is no word cut by a hyphen from the end of a printed line?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, messages
from mailer.model.drafts.fix import Fix

_CUT = re.compile(
    r"(?<![\w-])(?P<first>[^\W\d_]{2,})-[ \t]*(?:\n[ \t]*|[ \t])(?P<second>[a-zà-öø-ÿœ]{2,})"
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_SUSPENDED = re.compile(in_any_language(lambda phrases: phrases.suspended))

WHY = _("A text copied from a PDF keeps the hyphens of its lines.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each hyphen that a PDF or a printed page left within a word."""
    words = {word.casefold() for passage in messages(draft) for word in _WORD.findall(passage.text)}
    for passage in messages(draft):
        for found in _CUT.finditer(passage.text):
            if not _SUSPENDED.fullmatch(found["second"]):
                yield warning(
                    passage.at(found.start()),
                    what=_("The word “{words}” is cut.", words=" ".join(found[0].split())),
                    why=WHY,
                    remedy=_("Join the word."),
                    fix=_fix(passage, found, words),
                )


def _fix(passage: Passage, found: re.Match[str], words: set[str]) -> Fix | None:
    """Return the word as it stands elsewhere in the campaign, with its hyphen or without.

    Only that tells “recher- che” from “rendez- vous”.
    """
    joined = [found["first"] + hyphen + found["second"] for hyphen in ("", "-")]
    known = [word for word in joined if word.casefold() in words]
    return passage.fix(*found.span(), known[0]) if len(known) == 1 else None
