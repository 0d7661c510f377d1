"""Can readers see where each link leads?"""

import re
from urllib.parse import urlsplit

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding, warning
from mailer.checks.reading.texts.links import links
from mailer.checks.reading.texts.prose import PassagePart, messages

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
        "shorturl.asia",
        "ift.tt",
        "trib.al",
        "spr.ly",
        "qrco.de",
        "x.gd",
        "v.gd",
        "lc.cx",
        "amzn.to",
        "app.goo.gl",
        "maps.app.goo.gl",
        "forms.gle",
    ]
)

_NAMED_SHORT = re.compile(
    r"(?:\w+\.)?(?:bit-?ly|(?:tiny|short|mini|petit)-?(?:url|link|lien)|rebrandly|cutt-?ly|(?:url|lien)-?court)\.[a-z.]{2,}"
)
"""Hosts that bear such a name, of which there are more than a list can hold."""
_SHORT_HOST = re.compile(r"[a-z0-9]{1,6}\.[a-z]{2,3}")
_CODE = re.compile(
    r"/(?=[^/]*[a-z])(?=[^/]*\d|[^/]*[a-z][A-Z])(?!.*(?:19|20)\d\d)[A-Za-z0-9]{4,9}/?"
)
"""A path that is no word: small letters with figures or capitals among them."""

WHY = _("Spam filters distrust such addresses, and they end with their service.")
SOURCE = sources.LINK_PURPOSE

_BARE = re.compile(
    rf"(?<![\w./@-])(?P<host>{'|'.join(map(re.escape, sorted(_SHORTENERS)))})/[\w-]{{2,}}"
)


def check(draft: Draft) -> Findings:
    """Yield a warning for each link to a service that shortens addresses, and a note for one that
    looks like it: a short host with nothing but a code behind it.
    """
    for link in links(draft):
        parts = urlsplit(link.target)
        host = (parts.hostname or "").removeprefix("www.")
        is_known = host in _SHORTENERS or bool(_NAMED_SHORT.fullmatch(host))
        looks_short = _SHORT_HOST.fullmatch(host) and _CODE.fullmatch(parts.path)
        if is_known or looks_short:
            yield finding(
                Severity.WARNING if is_known else Severity.NOTE,
                link.place,
                what=_("The link “{target}” hides where it leads.", target=link.target),
                why=WHY,
                remedy=_("Give the address of the page itself."),
            )
    yield from _without_scheme(draft)


def _without_scheme(draft: Draft) -> Findings:
    """Yield a warning for such an address that is typed without `https://`."""
    for passage in messages(draft):
        for found in _BARE.finditer(passage.text) if passage.part is PassagePart.TEXT else ():
            yield warning(
                passage.at(found.start()),
                what=_("The link “{target}” hides where it leads.", target=found[0]),
                why=WHY,
                remedy=_("Give the address of the page itself."),
            )
