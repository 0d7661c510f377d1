"""The screens of the desk in every state: addresses made from the routes, none left out by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailer.web.partner_routes import PARTNER_SCREENS
from mailer.web.routes import SCREENS
from tests.desk.visitors import EXAMPLE
from tests.matrix.offices import EVERYTHING, PARTNER, READER, UNCERTAIN

NO_PAGE = re.compile(
    r"\.(csv|xlsx|eml|zip|html)$|/fichier$|/(cadre|suivi|remarques)$|/sante/examen$|/lancement/sante$|/textes/\{file\}/(apercu|brouillon|abandonner|supprimer)$|/(faits|calendrier/\{step\})/(brouillon|abandonner)$"
)
"""Downloads, mails in a frame, parts that a page fetches, and addresses that only take forms."""
FORM_ONLY = {
    "/convertir",
    "/demonstration",
    "/moi/cles",
    "/moi/cles/retirer",
    "/moi/identites",
    "/moi/mot-de-passe",
    "/moi/second-facteur/retirer",
    "/moi/sessions",
    "/reglages/identites",
}
"""What shows the page of another address, where it is looked at."""
_CAMPAIGN = "/campagnes/{slug}"
ALSO = {
    f"{_CAMPAIGN}/apercu": (
        f"{_CAMPAIGN}/apercu?mode=texte",
        f"{_CAMPAIGN}/apercu?mode=en-tetes",
        f"{_CAMPAIGN}/apercu?mode=telephone",
        f"{_CAMPAIGN}/apercu?mode=lecteur-d-ecran",
        f"{_CAMPAIGN}/apercu?mode=changements",
        f"{_CAMPAIGN}/apercu?mode=remarques",
    ),
    f"{_CAMPAIGN}/en-cours/personnes": (f"{_CAMPAIGN}/en-cours/personnes?etape=announcement",),
    f"{_CAMPAIGN}/incertains": (f"/campagnes/{UNCERTAIN}/incertains",),
    f"{_CAMPAIGN}/en-cours": (f"/campagnes/{UNCERTAIN}/en-cours",),
    f"{_CAMPAIGN}/textes/{{file}}": (f"{_CAMPAIGN}/textes/announcement.en.md",),
    "/campagnes": ("/campagnes?q=rien+de+tel",),
    "/contacts": ("/contacts?q=rien+de+tel", "/contacts?liste=press"),
    "/journal": ("/journal?sujet=rien",),
    "/oppositions": ("/oppositions?q=rien",),
    "/sante": ("/sante?tout=1",),
    "/entrer": ("/entrer?perdu=1",),
}
"""Further states of an address that its query chooses."""
ELSEWHERE = ("/nulle-part", f"/campagnes/{EXAMPLE}/destinataires/aucune", "/contacts/aucun")


@dataclass(frozen=True)
class View:
    """One screen in one state, as one person sees it; `refused` sends its empty form first."""

    state: str
    path: str
    person: str = EVERYTHING.id
    refused: bool = False

    def __str__(self):
        how = " after an empty form" if self.refused else ""
        who = {READER.id: " for a reader", PARTNER.id: " for a partner"}.get(self.person, "")
        return f"{self.path}{how}{who} [{self.state}]"


def views_of(state, values):
    """Yield every view of an office in this state, whose addresses `values` fill."""
    for screen in SCREENS:
        if NO_PAGE.search(screen.path) or screen.path in FORM_ONLY:
            continue
        for path in (screen.path, *ALSO.get(screen.path, ())):
            if (filled := _filled(path, values)) is not None:
                yield View(state, filled)
                if state == "under way":
                    yield View(state, filled, person=READER.id)
    if state in {"prepared", "under way"}:
        yield from _for_partner(state, values)
    if state == "prepared":
        yield from (View(state, path) for path in ELSEWHERE)
        yield from _refused(state, values)


def _for_partner(state, values):
    """Yield what somebody of another institution sees, and their form sent empty."""
    for path in PARTNER_SCREENS:
        if NO_PAGE.search(path) or not path.startswith(_CAMPAIGN):
            continue
        yield View(state, _filled(path, values), person=PARTNER.id)
    yield View(state, "/", person=PARTNER.id)
    places = _filled(f"{_CAMPAIGN}/accreditations", values)
    yield View(state, places, person=PARTNER.id, refused=True)


def _refused(state, values):
    """Yield what each form is answered with when it is sent empty."""
    for screen in SCREENS:
        is_no_page = screen.path.endswith(_NO_PAGE_AFTERWARDS)
        if not screen.act or screen.path in _ENDS or is_no_page:
            continue
        if (path := _filled(screen.path, values)) is not None:
            yield View(state, path, refused=True)


_NO_PAGE_AFTERWARDS = ("/textes/{file}/apercu", "/brouillon", "/convertir", ".csv", ".eml", ".xlsx")
"""Forms that are answered with a fragment or lead to a download."""
_ENDS = {
    "/entrer",
    "/entrer/code",
    "/moi/cles/retirer",
    "/moi/identites",
    "/moi/second-facteur/retirer",
    "/moi/sessions",
    "/reglages/identites",
    "/reglages/personnes/{person}/identites",
    "/reglages/personnes/{person}/second-facteur",
    "/reglages/personnes/{person}/sessions",
    "/sortir",
}
"""Forms that end the session with which the others are looked at."""


def _filled(path, values):
    if path == "/imports/{file}":
        path = "/imports/{import}"
    names = re.findall(r"\{(\w+)\}", path)
    if any(name not in values for name in names):
        return None
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], path)
