"""Does every link lead to a site of those who sign?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, note
from mailer.checks.reading.texts.links import links
from mailer.checks.reading.texts.prose import messages
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Readers and filters trust a link to the house that writes, and look twice at another.")
SOURCE = sources.SENDERS

_HOST = re.compile(r"https?://(?:[^/@\s]*@)?(?P<host>[\w.-]+)", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"co", "ac", "gov", "gouv", "org", "com", "net", "edu"})
_OF_EVERYBODY = frozenset(
    {"doi.org", "orcid.org", "europa.eu", "gouv.fr", "openstreetmap.org", "who.int", "un.org"}
)
_OF_MAILBOXES = frozenset(
    {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "orange.fr", "wanadoo.fr", "free.fr"}
    | {"laposte.net", "sfr.fr", "icloud.com", "gmx.com", "proton.me"}
)
"""Domains that say nothing of where a person with an address there works."""
_TELLING = 5
"""How many letters a domain has at least that tells of a house which the text names."""


def check(draft: Draft) -> Findings:
    """Yield a note for each other site that a text links to, once for each.

    Links, partners and addresses in `campaign.toml` say which sites are ours; a domain that bears
    the name of somebody in the text is theirs.
    """
    own = set(_own(draft)) | _OF_EVERYBODY
    houses = {each.address.domain for each in draft.campaign.press_contacts if each.address}
    is_told = draft.office.website or draft.campaign.links or houses - _OF_MAILBOXES
    if not is_told:
        return
    said = re.sub(r"\W", "", folded("".join(it.text for it in messages(draft))))
    seen = set()
    for link in links(draft):
        found = _HOST.match(link.target)
        if found is None or link.is_fact:
            continue
        domain = registered(found["host"])
        name = re.sub(r"\W", "", domain.partition(".")[0])
        if (
            domain not in own
            and domain not in seen
            and not (len(name) >= _TELLING and name in said)
        ):
            seen.add(domain)
            yield note(
                link.place,
                what=_(
                    "The link “{text}” leads to {domain}.", text=link.text.strip(), domain=domain
                ),
                why=WHY,
                remedy=_(
                    "Check the address; if it is meant, add it to {list}.", list=FactKey("links")
                ),
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
