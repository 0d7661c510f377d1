"""Does the headline begin with the news, and not with the kind of the document?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.headlines import HeadlineInText, headlines
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import BLANK, PassagePart, messages
from mailer.model.fix import Fix

_KIND = re.compile(in_any_language(lambda phrases: phrases.kind_label))
_FIRST = 14
"""How many first lines of a text may hold the label."""
_GLUED = re.compile(
    rf"(?<!\w){_KIND.pattern}(?=[A-ZÀ-ÖØ-Þ«“])[^\W\d_]*|[^\W\d_]*(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ]){_KIND.pattern}(?!\w)"
    rf"|(?<=\w )(?=[A-ZÀ-Ý]{{3}}){_KIND.pattern}(?=[ \t]*\n)"
)

WHY = _("The layout says the kind above it: it would stand there twice.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each headline to which the label of the document is glued."""
    for headline in headlines(draft):
        if kind := _KIND.match(headline.text):
            yield warning(
                headline.place,
                what=_("The headline begins with “{words}”.", words=kind[0]),
                why=WHY,
                remedy=_("Begin with the news."),
                fix=_fix(headline, kind.end()),
            )
    yield from _glued(draft)


def _glued(draft: Draft) -> Findings:
    """Yield a warning for a label in the first lines that has no blank before the news."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        head = re.match(rf"(?:[^\n]*\n){{0,{_FIRST}}}", passage.text + "\n")
        if found := _GLUED.search(head[0] if head else ""):
            yield warning(
                passage.at(found.start()),
                what=_("“{words}” is glued to what stands beside it.", words=found[0]),
                why=WHY,
                remedy=_("Put the kind of the document on a line of its own."),
            )


def _fix(headline: HeadlineInText, label_end: int) -> Fix | None:
    """Return the fix that takes the label out; the news then begins with a capital letter."""
    news = headline.text[label_end:].lstrip(" \t\u00a0\u202f:–—|.-")
    if not news or news[0] == BLANK:
        return None
    old = headline.text[: -len(news)] + news[0]
    return Fix(headline.place.line, old, news[0].upper())
