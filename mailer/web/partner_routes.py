"""The addresses of the desk that somebody of another institution finds, and what each shows them.

Whatever is not listed here is unknown to a partner, pages of later versions included.
"""

from __future__ import annotations

from mailer.model.team.permission import Act
from mailer.web.routes import SCREENS
from mailer.web.screen import Screen

_CAMPAIGN = "/campagnes/{slug}"
_OWN_ACCOUNT = frozenset(
    {"entrer", "sortir", "bienvenue", "signer", "confirmer", "repris", "moi"},
)
"""The first words of the addresses where people come in, go out and keep their own account."""

_SCREENS: tuple[Screen, ...] = (
    *(each for each in SCREENS if each.path.split("/")[1] in _OWN_ACCOUNT),
    Screen("/", "sign_off.partner:home"),
    Screen(_CAMPAIGN, "sign_off.partner:preview"),
    Screen(f"{_CAMPAIGN}/apercu", "sign_off.partner:preview"),
    Screen(f"{_CAMPAIGN}/apercu/cadre", "sign_off.partner:frame"),
    Screen(
        f"{_CAMPAIGN}/bon-a-tirer",
        "sign_off.partner:sign_off",
        "sign_off.partner:sign",
        Act.SIGN_AS_PARTNER,
    ),
    Screen(
        f"{_CAMPAIGN}/accreditations",
        "sign_off.partner:places",
        "sign_off.partner:ask_for",
        Act.REQUEST_PLACES,
    ),
)
PARTNER_SCREENS = {screen.path: screen for screen in _SCREENS}
"""What a partner finds, by address."""


def screen_for_partner(screen: Screen) -> Screen | None:
    """Return what a partner finds at the address of this screen; None for nothing."""
    return PARTNER_SCREENS.get(screen.path)
