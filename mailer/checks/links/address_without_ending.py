"""Does each e-mail address and site have its ending?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("Whoever writes to it or opens it gets an error, and hardly asks again.")
SOURCE = sources.REACHABILITY

_WITHOUT = re.compile(
    r"(?<![\w.@/:+-])[A-Za-z][\w.+-]+@[A-Za-z][\w-]{2,}(?![\w@-]|\.\w)"
    r"|(?<![\w.@/-])(?:https?://)?www\.[A-Za-z][\w-]{2,}(?![\w-]|\.\w)"
    r"|(?<!\w)https?://(?!localhost\b|www\.)[A-Za-z][\w-]{2,}(?![\w:@-]|\.\w)"
)


def check(draft: Draft) -> Findings:
    """Yield a warning for `press@museum`, `www.museum` and `https://museum`."""
    for passage in messages(draft):
        for found in _WITHOUT.finditer(passage.source) if passage.part is PassagePart.TEXT else ():
            yield warning(
                passage.at(found.start()),
                what=_("The address {address} has no ending.", address=found[0]),
                why=WHY,
                remedy=_("Write it whole, as press@museum.example."),
            )
