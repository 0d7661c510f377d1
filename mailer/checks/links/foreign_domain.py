"""Does every link lead to a site of those who sign?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.links import links

WHY = _("Readers and filters trust a link to the house that writes, and look twice at another.")
SOURCE = sources.SENDERS

_HOST = re.compile(r"https?://(?:[^/@\s]*@)?(?P<host>[\w.-]+)", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"co", "ac", "gov", "gouv", "org", "com", "net", "edu"})
_OF_EVERYBODY = frozenset(
    {"doi.org", "orcid.org", "europa.eu", "gouv.fr", "openstreetmap.org", "who.int", "un.org"}
)


def check(draft: Draft) -> Findings:
    """Yield a note for each other site that a text links to, once for each.

    Links, partners and addresses in `campaign.toml` say which sites are ours.
    """
    own = set(_own(draft)) | _OF_EVERYBODY
    if not draft.office.website and not draft.campaign.links:
        return
    seen = set()
    for link in links(draft):
        found = _HOST.match(link.target)
        if found is None or link.is_fact or link.place.file == draft.campaign.file:
            continue
        domain = registered(found["host"])
        if domain not in own and domain not in seen:
            seen.add(domain)
            yield note(
                link.place,
                what=_(
                    "The link “{text}” leads to {domain}.", text=link.text.strip(), domain=domain
                ),
                why=WHY,
                remedy=_("Check the address; list it under [[links]] if it is meant."),
            )


def _own(draft: Draft) -> Iterator[str]:
    campaign = draft.campaign
    urls = (
        draft.office.website,
        draft.office.privacy_url,
        *(link.url for link in campaign.links),
        *(partner.url for partner in campaign.partners),
    )
    yield from (registered(found["host"]) for url in urls if (found := _HOST.match(url)))
    mailboxes = [draft.letterhead.sender.address, *campaign.accreditation.addresses]
    mailboxes += [contact.address for contact in campaign.press_contacts if contact.address]
    yield from (registered(address.domain) for address in mailboxes)


def registered(host: str) -> str:
    """Return the domain that somebody has registered: `institut.example`, `bbc.co.uk`."""
    labels = host.casefold().strip(".").split(".")
    count = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-count:])
