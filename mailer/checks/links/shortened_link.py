"""Can readers see where each link leads?"""

from urllib.parse import urlsplit

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.links import links

_SHORTENERS = frozenset(
    [
        "bit.ly",
        "tinyurl.com",
        "t.co",
        "ow.ly",
        "goo.gl",
        "lnkd.in",
        "is.gd",
        "buff.ly",
        "cutt.ly",
        "rebrand.ly",
        "rb.gy",
        "urlz.fr",
        "shorturl.at",
        "tiny.cc",
        "bl.ink",
        "s.id",
        "urlr.me",
        "t.ly",
        "dlvr.it",
        "fb.me",
        "vu.fr",
    ]
)

WHY = _("Spam filters distrust such addresses, and they end with their service.")
SOURCE = sources.LINK_PURPOSE


def check(draft: Draft) -> Findings:
    """Yield a warning for each link to a service that shortens addresses."""
    for link in links(draft):
        host = (urlsplit(link.target).hostname or "").removeprefix("www.")
        if host in _SHORTENERS:
            yield warning(
                link.place,
                what=_("The link “{target}” hides where it leads.", target=link.target),
                why=WHY,
                remedy=_("Give the address of the page itself."),
            )
