"""Do the same words always lead to the same place?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.links import links

WHY = _("Listed by a screen reader, they cannot be told apart.")
SOURCE = sources.LINK_PURPOSE


def check(draft: Draft) -> Findings:
    """Yield a warning if two links of one file have the same text and different targets."""
    targets: dict[tuple[str, str], str] = {}
    for link in links(draft):
        words = " ".join(link.text.casefold().split())
        first = targets.setdefault((link.place.file, words), link.target)
        if words and first != link.target:
            yield warning(
                link.place,
                what=_("Two links read “{text}” and lead to different places.", text=link.text),
                why=WHY,
                remedy=_("Word them differently: name the institution, for instance."),
            )
