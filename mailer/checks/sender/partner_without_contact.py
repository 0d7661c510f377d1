"""Does a partner who signs name somebody to call?"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Finding, Findings, _, note, warning
from mailer.checks.reading.names.bodies import BodyInText
from mailer.checks.reading.names.partner_lists import is_of_one_above, listed_without_contact
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
_MOST = 5
"""How many bodies of lists are told of."""
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
        told = {folded(it.name) for it in partners}
    else:
        told = {folded(it.name) for it in without if it.tier is PartnerTier.ORGANISER}
    yield from _named_in_texts(draft, told)


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


def _named_in_texts(draft: Draft, told: set[str]) -> Findings:
    """Yield a note for each body without a contact that a text names as a partner: one of a list that
    is not among those told of, or of a sentence about a body that is no partner of the campaign.
    """
    campaign = draft.campaign
    known = {folded(it.name) for it in campaign.partners if it.name}
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        listed = [(body, told) for body in islice(listed_without_contact(passage), _MOST)]
        for body, others in (*listed, *((body, known) for body in _told_to_act(passage))):
            name = folded(body.name)
            is_ours = _PRESS_DESK.match(body.name) or name in folded(draft.office.name)
            if is_ours or any(_is_part(name, each) for each in others | told):
                continue
            told.add(name)
            if not (
                _has_contact(Partner(body.name), campaign)
                or _is_reachable(name, passage, campaign.place)
            ):
                yield _unreachable(passage, body)


def _unreachable(passage: Passage, body: BodyInText) -> Finding:
    return note(
        passage.at(body.start),
        what=_("“{name}” takes part and names no press contact.", name=body.name),
        why=WHY,
        remedy=_("Add one to {list}, with its organisation.", list=FactKey("press_contacts")),
    )


def _told_to_act(passage: Passage) -> Iterator[BodyInText]:
    """Yield the partners of the sentences of a text, without those that only pay."""
    for body in partners_in_text(passage):
        if not _ONLY_PAYS.search(passage.text, max(0, body.start - 80), body.start):
            yield body


def _is_reachable(name: str, passage: Passage, place: str) -> bool:
    """Return whether a line with the name, or that of a person below it, has an address or a telephone
    number, or an address has the name of the body as its domain, and not only that of the place of everybody.
    """
    for line, below in pairwise([*passage.source.split("\n"), ""]):
        if name in folded(line) and (_CONTACT.search(line) or is_of_one_above(below)):
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
