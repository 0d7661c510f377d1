"""Is every link encrypted?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.links import links

WHY = _("Browsers warn of such pages, and filters trust the mail less.")
SOURCE = sources.TRANSPORT


def check(draft: Draft) -> Findings:
    """Yield a warning for each web link that does not use https."""
    for link in links(draft):
        if link.target.casefold().startswith("http://") and len(link.target) > len("http://"):
            yield warning(
                link.place,
                what=_("The link “{text}” is not encrypted (http).", text=link.text),
                why=WHY,
                remedy=_("Write https, after checking that the page answers."),
            )
