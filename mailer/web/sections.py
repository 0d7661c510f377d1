"""The parts of the desk, as its navigation lists them."""

from __future__ import annotations

from mailer.wording import Text, _

SECTIONS: tuple[tuple[str, Text], ...] = (
    ("/", _("Start")),
    ("/campagnes", _("Campaigns")),
    ("/calendrier", _("Office calendar")),
    ("/contacts", _("Contacts")),
    ("/accreditations", _("Accreditations")),
    ("/a-rappeler", _("To call")),
    ("/courrier", _("Mail to decide")),
    ("/oppositions", _("Refusals")),
    ("/salle-de-presse", _("Press room")),
    ("/journal", _("Journal")),
    ("/reglages", _("Settings")),
)
"""The address of each part and its name. A part that does not exist yet has no entry."""

_NAMING_EVERYBODY = frozenset({"/accreditations", "/courrier"})
WITHIN_LISTS = tuple(each for each in SECTIONS if each[0] not in _NAMING_EVERYBODY)
"""What somebody finds who is limited to some contact lists."""

_NAMING_PEOPLE = _NAMING_EVERYBODY | {"/contacts", "/a-rappeler", "/oppositions"}
WITHOUT_NAMES = tuple(each for each in SECTIONS if each[0] not in _NAMING_PEOPLE)
"""What a reader finds, who sees figures and no names."""

REACHED_FROM = {
    "/listes": "/contacts",
    "/imports": "/contacts",
    "/conservation": "/contacts",
    "/sante": "/reglages",
    "/horloge": "/reglages",
}
"""The parts whose pages lead to addresses that lie elsewhere."""

PARTNER_SECTIONS: tuple[tuple[str, Text], ...] = (("/", _("Start")),)
"""What somebody of another institution finds: everything else is the office's."""

TEAM_SECTION = ("/reglages/personnes", _("Team"))
"""For those who manage the people of the team."""
