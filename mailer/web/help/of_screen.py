"""Which help page belongs to a page of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL_HELP = "/aide"
_OF_CAMPAIGN: Mapping[str, str] = {
    "faits": "faits",
    "textes": "textes",
    "calendrier": "calendrier",
    "destinataires": "destinataires",
    "verifications": "verifications",
    "messageries": "verifications",
    "apercu": "apercu",
    "essai": "apercu",
    "repetition": "apercu",
    "bon-a-tirer": "bon-a-tirer",
    "lancement": "lancement",
    "en-cours": "en-cours",
    "suspendre": "en-cours",
    "reprendre": "en-cours",
    "annuler": "en-cours",
    "renvoyer": "en-cours",
    "incertains": "en-cours",
    "rectifier": "mauvais-jours",
    "bilan": "bilan",
    "retombees": "bilan",
    "accreditations": "accreditations",
}
"""The help pages of what follows the name of a campaign in an address; others have that of the
campaign.
"""
_OF_OFFICE: Mapping[str, str] = {
    "calendrier": "calendrier",
    "contacts": "listes",
    "listes": "listes",
    "imports": "listes",
    "a-rappeler": "a-rappeler",
    "courrier": "courrier",
    "oppositions": "oppositions",
    "accreditations": "accreditations",
    "conservation": "accreditations",
    "tout-suspendre": "mauvais-jours",
    "tout-reprendre": "mauvais-jours",
}
"""The help pages of the first word of an address; the other pages lead to the list of them."""


def help_of(path: str) -> str:
    """Return the address of the help page that belongs to a page of the desk."""
    part, *rest = path.strip("/").split("/")
    if part == "campagnes":
        name = _OF_CAMPAIGN.get(rest[1], "campagne") if len(rest) > 1 else "campagne"
    else:
        name = _OF_OFFICE.get(part, "")
    return f"{ALL_HELP}/{name}" if name else ALL_HELP
