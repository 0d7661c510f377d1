"""Every address of the desk: the view that shows it, and what a form there asks for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from mailer.model.team.permission import Act, require

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


class Screen(NamedTuple):
    """One address. `show` and `act` name functions of `mailer.web.views` as `module:function`.

    A form that is sent to the address calls `act`; without one the address only shows. When the
    form is refused, `show` is called again and shows the problems, so an address that acts has
    both. `needs` is the permission without which the act is not offered; the operation behind it
    asks for the same permission. What `names_everybody` shows people of every list, and nothing to
    somebody who is limited to some.
    """

    path: str
    show: str
    act: str = ""
    needs: Act | None = None
    names_everybody: bool = False

    def view(self, visit: Visit) -> Response:
        """Answer a GET, if the person may see whom the page names."""
        self._require_sight(visit)
        return _function(self.show)(visit)

    @property
    def action(self) -> Callable[[Visit, Form], Response]:
        """The function that answers a POST."""
        action: Callable[[Visit, Form], Response] = _function(self.act)
        return action

    def do(self, visit: Visit, form: Form) -> Response:
        """Do what the form asks, if the person's roles allow it. The operation asks again."""
        if self.needs is not None:
            require(visit.actor, self.needs)
        self._require_sight(visit)
        return self.action(visit, form)

    def _require_sight(self, visit: Visit) -> None:
        if self.names_everybody:
            require(visit.actor, Act.SEE_EVERYBODY)


def _function(name: str) -> Callable[..., Response]:
    module, _, function = name.partition(":")
    found: Callable[..., Response] = getattr(import_module(f"mailer.web.views.{module}"), function)
    return found


_CAMPAIGN = "/campagnes/{slug}"
_PERSON = "/reglages/personnes/{person}"
_REGISTER = f"{_CAMPAIGN}/accreditations"
_TEXT = f"{_CAMPAIGN}/textes/{{file}}"

SCREENS: tuple[Screen, ...] = (
    Screen("/", "home:show"),
    Screen("/campagnes", "campaigns:show"),
    Screen("/calendrier", "office_calendar:show"),
    Screen("/campagnes/nouvelle", "new_campaign:show", "new_campaign:create", Act.EDIT_CAMPAIGN),
    Screen("/convertir", "new_campaign:show", "new_campaign:convert", Act.EDIT_CAMPAIGN),
    Screen(_CAMPAIGN, "board:show"),
    Screen(f"{_CAMPAIGN}/faits", "facts:show", "facts:save", Act.EDIT_CAMPAIGN),
    Screen(f"{_CAMPAIGN}/faits/brouillon", "facts:show", "facts:keep", Act.EDIT_CAMPAIGN),
    Screen(f"{_CAMPAIGN}/faits/abandonner", "facts:show", "facts:discard", Act.EDIT_CAMPAIGN),
    Screen(
        f"{_CAMPAIGN}/faits/confirmer",
        "confirm_facts:show",
        "confirm_facts:confirm",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(f"{_CAMPAIGN}/textes", "texts:index"),
    Screen(_TEXT, "texts:show", "texts:save", Act.EDIT_CAMPAIGN),
    Screen(f"{_TEXT}/brouillon", "texts:show", "texts:keep", Act.EDIT_CAMPAIGN),
    Screen(f"{_TEXT}/abandonner", "texts:show", "texts:discard", Act.EDIT_CAMPAIGN),
    Screen(f"{_TEXT}/supprimer", "texts:show", "texts:remove", Act.EDIT_CAMPAIGN),
    Screen(f"{_TEXT}/commentaires", "texts:show", "comments:change", Act.COMMENT),
    Screen(f"{_TEXT}/apercu", "texts:frame", "texts:preview"),
    Screen(f"{_CAMPAIGN}/versions", "versions:show", "versions:take_back", Act.EDIT_CAMPAIGN),
    Screen(f"{_CAMPAIGN}/versions/{{first}}..{{second}}", "versions:compare"),
    Screen(f"{_CAMPAIGN}/calendrier", "calendar:show"),
    Screen(f"{_CAMPAIGN}/destinataires/{{step}}", "recipients:show"),
    Screen(f"{_CAMPAIGN}/verifications", "checks:show", "checks:decide", Act.EDIT_CAMPAIGN),
    Screen(
        f"{_CAMPAIGN}/verifications/liens", "checks:show", "checks:ask_links", Act.EDIT_CAMPAIGN
    ),
    Screen(f"{_CAMPAIGN}/verifications/corriger", "fixes:show", "fixes:apply", Act.EDIT_CAMPAIGN),
    Screen(f"{_CAMPAIGN}/messageries", "compatibility:show"),
    Screen(f"{_CAMPAIGN}/apercu", "preview:show"),
    Screen(f"{_CAMPAIGN}/apercu/cadre", "preview:frame"),
    Screen(f"{_CAMPAIGN}/apercu/message.eml", "preview:eml"),
    Screen(f"{_CAMPAIGN}/apercu/suivi", "preview:follow"),
    Screen(f"{_CAMPAIGN}/apercu/remarques", "preview:remarks"),
    Screen(f"{_CAMPAIGN}/apercu/reseaux.zip", "preview:social"),
    Screen(f"{_CAMPAIGN}/apercu/salle-de-presse", "public_page:show"),
    Screen(f"{_CAMPAIGN}/apercu/page.html", "static_preview:download"),
    Screen(f"{_CAMPAIGN}/repetition", "rehearsal:show", "rehearsal:rehearse"),
    Screen(f"{_CAMPAIGN}/essai", "proof:show", "proof:send", Act.SEND_PROOF),
    Screen(f"{_CAMPAIGN}/bon-a-tirer", "sign_off:show", "sign_off:sign", Act.SIGN_OFF),
    Screen(f"{_CAMPAIGN}/lancement", "launch:show", "launch:launch", Act.LAUNCH),
    Screen(f"{_CAMPAIGN}/lancement/sante", "health:at_launch"),
    Screen(f"{_CAMPAIGN}/suspendre", "sending:show", "sending:pause", Act.PAUSE),
    Screen(f"{_CAMPAIGN}/reprendre", "sending:show", "sending:resume", Act.RESUME_OWN_PAUSE),
    Screen(f"{_CAMPAIGN}/annuler", "sending:ask", "sending:cancel", Act.CANCEL),
    Screen(f"{_CAMPAIGN}/rectifier", "amending:show", "amending:draft", Act.EDIT_CAMPAIGN),
    Screen(f"{_CAMPAIGN}/rectifier/bon-a-tirer", "amending:show", "amending:sign", Act.SIGN_OFF),
    Screen(f"{_CAMPAIGN}/rectifier/lancer", "amending:show", "amending:launch", Act.LAUNCH),
    Screen(f"{_CAMPAIGN}/en-cours", "sending:show"),
    Screen(f"{_CAMPAIGN}/en-cours/personnes", "sending:people"),
    Screen(f"{_CAMPAIGN}/renvoyer", "resend:show", "resend:send", Act.LAUNCH, names_everybody=True),
    Screen(
        f"{_CAMPAIGN}/incertains",
        "uncertain:show",
        "uncertain:resolve",
        Act.RESOLVE,
        names_everybody=True,
    ),
    Screen(f"{_CAMPAIGN}/bilan", "report:show"),
    Screen(f"{_CAMPAIGN}/retombees", "coverage:show", "coverage:note", Act.NOTE_COVERAGE),
    Screen(f"{_CAMPAIGN}/bilan/imprimer", "report:printable"),
    Screen(f"{_CAMPAIGN}/bilan.csv", "report:show", "report:export_csv", Act.EXPORT_PEOPLE),
    Screen(f"{_CAMPAIGN}/archive.zip", "report:archive"),
    Screen(f"{_CAMPAIGN}/bilan.xlsx", "report:show", "report:export", Act.EXPORT_PEOPLE),
    Screen(_REGISTER, "register:show", "register:save", Act.ACCREDIT, names_everybody=True),
    Screen(
        f"{_REGISTER}/importer",
        "register_files:show",
        "register_files:submit",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/registre.xlsx",
        "register_files:table",
        needs=Act.EXPORT_PEOPLE,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/confirmer",
        "register:show",
        "register:confirm",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/demandes/{{request}}",
        "partner_requests:show",
        "partner_requests:decide",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(f"{_REGISTER}/porte", "door:show", "door:sign_in", Act.ACCREDIT, names_everybody=True),
    Screen(f"{_REGISTER}/porte.xlsx", "door:table", needs=Act.EXPORT_PEOPLE, names_everybody=True),
    Screen(
        f"{_REGISTER}/{{entry}}",
        "register:person",
        "register:decide",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/{{entry}}/remplacer",
        "register:person",
        "register:replace",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen("/contacts", "contacts:show", "contacts:add", Act.EDIT_CONTACTS),
    Screen("/contacts/export.xlsx", "contacts:show", "contacts:export", Act.EXPORT_PEOPLE),
    Screen("/contacts/importer", "imports:form", "imports:keep", Act.IMPORT_CONTACTS),
    Screen("/imports/{file}", "imports:show", "imports:take_in", Act.IMPORT_CONTACTS),
    Screen("/contacts/sollicitations", "often_written:show", names_everybody=True),
    Screen(
        "/contacts/sollicitations.csv",
        "often_written:show",
        "often_written:export",
        Act.EXPORT_PEOPLE,
        names_everybody=True,
    ),
    Screen("/contacts/{contact}", "contacts:person", "contacts:edit", Act.EDIT_CONTACTS),
    Screen(
        "/contacts/{contact}/donnees", "contacts:person", "contacts:hand_over", Act.EXPORT_PEOPLE
    ),
    Screen("/travaux/{job}", "job:show", "job:cancel"),
    Screen("/travaux/{job}/fichier", "job:file", needs=Act.EXPORT_PEOPLE),
    Screen("/accreditations", "registers:show", names_everybody=True),
    Screen("/a-rappeler", "call_back:show", "call_back:note", Act.CALL_BACK),
    Screen("/courrier", "inbox:show", "inbox:decide", Act.SUPPRESS, names_everybody=True),
    Screen(
        "/conservation",
        "retention:show",
        "retention:destroyed",
        Act.EXPORT_PEOPLE,
        names_everybody=True,
    ),
    Screen("/oppositions", "suppressions:show", "suppressions:change", Act.SUPPRESS),
    Screen("/salle-de-presse", "press_room:show", "press_room:withdraw", Act.CANCEL),
    Screen("/journal", "journal:show"),
    Screen("/journal.xlsx", "journal:show", "journal:export", Act.EXPORT_PEOPLE),
    Screen("/reglages", "settings:show"),
    Screen("/sante", "health:show"),
    Screen("/sante/examen", "health:answers"),
    Screen("/tout-suspendre", "suspension:show", "suspension:suspend", Act.PAUSE),
    Screen("/tout-reprendre", "suspension:show", "suspension:lift", Act.RESUME_OWN_PAUSE),
    Screen("/entrer", "entrance:show", "entrance:enter"),
    Screen("/entrer/fournisseur", "provider:depart"),
    Screen("/entrer/retour", "provider:arrive"),
    Screen("/entrer/code", "second_factor:show_code", "second_factor:enter_with_code"),
    Screen("/entrer/cle", "entrance:show", "second_factor:enter_with_passkey"),
    Screen("/bienvenue/{token}", "welcome:show", "welcome:come_in"),
    Screen("/signer/{token}", "sign_by_link:show", "sign_by_link:decide"),
    Screen("/signer/{token}/cadre", "sign_by_link:frame"),
    Screen("/sortir", "entrance:ask_to_leave", "entrance:leave"),
    Screen("/confirmer", "identity:show", "identity:confirm"),
    Screen("/repris/{form}", "kept:show", "kept:drop"),
    Screen("/moi", "me:show", "me:choose_language"),
    Screen("/moi/mot-de-passe", "me:show", "me:change_password"),
    Screen("/moi/second-facteur", "second_factor:show", "second_factor:set_up"),
    Screen("/moi/second-facteur/retirer", "me:show", "second_factor:remove"),
    Screen("/moi/cles", "me:show", "second_factor:register"),
    Screen("/moi/cles/retirer", "me:show", "second_factor:forget_passkey"),
    Screen("/moi/relier", "provider:depart"),
    Screen("/moi/sessions", "me:show", "me:end_sessions"),
    Screen("/moi/identites", "me:show", "me:unlink"),
    Screen("/reglages/personnes", "people:show", "people:add", Act.MANAGE_PEOPLE),
    Screen(_PERSON, "people:person", "people:change_roles", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/listes", "people:person", "people:limit", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/fermer", "people:person", "people:disable", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/ouvrir", "people:person", "people:enable", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/sessions", "people:person", "people:end_sessions", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/identites", "people:person", "people:unlink", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/second-facteur", "people:person", "people:reset_factor", Act.MANAGE_PEOPLE),
    Screen("/reglages/identites", "people:show", "people:recognise", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/invitation", "people:person", "people:invite", Act.MANAGE_PEOPLE),
)
"""The addresses of the desk, in the order in which they are matched."""
