"""French phrases that the checks look for."""

from __future__ import annotations

from mailer.languages.language import Phrases

PHRASES = Phrases(
    event=(
        "aura lieu|auront lieu|a lieu|se tiendr|se tient|se déroul|rendez-vous|attendons"
        "|accueill|retrouv|réuni|invit|venez|rencontre|conférence|colloque|congrès|forum|séminaire"
        "|symposium|assises|débat|journée|événement|cérémonie|inauguration|soirée"
    ),
    limit="jusqu[’']au|avant le|depuis le",
    at_hour="à partir de|à|dès|de",
    embargo="embargo",
    time_zone=r"heure\w*\s+(?:de|d[’']|locale|française)",
    vague_link=(
        r"(?:cliquez|cliquer)(?:\s+ici)?|ici|par ici|ce lien|lien|lire la suite|la suite"
        r"|(?:en savoir )?plus|en savoir \+|voir|télécharger"
    ),
    document=(
        "communiqué(?: de presse)?|cp|invitation(?: presse)?|information presse|info presse"
        "|note aux rédactions|relance|rappel|dossier de presse"
    ),
    to_complete=r"à (?:compl[ée]ter|d[ée]finir|pr[ée]ciser|confirmer)\b",
    gap_names="nom|pr[ée]nom|date|lieu|heure|titre|ville",
    may_repeat="nous|vous|très|si|bien|jamais|presque|petit|ronron|chut|là|non|oui",
    suspended="et|ou|à|ni|puis|voire",
    kind_label=(
        "communiqué de presse|invitation (?:à la )?presse|information presse|info presse"
        "|dossier de presse|note aux rédactions|alerte presse|point presse"
    ),
    no_reply=r"(?:no|ne[-_.]?pas)[-_.]?r[ée]pon",
)
