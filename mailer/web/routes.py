"""Every address of the desk: the view that shows it, and what a form there asks for."""

from __future__ import annotations

from mailer.model.team.permission import Act
from mailer.web.screen import Screen

_CAMPAIGN = "/campagnes/{slug}"
_PERSON = "/reglages/personnes/{person}"
_REGISTER = f"{_CAMPAIGN}/accreditations"
_TEXT = f"{_CAMPAIGN}/textes/{{file}}"

SCREENS: tuple[Screen, ...] = (
    Screen("/", "office.home:show"),
    Screen("/campagnes", "campaigns.campaigns:show"),
    Screen("/calendrier", "office.office_calendar:show"),
    Screen(
        "/campagnes/nouvelle",
        "campaigns.new_campaign:show",
        "campaigns.new_campaign:create",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        "/convertir",
        "campaigns.new_campaign:show",
        "campaigns.new_campaign:convert",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(_CAMPAIGN, "campaigns.board:show"),
    Screen(f"{_CAMPAIGN}/faits", "campaigns.facts:show", "campaigns.facts:save", Act.EDIT_CAMPAIGN),
    Screen(
        f"{_CAMPAIGN}/faits/brouillon",
        "campaigns.facts:show",
        "campaigns.facts:keep",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/faits/abandonner",
        "campaigns.facts:show",
        "campaigns.facts:discard",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/faits/confirmer",
        "campaigns.confirm_facts:show",
        "campaigns.confirm_facts:confirm",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(f"{_CAMPAIGN}/textes", "campaigns.texts:index"),
    Screen(_TEXT, "campaigns.texts:show", "campaigns.texts:save", Act.EDIT_CAMPAIGN),
    Screen(f"{_TEXT}/brouillon", "campaigns.texts:show", "campaigns.texts:keep", Act.EDIT_CAMPAIGN),
    Screen(
        f"{_TEXT}/abandonner", "campaigns.texts:show", "campaigns.texts:discard", Act.EDIT_CAMPAIGN
    ),
    Screen(
        f"{_TEXT}/supprimer", "campaigns.texts:show", "campaigns.texts:remove", Act.EDIT_CAMPAIGN
    ),
    Screen(
        f"{_TEXT}/commentaires", "campaigns.texts:show", "campaigns.comments:change", Act.COMMENT
    ),
    Screen(f"{_TEXT}/apercu", "campaigns.texts:frame", "campaigns.texts:preview"),
    Screen(
        f"{_CAMPAIGN}/versions",
        "campaigns.versions:show",
        "campaigns.versions:take_back",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(f"{_CAMPAIGN}/versions/{{first}}..{{second}}", "campaigns.versions:compare"),
    Screen(f"{_CAMPAIGN}/calendrier", "campaigns.calendar:show"),
    Screen(
        f"{_CAMPAIGN}/calendrier/{{step}}",
        "campaigns.step:show",
        "campaigns.step:save",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/calendrier/{{step}}/brouillon",
        "campaigns.step:show",
        "campaigns.step:keep",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/calendrier/{{step}}/abandonner",
        "campaigns.step:show",
        "campaigns.step:discard",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/calendrier/{{step}}/retirer",
        "campaigns.steps:ask",
        "campaigns.steps:remove",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/nouvelle-etape",
        "campaigns.steps:show",
        "campaigns.steps:add",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(f"{_CAMPAIGN}/destinataires/{{step}}", "campaigns.recipients:show"),
    Screen(
        f"{_CAMPAIGN}/verifications",
        "campaigns.checks:show",
        "campaigns.checks:decide",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/verifications/liens",
        "campaigns.checks:show",
        "campaigns.checks:ask_links",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/verifications/corriger",
        "campaigns.fixes:show",
        "campaigns.fixes:apply",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(f"{_CAMPAIGN}/messageries", "campaigns.compatibility:show"),
    Screen(f"{_CAMPAIGN}/apercu", "campaigns.preview:show"),
    Screen(f"{_CAMPAIGN}/apercu/cadre", "campaigns.preview:frame"),
    Screen(f"{_CAMPAIGN}/apercu/message.eml", "campaigns.preview:eml"),
    Screen(f"{_CAMPAIGN}/apercu/suivi", "campaigns.preview:follow"),
    Screen(f"{_CAMPAIGN}/apercu/remarques", "campaigns.preview:remarks"),
    Screen(f"{_CAMPAIGN}/apercu/reseaux.zip", "campaigns.preview:social"),
    Screen(f"{_CAMPAIGN}/apercu/salle-de-presse", "sign_off.public_page:show"),
    Screen(f"{_CAMPAIGN}/apercu/page.html", "campaigns.static_preview:download"),
    Screen(f"{_CAMPAIGN}/repetition", "campaigns.rehearsal:show", "campaigns.rehearsal:rehearse"),
    Screen(f"{_CAMPAIGN}/essai", "campaigns.proof:show", "campaigns.proof:send", Act.SEND_PROOF),
    Screen(
        f"{_CAMPAIGN}/bon-a-tirer", "sign_off.sign_off:show", "sign_off.sign_off:sign", Act.SIGN_OFF
    ),
    Screen(
        f"{_CAMPAIGN}/lancement", "campaigns.launch:show", "campaigns.launch:launch", Act.LAUNCH
    ),
    Screen(f"{_CAMPAIGN}/lancement/sante", "office.health:at_launch"),
    Screen(
        f"{_CAMPAIGN}/suspendre", "campaigns.sending:show", "campaigns.sending:pause", Act.PAUSE
    ),
    Screen(
        f"{_CAMPAIGN}/reprendre",
        "campaigns.sending:show",
        "campaigns.sending:resume",
        Act.RESUME_OWN_PAUSE,
    ),
    Screen(f"{_CAMPAIGN}/annuler", "campaigns.sending:ask", "campaigns.sending:cancel", Act.CANCEL),
    Screen(
        f"{_CAMPAIGN}/rectifier",
        "campaigns.amending:show",
        "campaigns.amending:draft",
        Act.EDIT_CAMPAIGN,
    ),
    Screen(
        f"{_CAMPAIGN}/rectifier/bon-a-tirer",
        "campaigns.amending:show",
        "campaigns.amending:sign",
        Act.SIGN_OFF,
    ),
    Screen(
        f"{_CAMPAIGN}/rectifier/lancer",
        "campaigns.amending:show",
        "campaigns.amending:launch",
        Act.LAUNCH,
    ),
    Screen(f"{_CAMPAIGN}/en-cours", "campaigns.sending:show"),
    Screen(f"{_CAMPAIGN}/en-cours/personnes", "campaigns.sending:people", names_people=True),
    Screen(
        f"{_CAMPAIGN}/renvoyer",
        "campaigns.resend:show",
        "campaigns.resend:send",
        Act.LAUNCH,
        names_everybody=True,
    ),
    Screen(
        f"{_CAMPAIGN}/incertains",
        "campaigns.uncertain:show",
        "campaigns.uncertain:resolve",
        Act.RESOLVE,
        names_everybody=True,
    ),
    Screen(f"{_CAMPAIGN}/bilan", "campaigns.report:show"),
    Screen(
        f"{_CAMPAIGN}/retombees",
        "campaigns.coverage:show",
        "campaigns.coverage:note",
        Act.NOTE_COVERAGE,
    ),
    Screen(f"{_CAMPAIGN}/bilan/imprimer", "campaigns.report:printable"),
    Screen(
        f"{_CAMPAIGN}/bilan.csv",
        "campaigns.report:show",
        "campaigns.report:export_csv",
        Act.EXPORT_PEOPLE,
    ),
    Screen(f"{_CAMPAIGN}/archive.zip", "campaigns.report:archive"),
    Screen(
        f"{_CAMPAIGN}/bilan.xlsx",
        "campaigns.report:show",
        "campaigns.report:export",
        Act.EXPORT_PEOPLE,
    ),
    Screen(
        _REGISTER,
        "accreditations.register:show",
        "accreditations.register:save",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/importer",
        "accreditations.register_files:show",
        "accreditations.register_files:submit",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/registre.xlsx",
        "accreditations.register_files:table",
        needs=Act.EXPORT_PEOPLE,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/confirmer",
        "accreditations.register:show",
        "accreditations.register:confirm",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/demandes/{{request}}",
        "accreditations.partner_requests:show",
        "accreditations.partner_requests:decide",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/porte",
        "accreditations.door:show",
        "accreditations.door:sign_in",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/porte.xlsx",
        "accreditations.door:table",
        needs=Act.EXPORT_PEOPLE,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/{{entry}}",
        "accreditations.register:person",
        "accreditations.register:decide",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        f"{_REGISTER}/{{entry}}/remplacer",
        "accreditations.register:person",
        "accreditations.register:replace",
        Act.ACCREDIT,
        names_everybody=True,
    ),
    Screen(
        "/contacts",
        "contacts.contacts:show",
        "contacts.contacts:add",
        Act.EDIT_CONTACTS,
        names_people=True,
    ),
    Screen(
        "/contacts/export.xlsx",
        "contacts.contacts:show",
        "contacts.contacts:export",
        Act.EXPORT_PEOPLE,
        names_people=True,
    ),
    Screen(
        "/contacts/importer",
        "contacts.imports:form",
        "contacts.imports:keep",
        Act.IMPORT_CONTACTS,
        names_people=True,
    ),
    Screen(
        "/imports/{file}",
        "contacts.imports:show",
        "contacts.imports:take_in",
        Act.IMPORT_CONTACTS,
        names_people=True,
    ),
    Screen("/contacts/sollicitations", "contacts.often_written:show", names_everybody=True),
    Screen(
        "/contacts/sollicitations.csv",
        "contacts.often_written:show",
        "contacts.often_written:export",
        Act.EXPORT_PEOPLE,
        names_everybody=True,
    ),
    Screen("/listes/{list}", "contacts.lists:show", "contacts.lists:change", Act.EDIT_CONTACTS),
    Screen(
        "/contacts/{contact}",
        "contacts.contacts:person",
        "contacts.contacts:edit",
        Act.EDIT_CONTACTS,
        names_people=True,
    ),
    Screen(
        "/contacts/{contact}/donnees",
        "contacts.contacts:person",
        "contacts.contacts:hand_over",
        Act.EXPORT_PEOPLE,
        names_people=True,
    ),
    Screen("/travaux/{job}", "job:show", "job:cancel"),
    Screen("/travaux/{job}/fichier", "job:file", needs=Act.EXPORT_PEOPLE),
    Screen("/accreditations", "accreditations.registers:show", names_everybody=True),
    Screen(
        "/a-rappeler",
        "contacts.call_back:show",
        "contacts.call_back:note",
        Act.CALL_BACK,
        names_people=True,
    ),
    Screen(
        "/a-rappeler/ne-plus-ecrire",
        "contacts.call_back:show",
        "contacts.call_back:stop",
        Act.SUPPRESS,
    ),
    Screen(
        "/courrier",
        "contacts.inbox:show",
        "contacts.inbox:decide",
        Act.SUPPRESS,
        names_everybody=True,
    ),
    Screen(
        "/conservation",
        "contacts.retention:show",
        "contacts.retention:destroyed",
        Act.EXPORT_PEOPLE,
        names_everybody=True,
    ),
    Screen(
        "/oppositions",
        "contacts.suppressions:show",
        "contacts.suppressions:change",
        Act.SUPPRESS,
        names_people=True,
    ),
    Screen("/salle-de-presse", "office.press_room:show", "office.press_room:withdraw", Act.CANCEL),
    Screen("/aide", "office.help:index"),
    Screen("/aide/mots", "office.help:words"),
    Screen("/aide/{page}", "office.help:show"),
    Screen("/journal", "office.journal:show"),
    Screen("/journal.xlsx", "office.journal:show", "office.journal:export", Act.EXPORT_PEOPLE),
    Screen("/reglages", "office.settings:show"),
    Screen("/reglages/bureau", "office.identity:show", "office.identity:change", Act.CHANGE_OFFICE),
    Screen("/sante", "office.health:show"),
    Screen("/sante/examen", "office.health:answers"),
    Screen("/demonstration", "office.home:show", "office.demonstration:go_on", Act.LAUNCH),
    Screen("/horloge", "office.clock:show", "office.clock:confirm", Act.CONFIRM_CLOCK),
    Screen("/tout-suspendre", "office.suspension:show", "office.suspension:suspend", Act.PAUSE),
    Screen(
        "/tout-reprendre", "office.suspension:show", "office.suspension:lift", Act.RESUME_OWN_PAUSE
    ),
    Screen("/entrer", "account.entrance:show", "account.entrance:enter"),
    Screen("/entrer/fournisseur", "account.provider:depart"),
    Screen("/entrer/retour", "account.provider:arrive"),
    Screen(
        "/entrer/code", "account.second_factor:show_code", "account.second_factor:enter_with_code"
    ),
    Screen("/entrer/cle", "account.entrance:show", "account.second_factor:enter_with_passkey"),
    Screen("/bienvenue/{token}", "account.welcome:show", "account.welcome:come_in"),
    Screen("/signer/{token}", "sign_off.sign_by_link:show", "sign_off.sign_by_link:decide"),
    Screen("/signer/{token}/cadre", "sign_off.sign_by_link:frame"),
    Screen("/sortir", "account.entrance:ask_to_leave", "account.entrance:leave"),
    Screen("/confirmer", "account.identity:show", "account.identity:confirm"),
    Screen("/repris/{form}", "account.kept:show", "account.kept:drop"),
    Screen("/moi", "account.me:show", "account.me:choose_language"),
    Screen("/moi/mot-de-passe", "account.me:show", "account.me:change_password"),
    Screen("/moi/second-facteur", "account.second_factor:show", "account.second_factor:set_up"),
    Screen("/moi/second-facteur/retirer", "account.me:show", "account.second_factor:remove"),
    Screen("/moi/cles", "account.me:show", "account.second_factor:register"),
    Screen("/moi/cles/retirer", "account.me:show", "account.second_factor:forget_passkey"),
    Screen("/moi/relier", "account.provider:depart"),
    Screen("/moi/sessions", "account.me:show", "account.me:end_sessions"),
    Screen("/moi/identites", "account.me:show", "account.me:unlink"),
    Screen("/reglages/personnes", "account.people:show", "account.people:add", Act.MANAGE_PEOPLE),
    Screen(_PERSON, "account.people:person", "account.people:change_roles", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/listes", "account.people:person", "account.people:limit", Act.MANAGE_PEOPLE),
    Screen(
        f"{_PERSON}/fermer", "account.people:person", "account.people:disable", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/ouvrir", "account.people:person", "account.people:enable", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/sessions",
        "account.people:person",
        "account.people:end_sessions",
        Act.MANAGE_PEOPLE,
    ),
    Screen(
        f"{_PERSON}/identites", "account.people:person", "account.people:unlink", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/second-facteur",
        "account.people:person",
        "account.people:reset_factor",
        Act.MANAGE_PEOPLE,
    ),
    Screen(
        "/reglages/identites", "account.people:show", "account.people:recognise", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/invitation", "account.people:person", "account.people:invite", Act.MANAGE_PEOPLE
    ),
)
"""The addresses of the desk, in the order in which they are matched."""
