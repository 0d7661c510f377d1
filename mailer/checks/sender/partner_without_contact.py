"""Does a partner who signs name somebody to call?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, note, warning
from mailer.checks.reading.names.partnerships import partners_in_text
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.model.campaigns.campaign import Campaign, Partner, PartnerTier
from mailer.render.markdown.press_blocks.words import folded

WHY = _("A journalist who writes about a partner calls us for its figures, and we have none.")
SOURCE = sources.REACHABILITY

_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.|(?:\+?\d[ \u00a0.-]?){8,}")
_DOMAIN = re.compile(r"[\w.+-]+@(?:[\w-]+\.)*?([\w-]+)\.\w+")
_FUNDS = in_any_language(lambda phrases: phrases.funds)
_ONLY_PAYS = re.compile(rf"{_FUNDS}[ \u00a0\n][^.;:()\n]{{0,60}}\Z")
_PRESS_DESK = re.compile(in_any_language(lambda phrases: phrases.asks_a_contact))
"""Begins the name of a service of the sender: `service de presse de l’Institut`."""
_TELLING = 5
"""In characters: a shorter domain stands in many names."""
_SIGNS = frozenset({PartnerTier.ORGANISER, PartnerTier.PARTNER})


def check(draft: Draft) -> Findings:
    """Yield a warning for an organiser without a contact, and a note if no partner has one.

    Bodies that only a text names as partners are noted as well.
    """
    campaign = draft.campaign
    partners = [each for each in campaign.partners if _signs(each, draft)]
    without = [
        each for each in partners if not _has_contact(each, campaign) and not _is_told(each, draft)
    ]
    for index, partner in enumerate(campaign.partners):
        if partner in without and partner.tier is PartnerTier.ORGANISER:
            yield warning(
                place_of(campaign, f"partners.{index}.name"),
                what=_("“{name}” organises with us and names no press contact.", name=partner.name),
                why=WHY,
                remedy=_(
                    "Add its contact to {list}, with its organisation.",
                    list=FactKey("press_contacts"),
                ),
            )
    if partners and without == partners and all(it.tier is PartnerTier.PARTNER for it in partners):
        yield note(
            place_of(campaign, "partners"),
            what=_(
                "No partner names a press contact: {names}.",
                names=", ".join(partner.name for partner in partners),
            ),
            why=WHY,
            remedy=_("Add one to {list}, with its organisation.", list=FactKey("press_contacts")),
        )

    yield from _named_in_texts(draft)


def _signs(partner: Partner, draft: Draft) -> bool:
    """Return whether a partner speaks for itself: who only pays, by all that a text says, does not."""
    if partner.name.islower() or not partner.name or partner.tier not in _SIGNS:
        return False
    paid = re.compile(
        rf"{_FUNDS}[ \u00a0\n][^.;:()\n]{{0,80}}?{re.escape(partner.name)}", re.IGNORECASE
    )
    return not any(paid.search(passage.text) for passage in messages(draft))


def _is_told(partner: Partner, draft: Draft) -> bool:
    """Return whether a text says beside the name of the partner whom to call there."""
    name, place = folded(partner.name), draft.campaign.place
    texts = (each for each in messages(draft) if each.part is PassagePart.TEXT)
    return any(_is_reachable(name, passage, place) for passage in texts)


def _named_in_texts(draft: Draft) -> Findings:
    campaign = draft.campaign
    known = [folded(partner.name) for partner in campaign.partners if partner.name]
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for body in partners_in_text(passage):
            name = folded(body.name)
            is_paying = _ONLY_PAYS.search(passage.text, max(0, body.start - 80), body.start)
            if (
                is_paying
                or _PRESS_DESK.match(body.name)
                or name in folded(draft.office.name)
                or any(_is_part(name, each) for each in known)
            ):
                continue
            known.append(name)
            if not (
                _has_contact(Partner(body.name), campaign)
                or _is_reachable(name, passage, campaign.place)
            ):
                yield note(
                    passage.at(body.start),
                    what=_("“{name}” takes part and names no press contact.", name=body.name),
                    why=WHY,
                    remedy=_(
                        "Add one to {list}, with its organisation.", list=FactKey("press_contacts")
                    ),
                )


def _is_reachable(name: str, passage: Passage, place: str) -> bool:
    """Return whether a line with the name has an address or a telephone number too, or an address
    has the name of the body as its domain, and not only that of the place of everybody.
    """
    if any(name in folded(line) and _CONTACT.search(line) for line in passage.source.split("\n")):
        return True
    said = re.sub(r"\W", "", name)
    domains = (re.sub(r"\W", "", folded(host)) for host in _DOMAIN.findall(passage.source))
    town = re.sub(r"\W", "", folded(place))
    return any(len(it) >= _TELLING and it in said and it != town for it in domains)


def _has_contact(partner: Partner, campaign: Campaign) -> bool:
    domain = _domain(partner.url)
    return any(
        _is_part(folded(contact.organisation), folded(partner.name))
        or (contact.address is not None and domain and contact.address.domain.endswith(domain))
        for contact in campaign.press_contacts
    )


def _is_part(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _domain(url: str) -> str:
    """Return the last two labels of the host of a page."""
    host = re.sub(r"^https?://|[/:?#].*", "", url, flags=re.DOTALL)
    return ".".join(host.split(".")[-2:])
